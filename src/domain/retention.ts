import { addDays, addMonths, isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import type { Day } from './ids.ts';
import { LEGAL_KINDS, type LegalKind, OUTCOMES, type Outcome, type Stage } from './terms.ts';

/** Days for which a tip is kept after its sender wrote last: somebody who writes is still waiting for something. */
export const QUIET_DAYS = 90;

/**
 * How long the words of a concluded tip are kept, and on which ground (`db/data/retention.json`). A rule names outcomes and kinds, never
 * a stage: there is no way to write one that reaches a tip that was not handled.
 */
export interface RetentionRule {
  /** Stable name, kept in every event `shredded`: 1–40 of a–z, 0–9 and hyphen. */
  readonly id: string;
  /** Null for every kind, and for a tip that ended before it was classified. */
  readonly legalKinds: readonly LegalKind[] | null;
  readonly outcomes: readonly Outcome[];
  /** Counted from the day of the outcome (UTC+7): days, or months as the calendar counts them. */
  readonly after: { readonly n: number; readonly unit: 'd' | 'm' };
  readonly from: Day;
  /** Last day in force; null while it is. */
  readonly until: Day | null;
  /** Ground, as it is cited. */
  readonly basis: string;
  /** `law` where a law or a plan names the period, else `policy`. */
  readonly nature: 'law' | 'policy';
}

/** What decides whether a tip's words may go. Days are in UTC+7. */
export interface RetentionFacts {
  readonly stage: Stage;
  readonly outcome: Outcome | null;
  readonly legalKind: LegalKind | null;
  /** Day of the outcome; null without one. */
  readonly resolvedDay: Day | null;
  /** True while a two-person step is open or a transfer is on its way. */
  readonly waiting: boolean;
  /** True while a clock runs that counts in a rate, the answer or filing is due, or a follow-up is open. */
  readonly clockRuns: boolean;
  /** Day on which the sender wrote last after the tip itself; null when never. */
  readonly citizenDay: Day | null;
  /** True while the tip may be a canary of a set that its auditor has not closed. */
  readonly canary: boolean;
  readonly shredded: boolean;
}

/** Why a tip's words stay for now. */
export type Kept = 'shredded' | 'open' | 'pending' | 'clock' | 'thread' | 'canary' | 'no_rule' | 'not_due';

export type ShredDue =
  | { readonly rule: RetentionRule }
  /** `on`: first day on which it is due, for `not_due` and `thread`; null for the rest. */
  | { readonly not: Kept; readonly on: Day | null };

const inForce = (rule: RetentionRule, day: Day): boolean =>
  rule.from <= day && (rule.until === null || day <= rule.until);

const covers = (rule: RetentionRule, outcome: Outcome, legalKind: LegalKind | null): boolean =>
  rule.outcomes.includes(outcome) &&
  (rule.legalKinds === null || (legalKind !== null && rule.legalKinds.includes(legalKind)));

/** The rule that is in force on a day for an outcome and a kind, or null: what no rule names is kept. */
export const retentionRule = (
  rules: readonly RetentionRule[],
  outcome: Outcome,
  legalKind: LegalKind | null,
  day: Day,
): RetentionRule | null =>
  rules.find((rule) => inForce(rule, day) && covers(rule, outcome, legalKind)) ?? null;

/** First day on which a rule lets go of what ended on a day: the one after its period. */
export const retainedUntil = ({ after }: RetentionRule, resolvedDay: Day): Day =>
  addDays(after.unit === 'm' ? addMonths(resolvedDay, after.n) : addDays(resolvedDay, after.n), 1);

/** The rule by which a tip's words may go today, or why they stay. Never for a tip that is not archived with an outcome. */
export function shredDue(facts: RetentionFacts, rules: readonly RetentionRule[], today: Day): ShredDue {
  const kept = (not: Kept, on: Day | null = null): ShredDue => ({ not, on });
  const { outcome, resolvedDay } = facts;
  if (facts.shredded) return kept('shredded');
  if (facts.stage !== 'archived' || outcome === null || resolvedDay === null) return kept('open');
  if (facts.waiting) return kept('pending');
  if (facts.clockRuns) return kept('clock');
  if (facts.canary) return kept('canary');
  const rule = retentionRule(rules, outcome, facts.legalKind, today);
  if (rule === null) return kept('no_rule');
  const first = retainedUntil(rule, resolvedDay);
  if (today < first) return kept('not_due', first);
  const quiet = facts.citizenDay === null ? null : addDays(facts.citizenDay, QUIET_DAYS + 1);
  return quiet !== null && today < quiet ? kept('thread', quiet) : { rule };
}

const readDay = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

const readRule = (entry: DataValue): RetentionRule => {
  const rule: RetentionRule = {
    id: entry.at('id').text(),
    legalKinds: entry
      .at('legalKinds')
      .orNull((value) => value.items().map((item) => item.oneOf(LEGAL_KINDS))),
    outcomes: entry
      .at('outcomes')
      .items()
      .map((item) => item.oneOf(OUTCOMES)),
    after: {
      n: entry.at('after').at('n').whole(1, 1200),
      unit: entry.at('after').at('unit').oneOf(['d', 'm']),
    },
    from: readDay(entry.at('from')),
    until: entry.at('until').orNull(readDay),
    basis: entry.at('basis').text(),
    nature: entry.at('nature').oneOf(['law', 'policy']),
  };
  if (!/^[a-z0-9-]{1,40}$/.test(rule.id)) entry.at('id').fail('must be 1–40 of a–z, 0–9 and hyphen');
  if (rule.outcomes.length === 0) entry.at('outcomes').fail('must not be empty');
  if (rule.legalKinds?.length === 0)
    entry.at('legalKinds').fail('must not be empty; leave it out for every kind');
  if (rule.until !== null && rule.until < rule.from) entry.at('until').fail('is before its first day');
  return rule;
};

const overlap = (a: RetentionRule, b: RetentionRule): boolean =>
  (b.until === null || a.from <= b.until) &&
  (a.until === null || b.from <= a.until) &&
  a.outcomes.some((outcome) => b.outcomes.includes(outcome)) &&
  (a.legalKinds === null ||
    b.legalKinds === null ||
    a.legalKinds.some((kind) => b.legalKinds?.includes(kind)));

/**
 * Reads the parsed `db/data/retention.json`. Throws `DataError` naming the entry: a malformed rule, an id used twice, or two rules that
 * stand for the same tip on the same day.
 */
export const parseRetention = (json: unknown): readonly RetentionRule[] => {
  const rules: RetentionRule[] = [];
  for (const entry of new DataValue('retention', json).at('rules').items()) {
    const rule = readRule(entry);
    for (const [index, other] of rules.entries()) {
      if (other.id === rule.id) entry.at('id').fail(`is used twice: ${rule.id}`);
      if (overlap(other, rule)) entry.fail(`stands for the same tips as retention.rules[${index}]`);
    }
    rules.push(rule);
  }
  return rules;
};
