import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dayOf, endOfDay, missingYears } from '../../../src/domain/calendar.ts';
import { dueAfter, type Limit } from '../../../src/domain/clocks.ts';
import { extensionRule, lastDayToAsk, latestDay, parseExtensions } from '../../../src/domain/extension.ts';
import type { Day } from '../../../src/domain/ids.ts';
import { at, calendar, lawJson, local } from './support.ts';

/** Rows of the tables in docs/law.md with so many cells, without their heads. */
const rowsOf = (cells: number): string[][] =>
  readFileSync(new URL('../../../docs/law.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^\| \d{4}-/.test(line))
    .map((line) => line.slice(2, -2).split(' | '))
    .filter((row) => row.length === cells);

/** From, period, in time until, why. */
const BY_HAND = rowsOf(4) as unknown as [string, string, string, string][];
/** Received, first extension, second asked for, second extension, why. */
const EXTENDED = rowsOf(5) as unknown as [string, string, string, string, string][];

test('docs/law.md has dates to count again', () =>
  expect([BY_HAND.length, EXTENDED.length]).toEqual([20, 4]));

const limitOf = (text: string): Limit => {
  const [n = '', unit = ''] = text.split(' ');
  return { n: Number(n), unit: unit as Limit['unit'] };
};

test.each(BY_HAND)('%s and %s end on %s: %s', (start, limit, due) => {
  expect(local(dueAfter(at(start), limitOf(limit), calendar))).toBe(due);
});

test('days roll from a Sunday only with the switch', () => {
  expect(local(dueAfter(at('2026-11-02 09:00'), { n: 20, unit: 'd' }, calendar, true))).toBe(
    '2026-11-23 23:59',
  );
});

test('a clock that reaches into a year without holidays is unsure', () => {
  const started = at('2027-12-20 09:00');
  const due = dueAfter(started, { n: 10, unit: 'wd' }, calendar);
  expect(missingYears(calendar, dayOf(started), dayOf(due))).toEqual([2028]);
  expect(missingYears(calendar, dayOf(started), '2027-12-31' as Day)).toEqual([]);
});

describe('extensions of 20 days for a report of a crime', () => {
  const rules = parseExtensions(lawJson('extensions'));
  const rule = (number: 1 | 2) => {
    const found = extensionRule(rules, 'crime_report', number, '2026-06-01' as Day);
    if (found === null) throw new Error('no rule');
    return found;
  };
  test.each(EXTENDED)(
    'received %s: first to %s, the second asked by %s for %s at the latest: %s',
    (day, first, ask, second) => {
      const t0 = at(`${day} 09:00`);
      const settle = dueAfter(t0, { n: 20, unit: 'd' }, calendar);
      const one = latestDay(rule(1), null, { t0, due: settle }, calendar);
      expect(one).toBe(first);
      expect(lastDayToAsk(rule(2), endOfDay(one))).toBe(ask);
      expect(latestDay(rule(2), rule(1), { t0, due: endOfDay(one) }, calendar)).toBe(second);
    },
  );
  test('a tool that adds sixty days twice is wrong', () => {
    const t0 = at('2026-03-02 09:00');
    const due = dueAfter(t0, { n: 20, unit: 'd' }, calendar);
    expect(dayOf(due + 60 * 86_400)).toBe('2026-05-21');
    expect(latestDay(rule(1), null, { t0, due }, calendar)).not.toBe('2026-05-21');
  });
});
