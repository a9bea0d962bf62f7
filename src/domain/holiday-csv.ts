import { CsvError, parseCsv } from './csv.ts';
import { DataError, DataValue } from './data-error.ts';
import { type HolidayTable, readHolidays } from './holidays.ts';

/** Columns of a year's table as CSV. `kind` is `off` or `worked`; only days off have a name. */
export const HOLIDAY_COLUMNS = ['day', 'kind', 'name'] as const;

/** A year's table as rows of CSV, the names of the columns first, by day. */
export const holidayRows = ({ off, worked }: HolidayTable): readonly (readonly string[])[] => [
  HOLIDAY_COLUMNS,
  ...[
    ...off.map(({ day, name }) => [day, 'off', name]),
    ...worked.map((day) => [day, 'worked', '']),
  ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
];

/** Reads a year's table from CSV. Throws `CsvError` naming the line, for whatever `readHolidays` refuses as well. */
export const parseHolidayCsv = (year: number, text: string): HolidayTable => {
  const off: { readonly day: string; readonly name: string }[] = [];
  const worked: string[] = [];
  const lines = new Map<string, number>();
  for (const row of parseCsv(text, HOLIDAY_COLUMNS)) {
    const [day, kind, name] = [row.get('day'), row.get('kind'), row.get('name')];
    if (kind === 'off') {
      lines.set(`off[${off.length}]`, row.line);
      off.push({ day, name });
    } else if (kind === 'worked') {
      lines.set(`worked[${worked.length}]`, row.line);
      worked.push(day);
    } else throw new CsvError(row.line, 'kind must be off or worked');
  }
  try {
    return readHolidays(year, new DataValue('holidays', { off, worked }));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const entry = /^holidays\.((?:off|worked)(?:\[\d+\])?)/.exec(error.path)?.[1] ?? '';
    throw new CsvError(lines.get(entry) ?? 1, error.message.slice(error.path.length + 2));
  }
};
