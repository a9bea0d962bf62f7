import type { Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { SettlementRight } from '../../domain/settlement.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A right with the name of whose it is. */
export interface NamedRight extends SettlementRight {
  readonly name: string;
}

/** Rights to settle that units above have given; ended, never edited. */
export interface RightsStore {
  /** Everybody's in these units, ended ones too, by unit and person, the newest first; at most 500. */
  rights(units: readonly UnitId[]): Promise<readonly NamedRight[]>;
  /** One person's in a unit that hold at a moment. */
  rightsOf(unit: UnitId, staff: StaffId, at: Seconds): Promise<readonly SettlementRight[]>;
  /** `record`: the signed statement. */
  giveRight(event: EventRow, right: SettlementRight, record: Uint8Array): Promise<'given' | 'known' | Stale>;
  endRight(event: EventRow, id: Hash, at: Seconds): Promise<'ended' | 'unknown' | Stale>;
}
