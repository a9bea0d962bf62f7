import { countedKind, type Remains, runsOf, settledDay } from '../../domain/contribution.ts';
import type { Day } from '../../domain/ids.ts';
import { type RetentionRule, retainedUntil, retentionRule } from '../../domain/retention.ts';

/** The event `shredded` of a tip, as a bundle has it. */
export interface SeenShredding {
  /** Number of the event, and its day (UTC+7). */
  readonly no: number;
  readonly day: Day;
  readonly remains: Remains;
}

/** Places of a tip's events that a bundle does not open, from number 1 on. */
export interface EmptiedEvents {
  readonly to: number;
  /** Null where the log took over what another one held: the places that were signed are of that one. */
  readonly indices: readonly number[] | null;
}

/**
 * Why a shredding is not one that the rules allow (check `shreddingAttested`), or null: what is missing is what two people signed, the tip was
 * concluded, and its time was over by a rule of the verifier's own that was in force. The audit that covers it is judged where auditors'
 * statements are; that the people were two is `twoSigners`' to say.
 */
export const shreddingFault = (
  seen: SeenShredding,
  emptied: EmptiedEvents,
  rules: readonly RetentionRule[],
): string | null => placesFault(seen, emptied) ?? ruleFault(seen, rules);

function placesFault({ no, remains }: SeenShredding, { to, indices }: EmptiedEvents): string | null {
  if (remains.upTo !== to || no !== to + 2) return 'other events are missing than were signed';
  return indices === null || JSON.stringify(runsOf(indices)) === JSON.stringify(remains.leaves)
    ? null
    : 'the places of missing events are not those that were signed';
}

function ruleFault({ day, remains }: SeenShredding, rules: readonly RetentionRule[]): string | null {
  const { contribution } = remains;
  const { outcome, clocks } = contribution;
  const resolved = settledDay(contribution);
  if (outcome === null || resolved === null) return 'the tip was not concluded';
  if (clocks.some(({ stoppedDay }) => stoppedDay === null)) return 'a clock of the tip still ran';
  const rule = retentionRule(rules, outcome, countedKind(contribution), day);
  if (rule === null || rule.id !== remains.rule || rule.basis !== remains.ground)
    return 'no such rule of retention was in force for the tip';
  return day < retainedUntil(rule, resolved) ? 'the tip’s time was not over' : null;
}
