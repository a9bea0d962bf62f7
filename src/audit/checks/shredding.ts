import { countedKind, type Remains, runsOf, settledDay } from '../../domain/contribution.ts';
import type { Day, Hash, Seconds, TipId } from '../../domain/ids.ts';
import { type RetentionRule, retainedUntil, retentionRule } from '../../domain/retention.ts';
import type { AuditedCheckpoint } from '../../protocol/auditor.ts';

/** The event `shredded` of a tip, as a bundle has it. */
export interface SeenShredding {
  readonly tip: TipId;
  /** Number of the event, its second and its day (UTC+7). */
  readonly no: number;
  readonly at: Seconds;
  readonly day: Day;
  readonly remains: Remains;
}

/** Places of a tip's events that a bundle does not open, from number 1 on. */
export interface EmptiedEvents {
  readonly to: number;
  readonly indices: readonly number[];
}

/** What a shredding is judged by: the verifier's own rules, the log's name, and auditors' statements whose signatures were checked. */
export interface ShreddingWorld {
  readonly rules: readonly RetentionRule[];
  readonly origin: string;
  readonly audited: ReadonlyMap<Hash, AuditedCheckpoint>;
}

/**
 * Why what is missing of a tip is not attested (check `shreddingAttested`), or null: it was concluded and its time was over by a rule in force,
 * an audited checkpoint of this log covers every event that is missing, and what is missing is what two people signed. That they were two is
 * `twoSigners`' to say, that the tip was archived `stepLegal`'s where its events are there.
 */
export function shreddingFault(
  seen: SeenShredding | null,
  emptied: EmptiedEvents,
  world: ShreddingWorld,
): string | null {
  if (seen === null) return 'events are missing without a shredding';
  return placesFault(seen, emptied) ?? ruleFault(seen, world.rules) ?? auditFault(seen, emptied, world);
}

function placesFault({ no, remains }: SeenShredding, { to, indices }: EmptiedEvents): string | null {
  if (remains.upTo !== to || no !== to + 2) return 'other events are missing than were signed';
  return JSON.stringify(runsOf(indices)) === JSON.stringify(remains.leaves)
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

function auditFault(
  { tip, at, remains }: SeenShredding,
  { indices }: EmptiedEvents,
  { origin, audited }: ShreddingWorld,
): string | null {
  const { size, root, statement } = remains.audited;
  const checkpoint = audited.get(statement);
  if (checkpoint === undefined || checkpoint.origin !== origin) return 'no auditor audited this log before';
  if (checkpoint.size !== size || checkpoint.root !== root) return 'another checkpoint was audited';
  if (checkpoint.at > at) return 'the audit came after the shredding';
  if (indices.some((index) => index >= size)) return 'the audited checkpoint does not cover every event';
  return checkpoint.exceptions.includes(tip) ? 'the auditor had excepted the tip' : null;
}
