import { describe, expect, test } from 'vitest';
import { dayOf, endOfDay } from '../../../src/domain/calendar.ts';
import { dueAfter, isUnsure, type Limit } from '../../../src/domain/clocks.ts';
import { extensionRule, lastDayToAsk, latestDay, parseExtensions } from '../../../src/domain/extension.ts';
import type { Day } from '../../../src/domain/ids.ts';
import { at, calendar, lawJson, local } from './support.ts';

/** Worked out by hand from BLTTHS Đ134 and the holiday notices of 2025 to 2027. */
const BY_HAND: readonly (readonly [start: string, limit: string, due: string, why: string])[] = [
  ['2026-02-15 23:00', '24 h', '2026-02-16 23:00', 'hours run through Tết'],
  ['2026-02-28 10:00', '48 h', '2026-03-02 10:00', 'hours run over a month end'],
  ['2026-11-02 09:00', '20 d', '2026-11-22 23:59', 'days end on a Sunday'],
  ['2028-02-10 09:00', '20 d', '2028-03-01 23:59', 'a leap year'],
  ['2027-02-10 09:00', '20 d', '2027-03-02 23:59', 'not a leap year'],
  ['2026-12-28 09:00', '7 d', '2027-01-04 23:59', 'over the year'],
  ['2026-02-13 16:00', '3 wd', '2026-02-25 23:59', 'Tết lies between'],
  ['2026-01-08 09:00', '3 wd', '2026-01-12 23:59', 'a Saturday is worked in exchange'],
  ['2026-08-17 09:00', '10 wd', '2026-08-28 23:59', 'a Saturday is worked in exchange'],
  ['2026-08-18 09:00', '10 wd', '2026-09-03 23:59', 'the exchange and the National Day lie between'],
  ['2026-04-24 09:00', '3 wd', '2026-05-04 23:59', 'three rest days in a row'],
  ['2026-01-31 09:00', '1 m', '2026-03-02 23:59', 'the last day of February is a Saturday'],
  ['2028-01-31 09:00', '1 m', '2028-02-29 23:59', 'the last day of a leap February'],
  ['2025-12-17 09:00', '2 m', '2026-02-23 23:59', 'the date lies in Tết'],
  ['2026-12-31 09:00', '2 m', '2027-03-01 23:59', 'the last day of February is a Sunday'],
  ['2026-10-31 09:00', '4 m', '2027-03-01 23:59', 'the last day of February is a Sunday'],
  ['2026-09-30 09:00', '1 m', '2026-10-30 23:59', 'the same date of a longer month'],
  ['2026-11-20 15:00', '8 wh', '2026-11-23 15:00', 'office hours over a weekend'],
  ['2026-11-20 18:00', '8 wh', '2026-11-23 17:30', 'after the office closed on a Friday'],
  ['2026-02-13 16:30', '2 wh', '2026-02-23 08:30', 'office hours over Tết'],
];

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
  expect(isUnsure({ started, due: dueAfter(started, { n: 10, unit: 'wd' }, calendar) }, calendar)).toBe(true);
  expect(isUnsure({ started, due: at('2027-12-31 09:00') }, calendar)).toBe(false);
});

describe('extensions of 20 days for a report of a crime', () => {
  const rules = parseExtensions(lawJson('extensions'));
  const rule = (number: 1 | 2) => {
    const found = extensionRule(rules, 'crime_report', number, '2026-06-01' as Day);
    if (found === null) throw new Error('no rule');
    return found;
  };
  test.each([
    ['2026-03-02', '2026-05-04', '2026-04-29', '2026-07-02', 'the first ends on a Saturday'],
    ['2025-12-17', '2026-02-23', '2026-02-18', '2026-04-17', 'the first ends in Tết'],
    ['2026-12-31', '2027-03-01', '2027-02-24', '2027-04-28', 'two months of the last day of February'],
    ['2026-10-31', '2026-12-31', '2026-12-26', '2027-03-01', 'four months end on a Sunday'],
  ])(
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
