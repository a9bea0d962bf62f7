import type { Calendar } from '../../domain/calendar.ts';
import { DataValue } from '../../domain/data-error.ts';
import { HolidayBook, type HolidayTable, parseCalendar, readHolidays } from '../../domain/holidays.ts';
import type { Deps } from '../../ports/deps.ts';
import type { LawStore } from '../../ports/store/law-store.ts';

interface Held {
  readonly version: number;
  readonly book: HolidayBook;
}

/** What was read last, by the store that it was read from. */
const books = new WeakMap<LawStore, Held>();

type CalendarDeps = { readonly store: Pick<Deps['store'], 'law'> } & Pick<Deps, 'data'>;

/** The project's table and what administrators saved. One short question to the store; the tables themselves are read when one was saved. */
async function bookOf({ store, data }: CalendarDeps): Promise<HolidayBook> {
  const version = await store.law.holidaysVersion();
  const held = books.get(store.law);
  if (held?.version === version) return held.book;
  const book = new HolidayBook(parseCalendar(data.get('holidays')));
  for (const { year, data: table, saved } of await store.law.holidays())
    book.save(readHolidays(year, new DataValue('holidays', JSON.parse(table))), saved);
  books.set(store.law, { version, book });
  return book;
}

/** The calendar by which a step of a moment (UTC seconds) counts: what administrators had saved ten minutes before, else the project's table. */
export const calendarAt = async (deps: CalendarDeps, moment: number): Promise<Calendar> =>
  (await bookOf(deps)).at(moment);

/** Tables that count at a moment in place of the project's, from a year on. */
export const savedTables = async (
  deps: CalendarDeps,
  at: { readonly moment: number; readonly fromYear: number },
): Promise<readonly HolidayTable[]> =>
  (await bookOf(deps)).savedAt(at.moment).filter(({ year }) => year >= at.fromYear);
