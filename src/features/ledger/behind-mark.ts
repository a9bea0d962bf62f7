import type { Checkpoint } from '../../ledger/checkpoint.ts';
import { sameBytes } from '../../ledger/encoding.ts';
import { isFormerOrigin } from '../../ledger/origin.ts';
import type { LedgerStore, LogRow } from '../../ports/store/ledger-store.ts';

/** True when the mark beside the database tells of a tree that the database does not have. */
export async function isBehindMark(
  ledger: Pick<LedgerStore, 'batches'>,
  log: Pick<LogRow, 'log' | 'origin'>,
  mark: Checkpoint | null,
): Promise<boolean> {
  if (mark === null) return false;
  // A log that was begun anew is newer than whatever a former one holds.
  if (mark.origin !== log.origin) return isFormerOrigin(log.origin, mark.origin);
  const [batch] = await ledger.batches(log.log, mark.size - 1, 1);
  return batch === undefined || batch.size !== mark.size || !sameBytes(batch.root, mark.root);
}
