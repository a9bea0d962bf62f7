import type { UnitId } from '../../domain/ids.ts';
import type { RegisterRow } from '../../domain/register.ts';
import type { EventRow, Stale } from './event-row.ts';

/** Which lines of a unit's register of one year. */
export interface RegisterRange {
  readonly unit: UnitId;
  readonly year: number;
  /** `up`: numbers above `after`; `down`: numbers below it. */
  readonly order: 'up' | 'down';
  /** Exclusive; null for the beginning (`up`) or the end (`down`). */
  readonly after: number | null;
  /** 1–100. */
  readonly limit: number;
}

/** The register (form 294) of each unit, one book a year. */
export interface RegisterStore {
  /** Lines by their numbers with the steps that they show (`REGISTER_STEPS`), whoever holds the tips now. */
  lines(range: RegisterRange): Promise<readonly RegisterRow[]>;
  /** Years of which the unit has a book, newest first. */
  years(unit: UnitId): Promise<readonly number[]>;
  /** Records that lines left the service on paper or as a file. */
  printed(event: EventRow): Promise<'recorded' | Stale>;
}
