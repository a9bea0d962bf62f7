import { isCalendarDay } from './calendar.ts';
import {
  type ClockRule,
  type ClockRules,
  LIMIT_UNITS,
  type Limit,
  type RuleCase,
  weightOf,
} from './clocks.ts';
import { DataError, DataValue } from './data-error.ts';
import type { Day } from './ids.ts';
import { STEPS } from './life-cycle-types.ts';
import { CIRCUMSTANCES, CLOCKS, type ClockName, LEGAL_KINDS, UNIT_KINDS, VERBS } from './terms.ts';

const readDay = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

const readLimit = (entry: DataValue): Limit => ({
  n: entry.only('n', 'unit').at('n').whole(1, 1000),
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
  unitKinds: readList(entry.only('unitKinds', 'legalKinds', 'circumstances').at('unitKinds'), UNIT_KINDS),
  legalKinds: readList(entry.at('legalKinds'), LEGAL_KINDS),
  circumstances: readList(entry.at('circumstances'), CIRCUMSTANCES),
});

const FIELDS = [
  ...['id', 'clock', 'verb', 'when', 'from', 'until', 'limit', 'remote', 'soft', 'starts', 'escalates'],
  ...['basis', 'nature'],
] as const;

const readRule = (entry: DataValue): ClockRule => {
  entry.only(...FIELDS);
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
        step: item.only('step', 'countedFrom').at('step').oneOf(STEPS),
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
 * @param report told of every such error instead; what it is about is left out.
 */
export const parseClockRules = (json: unknown, report: (error: DataError) => void = thrown): ClockRules => {
  const root = new DataValue('clocks', json);
  const rules: ClockRule[] = [];
  const tried = (read: () => void): void => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      report(error);
    }
  };
  const entries = root.only('note', 'rollDays', 'rules').at('rules').items();
  const known: { readonly rule: ClockRule; readonly path: string }[] = [];
  for (const entry of entries)
    tried(() => {
      const rule = readRule(entry);
      for (const other of known) {
        if (other.rule.id === rule.id) entry.at('id').fail(`is used twice: ${rule.id}`);
        if (tie(other.rule, rule)) entry.fail(`stands for the same cases at the same time as ${other.path}`);
      }
      known.push({ rule, path: entry.path });
      rules.push(rule);
    });
  for (const clock of CLOCKS)
    tried(() => {
      const general = rules.some((rule) => rule.clock === clock && weightOf(rule.when) === 0);
      // A rule that could not be read may have been it.
      if (rules.length === entries.length && !OF_SOME_KINDS.has(clock) && !general)
        root.at('rules').fail(`has no general rule for ${clock}`);
    });
  let rollDays = false;
  tried(() => {
    rollDays = root.at('rollDays').yesNo();
  });
  return { rules, rollDays };
};

const thrown = (error: DataError): never => {
  throw error;
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
