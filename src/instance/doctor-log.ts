import { parseNote } from '../ledger/note.ts';
import type { BatchRow } from '../ports/store/ledger-store.ts';
import type { Witness } from '../ports/witness.ts';
import type { Finding } from './doctor.ts';
import { ledgerTimes } from './ledger-times.ts';
import { type LogStatus, logStatus, pendingTold } from './log-status.ts';
import type { OpenInstance } from './open-instance.ts';

/** How the service of this instance would keep its log. */
export interface LogKeeping {
  /** As configured; null for what goes without saying. */
  readonly cadence: number | null;
  readonly includeWithin: number | null;
  /** Those elsewhere; whoever is asked here remembers nothing that was not published. */
  readonly witnesses: readonly Witness[];
}

/** Checkpoints that may wait for their witnesses: the one that was made just now, and the one before it. */
const MAY_WAIT = 1;
/** Rounds that may be missing before the log counts as standing still: one may be under way, one may have waited. */
const LATE_ROUNDS = 3;

/** The public log: how far it is published and cosigned, its age, what waits, whether it was rolled back, and its witnesses. */
export async function checkLog(
  instance: OpenInstance,
  now: number,
  keeping: LogKeeping = { cadence: null, includeWithin: null, witnesses: [] },
): Promise<readonly Finding[]> {
  const status = await logStatus(instance);
  const { cadence } = ledgerTimes(keeping, instance.facts.mode);
  return [
    ...findingsOf(status, now, cadence),
    ...(await Promise.all(keeping.witnesses.map((witness) => reached(witness, status)))),
  ];
}

/** What the status of a log says by itself, without asking anybody. `now` in UTC seconds; `cadence` in seconds. */
export const findingsOf = (status: LogStatus, now: number, cadence: number): readonly Finding[] => [
  publication(status),
  age(status, now, cadence),
  rollBack(status),
];

function publication({ published, waiting }: LogStatus): Finding {
  const check = 'log';
  const { size = 0, cosignatures = [] } = published ?? {};
  const where = `published up to ${size}, cosigned by ${cosignatures.length}`;
  const newest = waiting.at(-1);
  return newest === undefined || waiting.length <= MAY_WAIT
    ? { check, status: 'ok', detail: where }
    : { check, status: 'warn', detail: `${where}; entries up to ${newest.size} wait for witnesses` };
}

/** Warns of a log that stands still: its service is off, or something holds it up. */
function age({ published, pending }: LogStatus, now: number, cadence: number): Finding {
  const check = 'log age';
  const waits = pendingTold(pending);
  if (published === null) return { check, status: 'ok', detail: `no checkpoint yet, ${waits}` };
  const seconds = now - published.at;
  const detail = `newest checkpoint ${seconds} s old, one is due every ${cadence} s; ${waits}`;
  return { check, status: seconds > LATE_ROUNDS * cadence ? 'warn' : 'ok', detail };
}

function rollBack({ published, mark, behindMark, restored, origin, generation }: LogStatus): Finding {
  const check = 'log mark';
  if (behindMark)
    return {
      check,
      status: 'fail',
      detail: `published up to ${mark?.size ?? 0} once, and the database has ${published?.size ?? 0}: "tinkin ledger declare-rollback"`,
    };
  if (restored)
    return {
      check,
      status: 'warn',
      detail:
        'restored: nothing is signed before all witnesses have cosigned again, or "tinkin ledger declare-rollback"',
    };
  const begun = generation > 1 ? `, begun anew ${generation - 1} times` : '';
  return { check, status: 'ok', detail: `${origin} holds all that was published${begun}` };
}

/** Asks a witness for what was published: whoever knows the log answers with a size, or signs. */
async function reached(witness: Witness, { published, waiting }: LogStatus): Promise<Finding> {
  const check = `witness ${witness.key.name}`;
  const note = published === null ? null : parseNote(published.note);
  if (published === null || note === null) return { check, status: 'ok', detail: 'nothing to ask about yet' };
  const answer = await witness.addCheckpoint(0, [], note);
  if (answer.kind === 'unreachable') return { check, status: 'warn', detail: 'does not answer' };
  if (answer.kind === 'refused')
    return { check, status: 'warn', detail: `refuses (${answer.status}): was it given the key of this log?` };
  if (answer.kind === 'cosigned') return { check, status: 'ok', detail: `has seen ${published.size}` };
  return answer.size > newestOf(published, waiting)
    ? { check, status: 'fail', detail: `has seen ${answer.size}, more than the database has` }
    : { check, status: 'ok', detail: `has seen ${answer.size}` };
}

const newestOf = (published: BatchRow, waiting: readonly BatchRow[]): number =>
  waiting.at(-1)?.size ?? published.size;
