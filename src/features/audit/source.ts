import type { Deps } from '../../ports/deps.ts';
import type { BatchRow, LedgerStore, LogRow } from '../../ports/store/ledger-store.ts';

/** What of the public log auditors are served from. */
export type AuditLedger = Pick<
  LedgerStore,
  | 'logs'
  | 'published'
  | 'batches'
  | 'tile'
  | 'entries'
  | 'opened'
  | 'openedOf'
  | 'auditorStatements'
  | 'addAuditorStatement'
>;

/** Where the lines of a bundle come from: the instance as its newest published checkpoint has it. */
export interface BundleSource {
  readonly deps: Pick<Deps, 'crypto' | 'data' | 'instance' | 'ledger' | 'store'>;
  readonly ledger: AuditLedger;
  readonly log: LogRow;
  /** The last batch that the bundle covers. */
  readonly batch: BatchRow;
}

/** The log that grows now with its newest published checkpoint; null before the first. */
export async function newestPublished(
  ledger: AuditLedger,
): Promise<Pick<BundleSource, 'log' | 'batch'> | null> {
  const batch = await ledger.published();
  const log = (await ledger.logs()).find((one) => one.log === batch?.log);
  return batch === null || log === undefined ? null : { log, batch };
}
