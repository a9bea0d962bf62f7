import { dayOf, yearOf } from '../../domain/calendar.ts';
import { DataValue } from '../../domain/data-error.ts';
import { AppError } from '../../domain/errors.ts';
import { directoryEvent } from '../../domain/events/index.ts';
import { HolidayLineError, parseHolidayCsv } from '../../domain/holiday-csv.ts';
import { COUNTS_AFTER, type HolidayTable, parseHolidayTables, readHolidays } from '../../domain/holidays.ts';
import type { Day, Seconds } from '../../domain/ids.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';

/** A year's table as people see it. */
export interface HolidayYearView extends HolidayTable {
  /** When an administrator saved it (UTC seconds); null for the table that comes with the project. */
  readonly saved: Seconds | null;
  /** From when steps count by it, where that is still to come; else null. */
  readonly countsFrom: Seconds | null;
}

/** The last table of every year, by year. */
export async function holidayYears(
  deps: Pick<Deps, 'store' | 'data' | 'clock'>,
): Promise<readonly HolidayYearView[]> {
  const now = deps.clock.now();
  const years = new Map<number, HolidayYearView>();
  for (const table of parseHolidayTables(deps.data.get('holidays')))
    years.set(table.year, { ...table, saved: null, countsFrom: null });
  for (const { year, data, saved } of await deps.store.law.holidays()) {
    const since = (saved + COUNTS_AFTER) as Seconds;
    const table = readHolidays(year, new DataValue('holidays', JSON.parse(data)));
    years.set(year, { ...table, saved, countsFrom: since > now ? since : null });
  }
  return [...years.values()].sort((a, b) => a.year - b.year);
}

const firstDayOf = (year: number): Day => `${year}-01-01` as Day;

/** Up to how many tips are counted. */
export const MOST_COUNTED = 1000;

/** How many tips must have their outcome in a year or later, but not before today: what they were given stays, whatever is saved. */
export async function settlingIn(deps: Pick<Deps, 'store' | 'clock'>, year: number): Promise<number> {
  const today = dayOf(deps.clock.now());
  const first = firstDayOf(year);
  return deps.store.law.settlingFrom(first < today ? today : first, MOST_COUNTED);
}

/** Month and day from which next year's table is asked for: the yearly notice comes in autumn. */
const ASKED_FROM = '10-01';

/**
 * Years of which the table is missing and wanted: this one, the next from 1 October on, and every one in which a tip must already have its
 * outcome.
 */
export async function yearsWanted(
  deps: Pick<Deps, 'store' | 'clock'>,
  known: readonly { readonly year: number }[],
): Promise<readonly number[]> {
  const now = deps.clock.now();
  const present = yearOf(now);
  const has = (year: number): boolean => known.some((one) => one.year === year);
  const wanted = has(present) ? [] : [present];
  const asked = dayOf(now).slice(5) >= ASKED_FROM;
  for (let year = present + 1; !has(year); year += 1) {
    const reached = await deps.store.law.settlingFrom(firstDayOf(year), 1);
    if (reached === 0 && !(asked && year === present + 1)) break;
    wanted.push(year);
  }
  return wanted;
}

/**
 * Saves a year's table, which replaces the one before. Steps of ten minutes later on count by it; clocks that run keep their end. Error
 * `holiday_line` (field: number of the line and what is wrong with it, e.g. `4.weekend`).
 */
export async function saveHolidays(
  deps: Deps,
  { id }: Pick<StaffRow, 'id'>,
  year: number,
  csv: string,
): Promise<void> {
  const { off, worked } = readTable(year, csv);
  const act = directoryEvent('holidays_saved', { by: id, year, off, worked });
  const row = { year, data: JSON.stringify({ off, worked }), by: id };
  await recorded(deps, act, (event) => deps.store.law.saveHolidays(event, row));
}

function readTable(year: number, csv: string): HolidayTable {
  try {
    return parseHolidayCsv(year, csv);
  } catch (error) {
    if (!(error instanceof HolidayLineError)) throw error;
    throw new AppError('holiday_line', { field: `${error.line}.${error.problem}` });
  }
}
