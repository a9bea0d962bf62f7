import { DataError, DataValue } from '../domain/data-error.ts';
import { type HolidayBook, readHolidays } from '../domain/holidays.ts';
import type { Seconds } from '../domain/ids.ts';
import type { Fault } from './replay/event.ts';
import type { RightsBook } from './rights.ts';

type Part = { readonly [key: string]: unknown };

/** What the chain `directory` says of the law that steps were taken by: rights to settle, years of holidays, files with which the service ran. */
export class LawBook {
  readonly rights: RightsBook;
  readonly holidays: HolidayBook;
  /** Hash of each file that was recorded last, by name. */
  readonly #files = new Map<string, string>();

  constructor(rights: RightsBook, holidays: HolidayBook) {
    this.rights = rights;
    this.holidays = holidays;
  }

  /** Takes up an event of the chain; what is wrong with it, or null. A wrong one does not count. */
  take(type: string, part: Part, at: Seconds): Pick<Fault, 'check' | 'detail'> | null {
    if (type === 'right_ended') return entitled(this.rights.end(part.right, at));
    if (type === 'right_given') return entitled(this.rights.give(String(part.statement), part.right, at));
    if (type === 'law_changed') return this.#changed(part.files);
    return type === 'holidays_saved' ? this.#year(part, at) : null;
  }

  /**
   * Files of which the service recorded last another hash than those have that it hands out with the log, or none. Whoever ran with other rules
   * in between must have said so, and then their steps are judged by these all the same.
   */
  otherThan(told: Readonly<Record<string, string>>): readonly string[] {
    return Object.keys(told).filter((name) => this.#files.get(name) !== told[name]);
  }

  #changed(files: unknown): Pick<Fault, 'check' | 'detail'> | null {
    const isFile = (file: unknown): file is Part => typeof file === 'object' && file !== null;
    if (!Array.isArray(files) || !files.every(isFile))
      return { check: 'lawInForce', detail: 'a change that names no files' };
    for (const { name, hash } of files) this.#files.set(String(name), String(hash));
    return null;
  }

  #year({ year, off, worked }: Part, at: Seconds): Pick<Fault, 'check' | 'detail'> | null {
    try {
      this.holidays.save(readHolidays(Number(year), new DataValue('holidays', { off, worked })), at);
      return null;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      return { check: 'stepLegal', detail: `holidays that cannot be those of a year (${error.message})` };
    }
  }
}

const entitled = (detail: string | null): Pick<Fault, 'check' | 'detail'> | null =>
  detail === null ? null : { check: 'signerEntitled', detail };
