import {
  addDays,
  addMonths,
  addOfficeTime,
  addWorkingDays,
  type Calendar,
  dayOf,
  endOfDay,
  workingDayFrom,
} from './calendar.ts';
import type { Day, Seconds } from './ids.ts';
import type { ClockStart, ClockStop, Step } from './life-cycle-types.ts';
import type { Circumstance, ClockName, LegalKind, UnitKind, Verb } from './terms.ts';

/** Hours, calendar days, working days, months; working hours for goals that no law sets. */
export const LIMIT_UNITS = ['h', 'd', 'wd', 'm', 'wh'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

export interface Limit {
  readonly n: number;
  readonly unit: LimitUnit;
}

/** When a clock starts and from which moment its limit counts: the tip's receipt or the step itself. */
export interface ClockTrigger {
  readonly step: Step;
  readonly countedFrom: 't0' | 'step';
}

/** The cases that a rule is for; null: any. Within one list any one is enough, the three together are all needed. */
export interface RuleCase {
  readonly unitKinds: readonly UnitKind[] | null;
  /** A tip that nobody classified yet fits no rule that names kinds. */
  readonly legalKinds: readonly LegalKind[] | null;
  readonly circumstances: readonly Circumstance[] | null;
}

/** One limit as the law or the instance's policy sets it, in force on the day from which it counts. */
export interface ClockRule {
  /** Stable name and version, e.g. `settle-20d`: kept with every clock that it started. */
  readonly id: string;
  readonly clock: ClockName;
  /** The plans' verb whose rate the clock feeds, or null. */
  readonly verb: Verb | null;
  readonly when: RuleCase;
  readonly from: Day;
  /** Last day in force; null while it is. */
  readonly until: Day | null;
  readonly limit: Limit;
  /** In remote areas, where it differs. */
  readonly remote: Limit | null;
  /** A goal of this instance before the limit: the first mark is there. */
  readonly soft: Limit | null;
  readonly starts: readonly ClockTrigger[];
  /** True when its marks are told up the tree. */
  readonly escalates: boolean;
  /** Article, as it is cited. */
  readonly basis: string;
  /** `law`, or `policy` where the law is silent and this instance decided. */
  readonly nature: 'law' | 'policy';
}

export interface ClockRules {
  readonly rules: readonly ClockRule[];
  /** True when periods of days, too, roll from a rest day to the next working day; by law only periods of months do. */
  readonly rollDays: boolean;
}

/**
 * The last second in time of a period that starts at `start` (both UTC seconds). Hours count from second to second; days, working
 * days and months end at 24:00 (UTC+7) of their last day, the day of the start not being counted; a month ends on the same date
 * of the later month or on its last day, and rolls from a rest day to the next working day. BLTTHS 2015 Đ134. Working hours are office
 * hours of working days.
 */
export const dueAfter = (start: Seconds, limit: Limit, calendar: Calendar, rollDays = false): Seconds => {
  if (limit.unit === 'h') return (start + limit.n * 3600) as Seconds;
  if (limit.unit === 'wh') return addOfficeTime(start, limit.n * 3600, calendar);
  const first = dayOf(start);
  if (limit.unit === 'wd') return endOfDay(addWorkingDays(first, limit.n, calendar));
  if (limit.unit === 'm') return endOfDay(workingDayFrom(addMonths(first, limit.n), calendar));
  const last = addDays(first, limit.n);
  return endOfDay(rollDays ? workingDayFrom(last, calendar) : last);
};

/** What of a tip and its unit chooses among the rules. */
export interface ClockCase {
  readonly unitKind: UnitKind;
  readonly legalKind: LegalKind | null;
  readonly circumstances: readonly Circumstance[];
  readonly remote: boolean;
}

/** The moment of a step, beside the tip's receipt. */
export interface ClockMoment {
  readonly step: Step;
  readonly now: Seconds;
  readonly t0: Seconds;
}

/** The more a rule says about its case the more it weighs: circumstances before kinds of tip, these before kinds of unit. */
export const weightOf = ({ unitKinds, legalKinds, circumstances }: RuleCase): number =>
  (circumstances === null ? 0 : 4) + (legalKinds === null ? 0 : 2) + (unitKinds === null ? 0 : 1);

const fits = ({ when }: ClockRule, { unitKind, legalKind, circumstances }: ClockCase): boolean =>
  (when.unitKinds === null || when.unitKinds.includes(unitKind)) &&
  (when.legalKinds === null || (legalKind !== null && when.legalKinds.includes(legalKind))) &&
  (when.circumstances === null || when.circumstances.some((one) => circumstances.includes(one)));

/** From when a rule's limit counts, or null when the step does not start it. */
const startedBy = (rule: ClockRule, at: ClockMoment): Seconds | null => {
  const trigger = rule.starts.find(({ step }) => step === at.step);
  return trigger === undefined ? null : trigger.countedFrom === 't0' ? at.t0 : at.now;
};

/**
 * The rule for a clock that a step starts: of those in force on the day from which they count and that fit the case, the most particular.
 * A tip so keeps the rules in force when each clock started. Null when none starts the clock there.
 */
export const ruleFor = (
  rules: ClockRules,
  clock: ClockName,
  at: ClockMoment,
  of: ClockCase,
): ClockRule | null => {
  let best: ClockRule | null = null;
  for (const rule of rules.rules) {
    const started = rule.clock === clock && fits(rule, of) ? startedBy(rule, at) : null;
    if (started === null) continue;
    const day = dayOf(started);
    if (day < rule.from || (rule.until !== null && day > rule.until)) continue;
    if (best === null || weightOf(rule.when) > weightOf(best.when)) best = rule;
  }
  return best;
};

/** A clock as `step` at `now` starts it; null when no rule in force does. */
export const startClock = (
  clock: ClockName,
  at: ClockMoment,
  of: ClockCase,
  { rules, calendar }: { readonly rules: ClockRules; readonly calendar: Calendar },
): ClockStart | null => {
  const rule = ruleFor(rules, clock, at, of);
  const started = rule === null ? null : startedBy(rule, at);
  if (rule === null || started === null) return null;
  const limit = of.remote ? (rule.remote ?? rule.limit) : rule.limit;
  const due = dueAfter(started, limit, calendar, rules.rollDays);
  return { clock, verb: rule.verb, ruleVersion: rule.id, started, due, dueDay: dayOf(due), again: null };
};

/** A running clock as it stops at `now`, with the day by which the roll-ups tell late from in time. */
export const stopClock = (
  running: { readonly clock: ClockName; readonly due: Seconds },
  now: Seconds,
  result: ClockStop['result'],
): ClockStop => {
  const day = dayOf(now);
  const dueDay = dayOf(running.due);
  const stoppedDay = now > running.due && day <= dueDay ? addDays(dueDay, 1) : day;
  return { clock: running.clock, stopped: now, stoppedDay, result };
};

/** How a clock stands: for lists and colours. `soon` is the last quarter of the time, at least two hours and at most two days. */
export const clockStanding = (
  clock: { readonly started: Seconds; readonly due: Seconds; readonly stopped: Seconds | null },
  now: Seconds,
): 'in_time' | 'soon' | 'overdue' | 'met' | 'missed' => {
  if (clock.stopped !== null) return clock.stopped <= clock.due ? 'met' : 'missed';
  if (now > clock.due) return 'overdue';
  const quarter = (clock.due - clock.started) / 4;
  return clock.due - now <= Math.min(172_800, Math.max(7200, quarter)) ? 'soon' : 'in_time';
};
