import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Counting as BLTTHS Đ134 says it, written a second time and in another way than the program: by walking from day to day with a date of the
 * platform, and by reading the days off straight from the table.
 */

/** Milliseconds of a day. */
const DAY = 86_400_000;
/** UTC+7. */
const EAST = 7 * 3_600_000;

interface Year {
  readonly off: readonly { readonly day: string }[];
  readonly worked: readonly string[];
}

const years: Record<string, Year> = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../../db/data/holidays.json'), 'utf8')) as {
    years: Record<string, Year>;
  }
).years;
const off = new Set(Object.values(years).flatMap((year) => year.off.map(({ day }) => day)));
const worked = new Set(Object.values(years).flatMap((year) => year.worked));

/** A wall clock in Vietnam whose UTC fields read as local ones. */
const wall = (seconds: number): Date => new Date(seconds * 1000 + EAST);

/** The day in Vietnam, `YYYY-MM-DD`. */
export const dayAt = (seconds: number): string => wall(seconds).toISOString().slice(0, 10);

const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The last second of a day in Vietnam. */
export const lastSecond = (day: string): number => (midnight(day) + DAY - EAST) / 1000 - 1;

export const plusDays = (day: string, n: number): string =>
  new Date(midnight(day) + n * DAY).toISOString().slice(0, 10);

/** The same date of a later month, or that month's last day: the walk goes month by month to the last one's first day. */
export const plusMonths = (day: string, n: number): string => {
  const first = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  for (let i = 0; i < n; i++) first.setUTCMonth(first.getUTCMonth() + 1);
  const month = first.toISOString().slice(0, 7);
  for (let date = Number(day.slice(8)); ; date--) {
    const candidate = new Date(`${month}-${String(date).padStart(2, '0')}T00:00:00Z`);
    if (!Number.isNaN(candidate.getTime()) && candidate.toISOString().startsWith(month))
      return candidate.toISOString().slice(0, 10);
  }
};

const rests = (day: string): boolean => {
  if (off.has(day)) return true;
  const weekday = new Date(midnight(day)).getUTCDay();
  return (weekday === 0 || weekday === 6) && !worked.has(day);
};

/** The day, or the next one that is worked. */
export const rolled = (day: string): string => (rests(day) ? rolled(plusDays(day, 1)) : day);

export type Period = readonly [n: number, unit: 'h' | 'd' | 'wd' | 'm'];

/** The last second in time: hours run on, days and months end at 24:00, months alone roll, working days alone skip rest. */
export const end = (start: number, [n, unit]: Period): number => {
  if (unit === 'h') return start + n * 3600;
  const day = dayAt(start);
  if (unit === 'd') return lastSecond(plusDays(day, n));
  if (unit === 'm') return lastSecond(rolled(plusMonths(day, n)));
  let last = day;
  for (let left = n; left > 0; ) {
    last = plusDays(last, 1);
    if (!rests(last)) left -= 1;
  }
  return lastSecond(last);
};
