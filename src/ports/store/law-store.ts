import type { Day, Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { UnitRow } from './directory-store.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A year of holidays as an administrator saved it; `data` has the form of one member of `years` in `db/data/holidays.json`. */
export interface HolidayYear {
  readonly year: number;
  readonly data: string;
  readonly saved: Seconds;
  readonly by: StaffId;
}

export interface UnitChange {
  readonly code: UnitId;
  readonly day: Day;
  readonly kind: 'founded' | 'renamed' | 'moved' | 'remote' | 'ended';
  readonly nameVi: string;
  readonly nameEn: string;
  readonly parent: UnitId | null;
  readonly remote: boolean;
  readonly successors: readonly UnitId[];
  readonly basis: string;
  readonly done: boolean;
}

export interface LawStore {
  holidayYears(): Promise<readonly HolidayYear[]>;
  saveHolidays(event: EventRow, year: HolidayYear): Promise<'saved' | Stale>;
  lawFiles(): Promise<readonly { readonly name: string; readonly hash: Hash }[]>;
  saveLawFile(event: EventRow, name: string, hash: Hash): Promise<'saved' | Stale>;
  /** Rows and their changes together; at most 100. A code that ended is refused: `unit_ended`. */
  changeUnits(
    event: EventRow,
    rows: readonly UnitRow[],
    changes: readonly UnitChange[],
  ): Promise<'saved' | 'unit_ended' | Stale>;
  unitChanges(codes: readonly UnitId[]): Promise<readonly UnitChange[]>;
  /** Changes whose day has come and that `unit` does not show yet. */
  changesDue(today: Day): Promise<readonly UnitChange[]>;
  /** Grows with every change of units: a cache of the tree is good as long as it stays. */
  unitsVersion(): Promise<number>;
}
