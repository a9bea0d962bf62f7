import { describe, expect, test } from 'vitest';
import { csvFrom, rowsOf, withDay, withoutDay } from '../../../src/client/console/law/draft.ts';
import { parseHolidayCsv } from '../../../src/domain/holiday-csv.ts';
import type { HolidayTable } from '../../../src/domain/holidays.ts';
import type { Day } from '../../../src/domain/ids.ts';

const day = (text: string): Day => text as Day;
const TABLE: HolidayTable = {
  year: 2026,
  off: [{ day: day('2026-09-02'), name: 'Quốc khánh, "Tết Độc lập"' }],
  worked: [day('2026-01-10')],
};

describe('a year that somebody edits', () => {
  test('is sent so that it reads again as it was', () => {
    expect(parseHolidayCsv(2026, csvFrom(TABLE))).toEqual(TABLE);
  });

  test('shows its days in order', () => {
    expect(rowsOf(TABLE).map((row) => [row.day, row.kind])).toEqual([
      ['2026-01-10', 'worked'],
      ['2026-09-02', 'off'],
    ]);
  });

  test('gets a day more and one less', () => {
    const more = withDay(TABLE, { day: '2026-01-01', kind: 'off', name: 'Tết Dương lịch' });
    expect(typeof more === 'string' ? more : more.off.map((one) => one.day)).toEqual([
      '2026-09-02',
      '2026-01-01',
    ]);
    expect(withoutDay(TABLE, '2026-01-10')).toEqual({ ...TABLE, worked: [] });
  });

  test.each([
    ['2026-02-30', 'off', 'Tết', 'day'],
    ['2027-01-01', 'off', 'Tết', 'year'],
    ['2026-09-02', 'worked', '', 'twice'],
    ['2026-01-12', 'worked', '', 'weekend'],
    ['2026-01-12', 'off', '', 'name'],
  ] as const)('does not take %s as %s named "%s": %s', (at, kind, name, problem) => {
    expect(withDay(TABLE, { day: at, kind, name })).toBe(problem);
  });
});
