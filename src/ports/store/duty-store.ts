import type { Absence, FocalDuty, UnitDuties } from '../../domain/focal.ts';
import type { Day, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { FocalStage } from '../../domain/transition-types.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A unit in which nobody named is there for some stages of its work. */
export interface UnitHoles {
  readonly unit: UnitId;
  readonly parent: UnitId | null;
  readonly nameVi: string;
  readonly nameEn: string;
  /** In the order of the work; never empty. */
  readonly stages: readonly FocalStage[];
  /** The last day on which its leaders were told. */
  readonly told: Day | null;
}

/** Of which units holes are asked: one and those right below it; all that tips can be sent to; or all that there are. */
export type HolesOf = { readonly around: UnitId } | 'reachable' | 'all';

/** Who answers in a unit: people named for stages, who is away, who leads. */
export interface DutyStore {
  /**
   * Duties and absences that hold at a moment or begin later, and the leaders, of each of these units in their order; in one reading,
   * whatever the number of units. Unknown units have nobody.
   */
  duties(units: readonly UnitId[], now: Seconds): Promise<readonly UnitDuties[]>;
  /**
   * Names a person for a stage from `duty.from` on, now or later; whoever was named for that time ends there. A deputy
   * who becomes the active one is deputy no more; `focal_same` for an active one who would become their own deputy.
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
  /**
   * The units with a hole, as `holesIn` of the domain has it, by code. A unit can be sent tips when an epoch of it was ever signed and it has
   * not ended: around a unit, too, only such are listed.
   */
  holes(of: HolesOf, now: Seconds): Promise<readonly UnitHoles[]>;
  /** Notes that the leaders of a unit are told on a day; `known`, and nothing is written, when they were on that day or a later one. */
  tellHoles(event: EventRow, unit: UnitId, day: Day): Promise<'told' | 'known' | Stale>;
}
