import {
  addDays,
  addMonths,
  type Calendar,
  dayOf,
  endOfDay,
  isCalendarDay,
  workingDayFrom,
} from './calendar.ts';
import type { Limit } from './clocks.ts';
import { DataValue } from './data-error.ts';
import type { Day, Seconds } from './ids.ts';
import { LEGAL_KINDS, type LegalKind } from './terms.ts';

/** How a period may be made longer (`db/data/extensions.json`). */
export interface ExtensionRule {
  readonly id: string;
  readonly legalKinds: readonly LegalKind[];
  /** 1 or 2: the first must stand before the second is asked for. */
  readonly number: 1 | 2;
  /** Who decides: a leader of the unit, or the procuracy that supervises it. */
  readonly who: 'leader' | 'procuracy';
  readonly limit: Limit;
  readonly countedFrom: 't0' | 'expiry';
  /** All in all, from T0; null where the law sets none. */
  readonly cap: Limit | null;
  /** Whole days before the last day in time by which it must be asked for; null: up to the end. */
  readonly askBefore: number | null;
  readonly from: Day;
  readonly until: Day | null;
  readonly basis: string;
  readonly nature: 'law' | 'policy';
}

/** The period that is to be made longer. */
export interface Extendable {
  readonly legalKind: LegalKind | null;
  readonly t0: Seconds;
  /** How often it was extended. */
  readonly extension: 0 | 1 | 2;
  /** The clock `settle`; null when none runs. */
  readonly due: Seconds | null;
}

export type ExtensionProblem = 'extension_kind' | 'extension_order' | 'extension_late' | 'extension_until';

const later = (day: Day, limit: Limit): Day =>
  limit.unit === 'm' ? addMonths(day, limit.n) : addDays(day, limit.n);
const earlierOf = (a: Day, b: Day): Day => (a < b ? a : b);

/** The rule in force on a day for this kind and number, or null. */
export const extensionRule = (
  rules: readonly ExtensionRule[],
  legalKind: LegalKind | null,
  number: number,
  day: Day,
): ExtensionRule | null =>
  rules.find(
    (rule) =>
      legalKind !== null &&
      rule.number === number &&
      rule.legalKinds.includes(legalKind) &&
      rule.from <= day &&
      (rule.until === null || day <= rule.until),
  ) ?? null;

/**
 * The last day up to which a period may be extended. What counts from the expiry counts from its date as the law fixes it, before it rolled
 * from a rest day, so that rolling twice gives nothing away; and no more than the cap from T0. Months roll at the end (BLTTHS Đ134).
 */
export const latestDay = (
  rule: ExtensionRule,
  previous: ExtensionRule | null,
  period: { readonly t0: Seconds; readonly due: Seconds },
  calendar: Calendar,
): Day => {
  const received = dayOf(period.t0);
  const expiry =
    previous?.countedFrom === 't0'
      ? earlierOf(dayOf(period.due), later(received, previous.limit))
      : dayOf(period.due);
  const counted = later(rule.countedFrom === 't0' ? received : expiry, rule.limit);
  const nominal = rule.cap === null ? counted : earlierOf(counted, later(received, rule.cap));
  return rule.limit.unit === 'm' ? workingDayFrom(nominal, calendar) : nominal;
};

/** The last day on which an extension may be asked for. */
export const lastDayToAsk = (rule: ExtensionRule, due: Seconds): Day =>
  addDays(dayOf(due), -(rule.askBefore ?? 0));

/**
 * Why a period cannot be extended to the end of a day at this moment, or null. `asking` is false for the decision, which may come up to the
 * end of the period. TTLT 01/2017 Đ11; BLTTHS 2015 Đ147.2; Luật Tố cáo 2018 Đ30.
 */
export const extensionProblem = (
  period: Extendable,
  asked: { readonly number: 1 | 2; readonly until: Day; readonly asking: boolean },
  at: { readonly now: Seconds; readonly rules: readonly ExtensionRule[]; readonly calendar: Calendar },
): ExtensionProblem | null => {
  const today = dayOf(at.now);
  const rule = extensionRule(at.rules, period.legalKind, asked.number, today);
  if (rule === null) return 'extension_kind';
  if (asked.number !== period.extension + 1) return 'extension_order';
  if (period.due === null || at.now > period.due) return 'extension_late';
  if (asked.asking && today > lastDayToAsk(rule, period.due)) return 'extension_late';
  const previous = extensionRule(at.rules, period.legalKind, asked.number - 1, today);
  const latest = latestDay(rule, previous, { t0: period.t0, due: period.due }, at.calendar);
  return asked.until > dayOf(period.due) && asked.until <= latest ? null : 'extension_until';
};

/** The last second in time of a period extended to a day. */
export const extendedDue = (until: Day): Seconds => endOfDay(until);

const dayIn = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

const limitIn = (entry: DataValue): Limit => ({
  n: entry.only('n', 'unit').at('n').whole(1, 365),
  unit: entry.at('unit').oneOf(['d', 'm']),
});

const FIELDS = [
  ...['id', 'legalKinds', 'number', 'who', 'limit', 'countedFrom', 'cap', 'askBefore', 'from', 'until'],
  ...['basis', 'nature'],
] as const;

const readExtension = (entry: DataValue): ExtensionRule => {
  entry.only(...FIELDS);
  const number = entry.at('number').whole(1, 2) === 1 ? 1 : 2;
  const rule: ExtensionRule = {
    id: entry.at('id').text(),
    legalKinds: entry
      .at('legalKinds')
      .items()
      .map((item) => item.oneOf(LEGAL_KINDS)),
    number,
    who: entry.at('who').oneOf(['leader', 'procuracy']),
    limit: limitIn(entry.at('limit')),
    countedFrom: entry.at('countedFrom').oneOf(['t0', 'expiry']),
    cap: entry.at('cap').orNull(limitIn),
    askBefore: entry.at('askBefore').orNull((value) => value.whole(1, 60)),
    from: dayIn(entry.at('from')),
    until: entry.at('until').orNull(dayIn),
    basis: entry.at('basis').text(),
    nature: entry.at('nature').oneOf(['law', 'policy']),
  };
  if (rule.legalKinds.length === 0) entry.at('legalKinds').fail('must not be empty');
  return rule;
};

/** Reads the parsed `db/data/extensions.json`. Throws `DataError` naming the entry: malformed, or two rules for one kind, number and day. */
export const parseExtensions = (json: unknown): ExtensionRule[] => {
  const rules: ExtensionRule[] = [];
  for (const entry of new DataValue('extensions', json).at('rules').items()) {
    const rule = readExtension(entry);
    const other = rules.find(
      (one) =>
        one.number === rule.number &&
        one.legalKinds.some((kind) => rule.legalKinds.includes(kind)) &&
        (rule.until === null || one.from <= rule.until) &&
        (one.until === null || rule.from <= one.until),
    );
    if (other !== undefined) entry.fail(`stands for the same cases at the same time as ${other.id}`);
    rules.push(rule);
  }
  return rules;
};
