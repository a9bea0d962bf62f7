import { isCalendarDay } from './calendar.ts';
import {
  type ClockRule,
  type ClockRules,
  LIMIT_UNITS,
  type Limit,
  type RuleCase,
  weightOf,
} from './clocks.ts';
import { DataValue } from './data-error.ts';
import type { Day } from './ids.ts';
import { STEPS } from './life-cycle-types.ts';
import { CIRCUMSTANCES, CLOCKS, type ClockName, LEGAL_KINDS, UNIT_KINDS, VERBS } from './terms.ts';

const readDay = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

const readLimit = (entry: DataValue): Limit => ({
  n: entry.at('n').whole(1, 1000),
  unit: entry.at('unit').oneOf(LIMIT_UNITS),
});

/** A limit that the law can set: never in working hours. */
const readLawful = (entry: DataValue): Limit => {
  const limit = readLimit(entry);
  return limit.unit === 'wh'
    ? entry.at('unit').fail('must not be wh: only a goal counts in working hours')
    : limit;
};

const readList = <const T extends string>(entry: DataValue, words: readonly T[]): readonly T[] | null =>
  entry.orNull((value) => {
    const list = value.items().map((item) => item.oneOf(words));
    if (list.length === 0) value.fail('must not be empty; leave it out where any will do');
    if (new Set(list).size < list.length) value.fail('names one twice');
    return list;
  });

const readCase = (entry: DataValue): RuleCase => ({
  unitKinds: readList(entry.at('unitKinds'), UNIT_KINDS),
  legalKinds: readList(entry.at('legalKinds'), LEGAL_KINDS),
  circumstances: readList(entry.at('circumstances'), CIRCUMSTANCES),
});

const FIELDS = [
  ...['id', 'clock', 'verb', 'when', 'from', 'until', 'limit', 'remote', 'soft', 'starts', 'escalates'],
  ...['basis', 'nature'],
];

const readRule = (entry: DataValue): ClockRule => {
  for (const [name, value] of entry.members())
    if (!FIELDS.includes(name)) value.fail('is no field of a rule');
  const rule: ClockRule = {
    id: entry.at('id').text(),
    clock: entry.at('clock').oneOf(CLOCKS),
    verb: entry.at('verb').orNull((value) => value.oneOf(VERBS)),
    when: readCase(entry.at('when')),
    from: readDay(entry.at('from')),
    until: entry.at('until').orNull(readDay),
    limit: readLawful(entry.at('limit')),
    remote: entry.at('remote').orNull(readLawful),
    soft: entry.at('soft').orNull(readLimit),
    starts: entry
      .at('starts')
      .items()
      .map((item) => ({
        step: item.at('step').oneOf(STEPS),
        countedFrom: item.at('countedFrom').oneOf(['t0', 'step']),
      })),
    escalates: entry.at('escalates').yesNo(),
    basis: entry.at('basis').text(),
    nature: entry.at('nature').oneOf(['law', 'policy']),
  };
  if (rule.until !== null && rule.until < rule.from) entry.at('until').fail('is before its first day');
  if (rule.starts.length === 0) entry.at('starts').fail('must not be empty');
  return rule;
};

const meet = <T>(a: readonly T[] | null, b: readonly T[] | null): boolean =>
  a === null || b === null ? a === b : a.some((one) => b.includes(one));

/** True when some case of some day would be decided by either: same weight, so the same things named. */
const tie = (a: ClockRule, b: ClockRule): boolean =>
  a.clock === b.clock &&
  weightOf(a.when) === weightOf(b.when) &&
  meet(a.when.unitKinds, b.when.unitKinds) &&
  meet(a.when.legalKinds, b.when.legalKinds) &&
  (a.when.circumstances === null) === (b.when.circumstances === null) &&
  (b.until === null || a.from <= b.until) &&
  (a.until === null || b.from <= a.until) &&
  a.starts.some((s) => b.starts.some((t) => t.step === s.step));

/**
 * Reads the parsed `db/data/clocks.json`. Throws `DataError` naming the entry: a malformed rule, a field that no rule has, an id used
 * twice, a clock without a rule for whatever comes, or two rules between which a case could not choose. Two rules about different circumstances of one clock are such: a tip may have
 * both.
 */
export const parseClockRules = (json: unknown): ClockRules => {
  const root = new DataValue('clocks', json);
  const rules: ClockRule[] = [];
  for (const entry of root.at('rules').items()) {
    const rule = readRule(entry);
    for (const [index, other] of rules.entries()) {
      if (other.id === rule.id) entry.at('id').fail(`is used twice: ${rule.id}`);
      if (tie(other, rule))
        entry.fail(`stands for the same cases at the same time as clocks.rules[${index}]`);
    }
    rules.push(rule);
  }
  for (const clock of CLOCKS)
    if (!OF_SOME_KINDS.has(clock) && !rules.some((rule) => rule.clock === clock && weightOf(rule.when) === 0))
      root.at('rules').fail(`has no general rule for ${clock}`);
  return { rules, rollDays: root.at('rollDays').yesNo() };
};

/** Clocks that only some kinds of tips and units have; every other needs a rule for whatever comes. */
const OF_SOME_KINDS: ReadonlySet<ClockName> = new Set([
  'assign',
  'child_measures',
  'propose_assignment',
  'screen',
  'accept',
  'first_answer',
]);

/** A clock that a row of the life cycle starts and no rule does, or a rule that no row starts; for the check at load. */
export const unmatchedRules = (
  { rules }: ClockRules,
  rows: readonly { readonly step: string; readonly starts: readonly string[] }[],
): string[] => {
  const started = new Set(rows.flatMap(({ step, starts }) => starts.map((clock) => `${clock} at ${step}`)));
  const ruled = new Set(
    rules.flatMap(({ clock, starts }) => starts.map(({ step }) => `${clock} at ${step}`)),
  );
  return [
    ...[...started].filter((one) => !ruled.has(one)).map((one) => `no rule starts ${one}`),
    ...[...ruled].filter((one) => !started.has(one)).map((one) => `nothing in the life cycle starts ${one}`),
  ];
};
