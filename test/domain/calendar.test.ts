import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkingDays,
  dayFromNumber,
  dayNumber,
  dayOf,
  endOfDay,
  isCalendarDay,
  isWorkingDay,
  missingYears,
  startOfDay,
  workingDayFrom,
  yearOf,
} from '../../src/domain/calendar.ts';
import { parseCalendar } from '../../src/domain/holidays.ts';
import type { Day } from '../../src/domain/ids.ts';
import { at, calendar, data } from './support.ts';

const day = (text: string): Day => text as Day;
const anyDay = fc.integer({ min: 10_957, max: 47_481 }).map(dayFromNumber); // 2000 to 2099

describe('days in UTC+7', () => {
  test('the last second of a year in Vietnam is still that year, the next one the year after', () => {
    const last = Date.UTC(2026, 11, 31, 16, 59, 59) / 1000;
    expect([dayOf(last), yearOf(last), dayOf(last + 1), yearOf(last + 1)]).toEqual([
      '2026-12-31',
      2026,
      '2027-01-01',
      2027,
    ]);
  });

  test('every day starts at 17:00 UTC of the day before and lasts 86 400 seconds', () => {
    fc.assert(
      fc.property(anyDay, (d) => {
        expect(new Date(startOfDay(d) * 1000).getUTCHours()).toBe(17);
        expect(endOfDay(d) - startOfDay(d)).toBe(86_399);
        expect(dayOf(startOfDay(d))).toBe(d);
        expect(dayOf(endOfDay(d))).toBe(d);
        expect(dayOf(endOfDay(d) + 1)).toBe(addDays(d, 1));
      }),
    );
  });

  test('a day and its number turn into each other', () => {
    fc.assert(fc.property(anyDay, (d) => dayFromNumber(dayNumber(d)) === d));
  });

  test.each(['2027-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-1', 'abc'])(
    '%s is not a day of the calendar',
    (text) => expect(isCalendarDay(text)).toBe(false),
  );

  test('29 February of a leap year is a day of the calendar', () =>
    expect(isCalendarDay('2028-02-29')).toBe(true));
});

describe('months', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-12-15', 2, '2027-02-15'],
    ['2026-10-31', 4, '2027-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-05-05', 0, '2026-05-05'],
  ])('%s and %i months is %s', (from, months, to) => expect(addMonths(day(from), months)).toBe(to));

  test('the later date is the same date or the last of its month', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 24 }), (d, n) => {
        const later = addMonths(d, n);
        const same = later.slice(8) === d.slice(8);
        const lastOfMonth = addDays(later, 1).endsWith('-01');
        expect(isCalendarDay(later) && (same || (lastOfMonth && later.slice(8) < d.slice(8)))).toBe(true);
      }),
    );
  });
});

describe('working days', () => {
  test.each([
    ['2026-02-13', true], // the Friday before Tết
    ['2026-02-16', false],
    ['2026-02-20', false],
    ['2026-02-23', true],
    ['2026-01-02', false], // swapped …
    ['2026-01-10', true], // … for this Saturday
    ['2026-08-22', true],
    ['2026-08-31', false],
    ['2026-04-27', false], // the Kings' day fell on a Sunday
    ['2027-02-04', true],
    ['2027-02-05', false],
    ['2027-02-11', false],
    ['2027-02-12', true],
    ['2026-06-06', false],
  ])('%s is worked: %s', (text, worked) => expect(isWorkingDay(day(text), calendar)).toBe(worked));

  test.each([
    ['2026-06-05', 1, '2026-06-08'], // Friday
    ['2026-06-06', 1, '2026-06-08'],
    ['2026-02-13', 3, '2026-02-25'], // over Tết 2026
    ['2026-12-31', 1, '2027-01-04'],
    ['2027-02-04', 2, '2027-02-15'], // over Tết 2027
    ['2026-08-21', 1, '2026-08-22'], // a worked Saturday counts
    ['2026-04-29', 10, '2026-05-15'],
  ])('from %s the working day number %i is %s', (from, count, to) =>
    expect(addWorkingDays(day(from), count, calendar)).toBe(to),
  );

  test('so many working days later is a working day, with exactly that many in between', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (d, n) => {
        const end = addWorkingDays(d, n, calendar);
        let counted = 0;
        for (let at = addDays(d, 1); at <= end; at = addDays(at, 1))
          if (isWorkingDay(at, calendar)) counted += 1;
        expect([counted, isWorkingDay(end, calendar)]).toEqual([n, true]);
      }),
    );
  });

  test('rolling leaves a working day where it is and never goes back', () => {
    fc.assert(
      fc.property(anyDay, (d) => {
        const rolled = workingDayFrom(d, calendar);
        expect(isWorkingDay(d, calendar) ? rolled === d : rolled > d).toBe(true);
      }),
    );
  });

  test('a span that touches a year without holidays names it', () => {
    expect(missingYears(calendar, dayOf(at('2027-12-20')), dayOf(at('2028-01-10')))).toEqual([2028]);
    expect(missingYears(calendar, day('2026-01-01'), day('2027-12-31'))).toEqual([]);
  });
});

describe('the table of holidays', () => {
  const year = (off: unknown, worked: unknown = []) => ({ years: { '2026': { off, worked } } });
  const holiday = (text: string) => ({ day: text, name: 'Tết' });

  test('the shipped table has 2025 to 2027', () =>
    expect([...parseCalendar(data('holidays')).years]).toEqual([2025, 2026, 2027]));

  test.each([
    [year([holiday('2026-02-30')]), 'holidays.years.2026.off[0].day: must be a day YYYY-MM-DD that exists'],
    [year([holiday('2027-01-01')]), 'holidays.years.2026.off[0].day: is not in 2026'],
    [year([holiday('2026-01-01'), holiday('2026-01-01')]), 'holidays.years.2026.off[1].day: is given twice'],
    [year([{ day: '2026-01-01' }]), 'holidays.years.2026.off[0].name: must be text'],
    [year([], ['2026-06-05']), 'holidays.years.2026.worked[0]: is not a Saturday or Sunday'],
    [{ years: { '26': { off: [], worked: [] } } }, 'holidays.years.26: must be named by a year, e.g. 2026'],
    [{ years: [] }, 'holidays.years: must be an object'],
    [null, 'holidays: must be an object'],
  ])('a wrong table %# names the entry', (json, message) =>
    expect(() => parseCalendar(json)).toThrow(message),
  );
});
