import { isCalendarDay, isWeekend } from './calendar.ts';
import { CsvError, parseCsv } from './csv.ts';
import { type HolidayTable, LONGEST_NAME, MOST_DAYS } from './holidays.ts';
import type { Day } from './ids.ts';

/** Columns of a year's table as CSV. `kind` is `off` or `worked`; only days off have a name. */
export const HOLIDAY_COLUMNS = ['day', 'kind', 'name'] as const;

/** What a line of such a table can have wrong. */
export const HOLIDAY_PROBLEMS = {
  table: 'is no line of a table with the columns day, kind, name',
  kind: 'kind must be off or worked',
  day: 'day must be a day YYYY-MM-DD that exists',
  year: 'day is of another year',
  twice: 'day stands there already',
  weekend: 'a worked day must be a Saturday or Sunday',
  name: 'a day off needs a name of at most 100 letters',
  many: 'more days than a year can have off',
} as const;
export type HolidayProblem = keyof typeof HOLIDAY_PROBLEMS;

/** A table that cannot be taken. `line` counts from 1. */
export class HolidayLineError extends Error {
  override readonly name = 'HolidayLineError';
  readonly line: number;
  readonly problem: HolidayProblem;

  constructor(line: number, problem: HolidayProblem) {
    super(`line ${line}: ${HOLIDAY_PROBLEMS[problem]}`);
    this.line = line;
    this.problem = problem;
  }
}

/** A year's table as rows of CSV, the names of the columns first, by day. */
export const holidayRows = ({
  off,
  worked,
}: Pick<HolidayTable, 'off' | 'worked'>): readonly (readonly string[])[] => [
  HOLIDAY_COLUMNS,
  ...[
    ...off.map(({ day, name }) => [day, 'off', name]),
    ...worked.map((day) => [day, 'worked', '']),
  ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
];

/** Reads a year's table from CSV. Throws `HolidayLineError` for the first line with something wrong. */
export const parseHolidayCsv = (year: number, text: string): HolidayTable => {
  const off: { readonly day: Day; readonly name: string }[] = [];
  const worked: Day[] = [];
  const seen = new Set<Day>();
  for (const { line, get } of rowsOf(text)) {
    const refuse = (problem: HolidayProblem): never => {
      throw new HolidayLineError(line, problem);
    };
    const [day, kind, name] = [get('day'), get('kind'), get('name')];
    if (kind !== 'off' && kind !== 'worked') return refuse('kind');
    if (!isCalendarDay(day)) return refuse('day');
    if (!day.startsWith(`${year}-`)) refuse('year');
    if (seen.has(day)) refuse('twice');
    seen.add(day);
    if (kind === 'worked') {
      if (!isWeekend(day)) refuse('weekend');
      worked.push(day);
    } else {
      if (name === '' || name.length > LONGEST_NAME) refuse('name');
      off.push({ day, name });
    }
    if (off.length > MOST_DAYS || worked.length > MOST_DAYS) refuse('many');
  }
  return { year, off, worked };
};

const rowsOf = (text: string): ReturnType<typeof parseCsv> => {
  try {
    return parseCsv(text, HOLIDAY_COLUMNS);
  } catch (error) {
    if (error instanceof CsvError) throw new HolidayLineError(error.line, 'table');
    throw error;
  }
};
