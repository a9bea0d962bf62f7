import { type Calendar, isCalendarDay, isWeekend, OFFICE_HOURS } from './calendar.ts';
import { DataValue } from './data-error.ts';
import type { Day, Seconds } from './ids.ts';

/** The rest days of one year as an administrator keeps them. */
export interface HolidayTable {
  readonly year: number;
  /** Days off beside Saturdays and Sundays. */
  readonly off: readonly { readonly day: Day; readonly name: string }[];
  /** Saturdays and Sundays that are worked in exchange. */
  readonly worked: readonly Day[];
}

/** Most days of either list: nobody rests for longer. */
export const MOST_DAYS = 60;
/** Longest name of a day, in UTF-16 units. */
export const LONGEST_NAME = 100;

/**
 * Seconds after which a saved table counts. Signers' clocks may stand five minutes from the service's; so whoever decides or verifies a step by
 * its moment finds the same table, whichever came first.
 */
export const COUNTS_AFTER = 600;

/**
 * Reads `{off: [{day, name}], worked: [day]}` of a year. Throws `DataError` naming the entry: a day that does not exist, of another year, given twice,
 * one off that nobody would work, or one worked that is no weekend.
 */
export const readHolidays = (year: number, entry: DataValue): HolidayTable => {
  const seen = new Set<Day>();
  const dayIn = (value: DataValue): Day => {
    const text = value.text();
    if (!isCalendarDay(text)) return value.fail('must be a day YYYY-MM-DD that exists');
    if (!text.startsWith(`${year}-`)) value.fail(`is not in ${year}`);
    if (seen.has(text)) value.fail('is given twice');
    seen.add(text);
    return text;
  };
  entry.only('off', 'worked');
  const [off, worked] = [entry.at('off').items(), entry.at('worked').items()];
  for (const [list, name] of [
    [off, 'off'],
    [worked, 'worked'],
  ] as const)
    if (list.length > MOST_DAYS) entry.at(name).fail(`has more than ${MOST_DAYS} days`);
  return {
    year,
    off: off.map((item) => {
      const name = item.only('day', 'name').at('name').text();
      if (name.length > LONGEST_NAME) item.at('name').fail(`is longer than ${LONGEST_NAME} letters`);
      return { day: dayIn(item.at('day')), name };
    }),
    worked: worked.map((item) => {
      const day = dayIn(item);
      return isWeekend(day) ? day : item.fail('is not a Saturday or Sunday');
    }),
  };
};

/** A calendar with one year as a table has it, instead of whatever it had. */
export const withYear = (calendar: Calendar, { year, off, worked }: HolidayTable): Calendar => {
  const others = (days: ReadonlySet<Day>): readonly Day[] =>
    [...days].filter((day) => !day.startsWith(`${year}-`));
  return {
    ...calendar,
    years: new Set([...calendar.years, year]),
    daysOff: new Set([...others(calendar.daysOff), ...off.map(({ day }) => day)]),
    workedWeekends: new Set([...others(calendar.workedWeekends), ...worked]),
  };
};

const timeIn = (entry: DataValue): number => {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(entry.text());
  return found === null
    ? entry.fail('must be a time HH:MM')
    : Number(found[1]) * 3600 + Number(found[2]) * 60;
};

const readOffice = (entry: DataValue): Calendar['office'] => {
  const hours = entry
    .items()
    .map((item) => ({ from: timeIn(item.at('from')), until: timeIn(item.at('until')) }));
  if (hours.length === 0) entry.fail('must not be empty');
  for (const [index, { from, until }] of hours.entries())
    if (until <= from || from < (hours[index - 1]?.until ?? 0))
      entry.fail('must be spans of one day, in order');
  return hours;
};

/**
 * Reads the parsed `db/data/holidays.json`: `{office?: [{from, until}], years: {"2026": {off: [{day, name}], worked: [day]}}}`. Throws `DataError` naming the
 * entry: what `readHolidays` refuses of a year, or office hours that are no hours of a day.
 */
export const parseCalendar = (json: unknown): Calendar => {
  const root = new DataValue('holidays', json).only('note', 'office', 'years');
  const empty: Calendar = {
    ...{ years: new Set(), daysOff: new Set(), workedWeekends: new Set() },
    office: root.at('office').orNull(readOffice) ?? OFFICE_HOURS,
  };
  return parseHolidayTables(json).reduce(withYear, empty);
};

/** The tables of the years in the parsed `db/data/holidays.json`. Throws `DataError` naming the entry. */
export const parseHolidayTables = (json: unknown): readonly HolidayTable[] =>
  new DataValue('holidays', json)
    .at('years')
    .members()
    .map(([name, entry]) =>
      /^20\d\d$/.test(name)
        ? readHolidays(Number(name), entry)
        : entry.fail('must be named by a year, e.g. 2026'),
    );

/** The calendar from a moment on, and the tables that it has in place of those that ship. */
interface HolidayPage {
  readonly since: number;
  readonly calendar: Calendar;
  readonly saved: readonly HolidayTable[];
}

/** The calendar by which steps of any moment count: the one that ships, and every table that was saved since, from when it counts. */
export class HolidayBook {
  readonly #shipped: HolidayPage;
  readonly #later: HolidayPage[] = [];

  constructor(shipped: Calendar) {
    this.#shipped = { since: Number.NEGATIVE_INFINITY, calendar: shipped, saved: [] };
  }

  /** Takes up a table; in the order in which they were saved. */
  save(table: HolidayTable, saved: Seconds): void {
    const before = this.#later.at(-1) ?? this.#shipped;
    this.#later.push({
      since: saved + COUNTS_AFTER,
      calendar: withYear(before.calendar, table),
      saved: [...before.saved.filter(({ year }) => year !== table.year), table],
    });
  }

  at(moment: number): Calendar {
    return this.#pageOf(moment).calendar;
  }

  /** The tables that count at a moment in place of those that ship. */
  savedAt(moment: number): readonly HolidayTable[] {
    return this.#pageOf(moment).saved;
  }

  #pageOf(moment: number): HolidayPage {
    return this.#later.findLast(({ since }) => since <= moment) ?? this.#shipped;
  }
}
