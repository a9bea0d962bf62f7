import type { Day, Hash, Seconds } from '../../domain/ids.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A year of holidays as somebody saved it; `data` has the form of one member of `years` in `db/data/holidays.json`. */
export interface HolidayYear {
  readonly year: number;
  readonly data: string;
  readonly saved: Seconds;
  /** A member of staff, or `operator`. */
  readonly by: string;
}

/** A file of law by its name and the hash of what it says. */
export interface LawFile {
  readonly name: string;
  readonly hash: Hash;
}

export interface LawFileRow extends LawFile {
  /** Number of the event in the chain `directory` that recorded it. */
  readonly no: number;
}

/** What an administrator edits of the law, and which files this instance last ran with. */
export interface LawStore {
  /** Every saving of a year, oldest first: a later one of the same year replaces a former. */
  holidays(): Promise<readonly HolidayYear[]>;
  /** Grows with every saving; 0 before the first. */
  holidaysVersion(): Promise<number>;
  /** `saved` is the event's moment. */
  saveHolidays(event: EventRow, year: Omit<HolidayYear, 'saved'>): Promise<'saved' | Stale>;
  lawFiles(): Promise<readonly LawFileRow[]>;
  saveLawFiles(event: EventRow, files: readonly LawFile[]): Promise<'saved' | Stale>;
  /** How many tips must have their outcome on a day or later, counted to `most`. No other limit that holidays move reaches further. */
  settlingFrom(day: Day, most: number): Promise<number>;
}
