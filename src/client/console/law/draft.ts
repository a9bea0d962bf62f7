import { isCalendarDay, isWeekend } from '../../../domain/calendar.ts';
import { HOLIDAY_COLUMNS, type HolidayProblem, holidayRows } from '../../../domain/holiday-csv.ts';
import type { HolidayTable } from '../../../domain/holidays.ts';
import type { Day } from '../../../domain/ids.ts';

/** A day as a row of the table: what somebody types before it is in the table. */
export interface DayRow {
  readonly day: string;
  readonly kind: 'off' | 'worked';
  readonly name: string;
}

/** The rows of a table, by day. */
export const rowsOf = ({ off, worked }: Pick<HolidayTable, 'off' | 'worked'>): readonly DayRow[] =>
  holidayRows({ off, worked })
    .slice(1)
    .map(([day = '', kind = '', name = '']) => ({ day, kind: kind === 'worked' ? 'worked' : 'off', name }));

/** The table with one day more, or what is wrong with that day. */
export const withDay = (table: HolidayTable, { day, kind, name }: DayRow): HolidayTable | HolidayProblem => {
  if (!isCalendarDay(day)) return 'day';
  if (!day.startsWith(`${table.year}-`)) return 'year';
  if (rowsOf(table).some((row) => row.day === day)) return 'twice';
  if (kind === 'worked') return isWeekend(day) ? { ...table, worked: [...table.worked, day] } : 'weekend';
  return name === '' ? 'name' : { ...table, off: [...table.off, { day, name }] };
};

/** The table without a day. */
export const withoutDay = (table: HolidayTable, day: string): HolidayTable => ({
  year: table.year,
  off: table.off.filter((one) => one.day !== day),
  worked: table.worked.filter((one) => one !== (day as Day)),
});

/** The table as the service takes it: CSV, its first line the names of the columns. */
export const csvFrom = (table: HolidayTable): string =>
  [HOLIDAY_COLUMNS, ...rowsOf(table).map(({ day, kind, name }) => [day, kind, name])]
    .map((cells) =>
      cells.map((cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','),
    )
    .join('\n');
