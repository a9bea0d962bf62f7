import type { MarkReceiver } from '../escalation.ts';
import type { Hash, Seconds, StaffId, TipId, UnitId } from '../ids.ts';
import type { ClockName } from '../terms.ts';
import type { FocalStage } from '../transition-types.ts';
import type { Actor } from './staff.ts';

type Wraps = readonly { readonly epoch: number; readonly member: StaffId }[];
type Opening = {
  readonly opening: string;
  readonly letters: number;
  readonly by: readonly [StaffId, StaffId];
};

/** What the service records in a unit's chain, `unit:<code>`, by type: the restricted part without its version. */
export type UnitEvents = {
  readonly statement_proposed: {
    readonly by: StaffId;
    readonly kind: string;
    readonly about: string;
    readonly statement: Hash;
  };
  readonly statement_withdrawn: { readonly by: StaffId; readonly statement: Hash };
  readonly focal_point_set: {
    readonly by: Actor;
    readonly stage: string;
    readonly staff: StaffId;
    readonly rank: 'active' | 'deputy';
    /** From when on; it may lie ahead. */
    readonly from: Seconds;
  };
  readonly absence_set: {
    readonly by: StaffId;
    readonly staff: StaffId;
    readonly from: Seconds;
    readonly until: Seconds | null;
  };
  /** Ends at the event's moment the absence that began, or was to begin, at `from`. */
  readonly absence_ended: { readonly by: StaffId; readonly staff: StaffId; readonly from: Seconds };
  /** For these stages nobody named is there: the heads of the unit and of the unit above are told, once a day. */
  readonly focal_missing: { readonly stages: readonly FocalStage[] };
  /**
   * Marks on clocks of the unit's tips were reached: at most 100 of one level, told to the same people. `above`: the units that were told, where
   * it is not the unit itself. A clock by its tip, name and last second in time.
   */
  readonly clocks_escalated: {
    readonly level: number;
    readonly to: MarkReceiver;
    readonly above: readonly UnitId[];
    readonly items: readonly (readonly [TipId, ClockName, Seconds])[];
  };
  readonly epoch_wraps_saved: { readonly by: Actor; readonly wraps: Wraps };
  readonly epoch_wraps_reported: { readonly by: StaffId; readonly epochs: readonly number[] };
  readonly epoch_recovered: {
    readonly by: Actor;
    readonly epoch: number;
    readonly holders: readonly string[];
    readonly members: readonly StaffId[];
  };
  /** Shares of new epochs, sealed to the recovery holders. */
  readonly recovery_shares_saved: {
    readonly by: Actor;
    readonly shares: readonly { readonly epoch: number; readonly holder: string }[];
  };
  readonly handover_noted: { readonly by: StaffId };
  /** Lines of the unit's register left the service, from one number to another, with what is in the envelopes or without. */
  readonly register_printed: {
    readonly by: StaffId;
    readonly year: number;
    readonly from: number;
    readonly to: number;
    readonly form: 'paper' | 'csv';
    readonly content: boolean;
  };
  readonly box_proposed: Opening;
  readonly box_opened: Opening & { readonly statement: string };
  readonly letter_entered: { readonly opening: string };
  readonly recording_received: { readonly recording: string; readonly from: string; readonly bytes: number };
  readonly switchboard_added: { readonly by: Actor; readonly switchboard: string; readonly name: string };
  readonly switchboard_revoked: { readonly by: Actor; readonly switchboard: string };
};
