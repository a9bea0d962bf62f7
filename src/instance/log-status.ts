import { fileMark } from '../adapters/mark/file-mark.ts';
import { isBehindMark } from '../features/ledger/behind-mark.ts';
import type { Checkpoint } from '../ledger/checkpoint.ts';
import type { BatchRow, LogRow } from '../ports/store/ledger-store.ts';
import type { OpenInstance } from './open-instance.ts';
import { restoredLog } from './restore.ts';

/** Batches that are read at once. */
const PAGE = 500;
/** Events that wait are counted up to here. */
const MOST_PENDING = 10_000;

/** What a witness signed last of the log that grows. */
interface LastSigned {
  readonly size: number;
  readonly at: number;
}

/** How the log of an instance stands, as its database and the files beside it tell. */
export interface LogStatus {
  readonly origin: string;
  /** 1 for the first log; one more after each declared roll-back. 0 before the first began. */
  readonly generation: number;
  /** Names of the logs before, oldest first. */
  readonly former: readonly string[];
  readonly published: BatchRow | null;
  /** Signed and not published yet, oldest first. */
  readonly waiting: readonly BatchRow[];
  /** Events that are in no batch yet, at most `MOST_PENDING`; null before the log began, when all of them wait. */
  readonly pending: number | null;
  /** By verifier key: all that ever signed this log. */
  readonly signed: ReadonlyMap<string, LastSigned>;
  readonly mark: Checkpoint | null;
  /** The mark tells of a tree that the database does not have. */
  readonly behindMark: boolean;
  /** The instance came out of a backup, and it is not certain yet that nobody has seen more. */
  readonly restored: boolean;
}

/** What waits for the next batch, in words for an operator. */
export const pendingTold = (pending: number | null): string =>
  pending === null
    ? 'all events wait for the first batch'
    : `${pending === MOST_PENDING ? 'at least ' : ''}${pending} events wait for the next batch`;

/** Looks at the log without changing anything; may run beside the service. */
export async function logStatus({ store, facts, paths }: OpenInstance): Promise<LogStatus> {
  const { ledger } = store;
  const logs = await ledger.logs();
  const log = logs.at(-1);
  const mark = await fileMark(paths.ledgerMark).read();
  const waiting = log === undefined ? [] : await ledger.unpublished(log.log);
  return {
    origin: log?.origin ?? facts.logOrigin,
    generation: log?.log ?? 0,
    former: logs.slice(0, -1).map(({ origin }) => origin),
    published: log === undefined ? null : await ledger.published(log.log),
    waiting,
    pending: (await ledger.next(MOST_PENDING))?.pending.length ?? null,
    signed: log === undefined ? new Map() : await lastSigned(store.ledger, log, waiting),
    mark,
    behindMark: await isBehindMark(ledger, log ?? { log: 0, origin: facts.logOrigin }, mark),
    restored: await restoredLog(paths.folder).waits(),
  };
}

async function lastSigned(
  ledger: OpenInstance['store']['ledger'],
  { log }: LogRow,
  waiting: readonly BatchRow[],
): Promise<ReadonlyMap<string, LastSigned>> {
  const last = new Map<string, LastSigned>();
  const see = ({ size, cosignatures }: BatchRow): void => {
    for (const { witness, at } of cosignatures) last.set(witness, { size, at });
  };
  for (let after = 0; ; ) {
    const page = await ledger.batches(log, after, PAGE);
    page.forEach(see);
    after = page.at(-1)?.size ?? after;
    if (page.length < PAGE) break;
  }
  waiting.forEach(see);
  return last;
}
