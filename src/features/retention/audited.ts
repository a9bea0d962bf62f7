import { runsOf } from '../../domain/contribution.ts';
import { AppError } from '../../domain/errors.ts';
import type { Hash, TipId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { LedgerStore, LogRow } from '../../ports/store/ledger-store.ts';
import { type AuditedCheckpoint, parseAudited } from '../../protocol/auditor.ts';

/** What retention must know of the public log. */
export type RetentionLedger = Pick<LedgerStore, 'logs' | 'indicesOf' | 'auditorStatements'>;

/** Most runs of places that the event `shredded` names: beyond it the event would grow out of its bound. */
const MOST_RUNS = 600;

/** A checkpoint of the log that grows now, which an auditor of the instance has audited. The signature was checked when it was accepted. */
export interface Audited {
  readonly log: LogRow;
  readonly statement: Hash;
  readonly checkpoint: AuditedCheckpoint;
}

/** The newest audited checkpoint, or the one of a hash; null when there is none of the present log. */
export async function auditedCheckpoint(
  deps: Pick<Deps, 'crypto'>,
  ledger: RetentionLedger,
  statement: Hash | null = null,
): Promise<Audited | null> {
  const log = (await ledger.logs()).at(-1);
  if (log === undefined) return null;
  const known = (await ledger.auditorStatements('audited-checkpoint'))
    .filter((row) => row.origin === log.origin && (statement === null || row.hash === statement))
    .sort((a, b) => a.n - b.n)
    .at(-1);
  if (known === undefined) return null;
  return { log, statement: known.hash, checkpoint: parseAudited(deps.crypto, known.record).statement };
}

/**
 * Places in the log of a tip's events 1…`upTo`, all of them covered by the audited checkpoint. Errors: `not_audited` (one of them is newer, or
 * the auditor left the tip out), `shred_too_long`.
 */
export async function coveredLeaves(
  ledger: RetentionLedger,
  { log, checkpoint }: Audited,
  tip: TipId,
  upTo: number,
): Promise<readonly (readonly [number, number])[]> {
  if (checkpoint.exceptions.includes(tip)) throw new AppError('not_audited', { field: 'tip' });
  const indices = (await ledger.indicesOf(log.log, tip)).slice(0, upTo);
  const covered = indices.filter((index): index is number => index !== null && index < checkpoint.size);
  if (indices.length < upTo || covered.length < upTo) throw new AppError('not_audited');
  const runs = runsOf(covered);
  if (runs.length > MOST_RUNS) throw new AppError('shred_too_long');
  return runs;
}
