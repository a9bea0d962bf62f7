import {
  addDays,
  addMonths,
  addWorkingDays,
  type Calendar,
  dayOf,
  endOfDay,
  workingDayFrom,
} from './calendar.ts';
import type { Day, Seconds } from './ids.ts';
import type { ClockStart, ClockStop, Step } from './life-cycle-types.ts';
import type { ClockName, UnitKind, Verb } from './terms.ts';

/** Hours, calendar days, working days, months. */
export const LIMIT_UNITS = ['h', 'd', 'wd', 'm'] as const;
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

/** One limit as the law or the instance's policy sets it, in force on the tip's day of receipt. */
export interface ClockRule {
  /** Stable name and version, e.g. `settle-2018`: kept with every clock that it started. */
  readonly id: string;
  readonly clock: ClockName;
  /** The plans' verb whose rate the clock feeds, or null. */
  readonly verb: Verb | null;
  /** Kinds of unit for which the rule stands instead of the general one; null for the general rule. */
  readonly unitKinds: readonly UnitKind[] | null;
  readonly from: Day;
  /** Last day in force; null while it is. */
  readonly until: Day | null;
  readonly limit: Limit;
  readonly starts: readonly ClockTrigger[];
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
 * of the later month or on its last day, and rolls from a rest day to the next working day. BLTTHS 2015 Đ134.
 */
export const dueAfter = (start: Seconds, limit: Limit, calendar: Calendar, rollDays = false): Seconds => {
  if (limit.unit === 'h') return (start + limit.n * 3600) as Seconds;
  const first = dayOf(start);
  if (limit.unit === 'wd') return endOfDay(addWorkingDays(first, limit.n, calendar));
  if (limit.unit === 'm') return endOfDay(workingDayFrom(addMonths(first, limit.n), calendar));
  const last = addDays(first, limit.n);
  return endOfDay(rollDays ? workingDayFrom(last, calendar) : last);
};

/**
 * The rule for a clock that `step` starts in a unit of this kind for a tip received at `t0`; the rule for the kind goes before the
 * general one. Null when no rule in force starts the clock there.
 */
export const ruleFor = (
  rules: ClockRules,
  clock: ClockName,
  step: Step,
  unitKind: UnitKind,
  t0: Seconds,
): ClockRule | null => {
  const day = dayOf(t0);
  const inForce = rules.rules.filter(
    (rule) =>
      rule.clock === clock &&
      rule.from <= day &&
      (rule.until === null || day <= rule.until) &&
      rule.starts.some((trigger) => trigger.step === step),
  );
  return (
    inForce.find((rule) => rule.unitKinds?.includes(unitKind)) ??
    inForce.find((rule) => rule.unitKinds === null) ??
    null
  );
};

/** A clock as `step` at `now` starts it; null when no rule in force does. */
export const startClock = (
  clock: ClockName,
  at: { readonly step: Step; readonly now: Seconds; readonly t0: Seconds; readonly unitKind: UnitKind },
  rules: ClockRules,
  calendar: Calendar,
): ClockStart | null => {
  const rule = ruleFor(rules, clock, at.step, at.unitKind, at.t0);
  if (rule === null) return null;
  const trigger = rule.starts.find((candidate) => candidate.step === at.step);
  const started = trigger?.countedFrom === 't0' ? at.t0 : at.now;
  const due = dueAfter(started, rule.limit, calendar, rules.rollDays);
  return { clock, verb: rule.verb, ruleVersion: rule.id, started, due, dueDay: dayOf(due), reopens: false };
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
