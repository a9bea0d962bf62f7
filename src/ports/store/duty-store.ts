import type { Absence, FocalDuty, UnitDuties } from '../../domain/focal.ts';
import type { Day, Seconds, StaffId, TipId, UnitId } from '../../domain/ids.ts';
import type { ClockName, Stage } from '../../domain/terms.ts';
import type { QueueRow } from '../../domain/tip-row.ts';
import type { FocalStage } from '../../domain/transition-types.ts';
import type { EventRow, Stale } from './event-row.ts';
import type { QueueCursor } from './triage-store.ts';

/** A mark that is due: which clock of which tip, told up to now, held by whom. */
export interface DueMark {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly clock: ClockName;
  readonly round: number;
  readonly level: number;
  readonly at: Seconds;
  readonly started: Seconds;
  readonly due: Seconds;
  readonly ruleVersion: string;
}

/** A mark told, and the one after it; null when there is none. */
export interface ToldMark {
  readonly mark: DueMark;
  readonly next: { readonly level: number; readonly at: Seconds } | null;
}

/** A running clock for which nobody has written a mark yet. */
export interface UnmarkedClock extends Omit<DueMark, 'level' | 'at'> {
  readonly seq: number;
}

/** Which tips a person answers for: those of these stages that nobody is assigned to, and those assigned to them. */
export interface DayQuery {
  readonly unit: UnitId;
  readonly staff: StaffId;
  readonly stages: readonly Stage[];
  readonly now: Seconds;
  readonly endOfToday: Seconds;
  readonly part: 'today' | 'overdue' | 'waiting';
  readonly after?: QueueCursor;
  /** 1–50. */
  readonly limit: number;
}

export interface BelowRow {
  readonly unit: UnitId;
  /** Up to 1 000. */
  readonly overdue: number;
  readonly oldestDue: Seconds | null;
  readonly holes: number;
}

export interface DutyStore {
  /** Duties, absences and leaders of these units at a moment; leaders are active members with such a role, the longest-serving first. */
  duties(units: readonly UnitId[], now: Seconds): Promise<readonly UnitDuties[]>;
  /** Ends what stands at `from` and sets the new one; `from` may lie ahead. `focal_same` when the person has the other rank of the stage then. */
  setFocal(event: EventRow, unit: UnitId, duty: FocalDuty): Promise<'saved' | 'focal_same' | Stale>;
  setAbsence(event: EventRow, unit: UnitId, absence: Absence): Promise<'saved' | 'overlaps' | Stale>;
  endAbsence(event: EventRow, staff: StaffId, at: Seconds): Promise<'ended' | 'unknown' | Stale>;
  /** My day: one range a stage, merged by due time, and how many there are (to 1 000). */
  day(query: DayQuery): Promise<{
    readonly rows: readonly QueueRow[];
    readonly next: QueueCursor | null;
    readonly count: number;
  }>;
  /** Follow-ups that a person answers for, by day. */
  followUps(staff: StaffId, until: Day): Promise<readonly { readonly tip: TipId; readonly day: Day }[]>;
  /** Overdue tips of units below, the longest overdue first: one range a unit. */
  overdueBelow(
    units: readonly UnitId[],
    now: Seconds,
    after: QueueCursor | null,
    limit: number,
  ): Promise<{ readonly rows: readonly QueueRow[]; readonly next: QueueCursor | null }>;
  below(units: readonly UnitId[], now: Seconds): Promise<readonly BelowRow[]>;
  /** Tips after the walk's place, with those running clocks that have no mark; at most `limit` tips. */
  unmarked(limit: number): Promise<{ readonly clocks: readonly UnmarkedClock[]; readonly upTo: number }>;
  /** Writes marks of these clocks and moves the walk on, in one transaction. */
  mark(
    marks: readonly (Pick<DueMark, 'tip' | 'clock' | 'round' | 'level' | 'at'> & { readonly seq: number })[],
    upTo: number,
  ): Promise<void>;
  /** Marks due now, in order of time. Those of clocks that stopped are dropped on the way. */
  dueMarks(now: Seconds, limit: number): Promise<readonly DueMark[]>;
  /** Commits one event of a unit that tells of its marks, with what comes after them. */
  told(event: EventRow, unit: UnitId, marks: readonly ToldMark[]): Promise<'saved' | Stale>;
  /** What was told of a unit's tips since a moment. */
  toldSince(
    unit: UnitId,
    since: Seconds,
  ): Promise<readonly Pick<DueMark, 'tip' | 'clock' | 'level' | 'at'>[]>;
  /** Stages without anybody named, by unit. */
  holes(
    units: readonly UnitId[],
    now: Seconds,
  ): Promise<readonly { readonly unit: UnitId; readonly stages: readonly FocalStage[] }[]>;
}
