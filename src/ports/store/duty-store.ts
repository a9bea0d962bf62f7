import type { Absence, FocalDuty, UnitDuties } from '../../domain/focal.ts';
import type { Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { EventRow, Stale } from './event-row.ts';

/** Who answers in a unit: people named for stages, who is away, who leads. */
export interface DutyStore {
  /**
   * Duties and absences that hold at a moment or begin later, and the leaders, of each of these units in their order; in one reading,
   * whatever the number of units. Unknown units have nobody.
   */
  duties(units: readonly UnitId[], now: Seconds): Promise<readonly UnitDuties[]>;
  /**
   * Names a person for a stage from `duty.from` on, now or later; whoever was named for that time ends there. `focal_same` when the person
   * has the other rank of that stage at any time from then on.
   */
  setFocalPoint(event: EventRow, unit: UnitId, duty: FocalDuty): Promise<'saved' | 'focal_same' | Stale>;
  /** Keeps an absence; `overlaps` with another one of the same person. */
  setAbsence(event: EventRow, unit: UnitId, absence: Absence): Promise<'saved' | 'overlaps' | Stale>;
  /** Ends the absence of a person that began, or is to begin, at `from`; one that has not begun then never was. */
  endAbsence(
    event: EventRow,
    absence: { readonly unit: UnitId; readonly staff: StaffId; readonly from: Seconds },
    at: Seconds,
  ): Promise<'ended' | 'unknown' | Stale>;
}
