import type { Calendar } from '../../domain/calendar.ts';
import { DataValue } from '../../domain/data-error.ts';
import { HolidayBook, parseCalendar, readHolidays } from '../../domain/holidays.ts';
import type { Deps } from '../../ports/deps.ts';
import type { LawStore } from '../../ports/store/law-store.ts';

interface Held {
  readonly version: number;
  readonly book: HolidayBook;
}

/** What was read last, by the store that it was read from. */
const books = new WeakMap<LawStore, Held>();

/**
 * The calendar by which a step of a moment (UTC seconds) counts: the project's table, and what administrators had saved ten minutes before.
 * One short question to the store; the tables themselves are read when one was saved.
 */
export async function calendarAt(
  { store, data }: { readonly store: Pick<Deps['store'], 'law'> } & Pick<Deps, 'data'>,
  moment: number,
): Promise<Calendar> {
  const version = await store.law.holidaysVersion();
  let held = books.get(store.law);
  if (held?.version !== version) {
    const book = new HolidayBook(parseCalendar(data.get('holidays')));
    for (const { year, data: table, saved } of await store.law.holidays())
      book.save(readHolidays(year, new DataValue('holidays', JSON.parse(table))), saved);
    held = { version, book };
    books.set(store.law, held);
  }
  return held.book.at(moment);
}
