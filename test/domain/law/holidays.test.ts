import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, isWeekend, isWorkingDay } from '../../../src/domain/calendar.ts';
import { holidayRows, parseHolidayCsv } from '../../../src/domain/holiday-csv.ts';
import { COUNTS_AFTER, HolidayBook, type HolidayTable, withYear } from '../../../src/domain/holidays.ts';
import type { Day, Seconds } from '../../../src/domain/ids.ts';
import { calendar } from './support.ts';

const day = (text: string) => text as Day;
const OFF: HolidayTable = { year: 2026, off: [{ day: day('2026-11-25'), name: 'Nghỉ' }], worked: [] };

/** Any table of 2026: days off with names that need quotes, some weekends worked. */
const tables = fc
  .uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 30 })
  .chain((days) =>
    fc.tuple(
      fc.constant(days),
      fc.array(fc.constantFrom('Tết', 'a "b", c', 'Giỗ Tổ; =1'), { minLength: 30, maxLength: 30 }),
    ),
  )
  .map(([days, names]): HolidayTable => {
    const all = days.map((n) => addDays(day('2026-01-01'), n)).sort();
    const worked = all.filter((one, i) => isWeekend(one) && i % 2 === 0);
    return {
      year: 2026,
      off: all.flatMap((one, i) => (worked.includes(one) ? [] : [{ day: one, name: names[i] ?? 'Tết' }])),
      worked,
    };
  });

describe('a year of holidays', () => {
  test('is the same after it went out as CSV and came in again', () => {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(tables, (table) => {
        const csv = holidayRows(table)
          .map((row) => row.map(quoted).join(','))
          .join('\r\n');
        expect(parseHolidayCsv(2026, csv)).toEqual(table);
      }),
    );
  });

  test('takes the place of the whole year that was there, and of no other', () => {
    const changed = withYear(calendar, OFF);
    expect(isWorkingDay(day('2026-11-25'), changed)).toBe(false);
    expect(isWorkingDay(day('2026-11-24'), changed)).toBe(true);
    expect(isWorkingDay(day('2026-01-10'), changed)).toBe(false);
    expect(isWorkingDay(day('2027-02-08'), changed)).toBe(false);
    expect([...changed.years].sort()).toEqual([...calendar.years].sort());
  });

  test('may be one that nobody had entered before', () => {
    expect(withYear(calendar, { year: 2029, off: [], worked: [] }).years.has(2029)).toBe(true);
  });
});

describe('the calendar of a moment', () => {
  const book = new HolidayBook(calendar);
  const saved = 1_780_000_000 as Seconds;
  book.save(OFF, saved);
  book.save({ ...OFF, off: [] }, (saved + 100) as Seconds);
  const isOff = (moment: number) => !isWorkingDay(day('2026-11-25'), book.at(moment));

  test('is the one that was saved last ten minutes before', () => {
    expect(isOff(saved + COUNTS_AFTER - 1)).toBe(false);
    expect(isOff(saved + COUNTS_AFTER)).toBe(true);
    expect(isOff(saved + COUNTS_AFTER + 99)).toBe(true);
    expect(isOff(saved + COUNTS_AFTER + 100)).toBe(false);
  });

  test('is the one that ships for what was before', () => {
    expect(book.at(0)).toBe(calendar);
  });
});
