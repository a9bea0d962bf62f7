import { isCalendarDay } from './calendar.ts';
import { type ClockRule, type ClockRules, LIMIT_UNITS } from './clocks.ts';
import { DataValue } from './data-error.ts';
import type { Day } from './ids.ts';
import { STEPS } from './life-cycle-types.ts';
import { CLOCKS, UNIT_KINDS, VERBS } from './terms.ts';

const readDay = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

const readRule = (entry: DataValue): ClockRule => {
  const rule: ClockRule = {
    id: entry.at('id').text(),
    clock: entry.at('clock').oneOf(CLOCKS),
    verb: entry.at('verb').orNull((value) => value.oneOf(VERBS)),
    unitKinds: entry.at('unitKinds').orNull((value) => value.items().map((item) => item.oneOf(UNIT_KINDS))),
    from: readDay(entry.at('from')),
    until: entry.at('until').orNull(readDay),
    limit: {
      n: entry.at('limit').at('n').whole(1, 1000),
      unit: entry.at('limit').at('unit').oneOf(LIMIT_UNITS),
    },
    starts: entry
      .at('starts')
      .items()
      .map((item) => ({
        step: item.at('step').oneOf(STEPS),
        countedFrom: item.at('countedFrom').oneOf(['t0', 'step']),
      })),
    basis: entry.at('basis').text(),
    nature: entry.at('nature').oneOf(['law', 'policy']),
  };
  if (rule.until !== null && rule.until < rule.from) entry.at('until').fail('is before its first day');
  if (rule.starts.length === 0) entry.at('starts').fail('must not be empty');
  if (rule.unitKinds?.length === 0)
    entry.at('unitKinds').fail('must not be empty; leave it out for a general rule');
  return rule;
};

const overlap = (a: ClockRule, b: ClockRule): boolean => {
  const sameKinds =
    a.unitKinds === null || b.unitKinds === null
      ? a.unitKinds === b.unitKinds
      : a.unitKinds.some((kind) => b.unitKinds?.includes(kind));
  const sameDays = (b.until === null || a.from <= b.until) && (a.until === null || b.from <= a.until);
  return (
    a.clock === b.clock &&
    sameKinds &&
    sameDays &&
    a.starts.some((s) => b.starts.some((t) => t.step === s.step))
  );
};

/**
 * Reads the parsed `db/data/clocks.json`. Throws `DataError` naming the entry: a malformed rule, an id used twice, two rules that
 * stand for the same clock at the same time, or a clock without any general rule.
 */
export const parseClockRules = (json: unknown): ClockRules => {
  const root = new DataValue('clocks', json);
  const entries = root.at('rules').items();
  const rules: ClockRule[] = [];
  for (const entry of entries) {
    const rule = readRule(entry);
    for (const [index, other] of rules.entries()) {
      if (other.id === rule.id) entry.at('id').fail(`is used twice: ${rule.id}`);
      if (overlap(other, rule))
        entry.fail(`stands for the same clock at the same time as clocks.rules[${index}]`);
    }
    rules.push(rule);
  }
  for (const clock of CLOCKS)
    if (!rules.some((rule) => rule.clock === clock && rule.unitKinds === null))
      root.at('rules').fail(`has no general rule for ${clock}`);
  return { rules, rollDays: root.at('rollDays').yesNo() };
};
