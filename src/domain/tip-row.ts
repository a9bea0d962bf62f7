import type { Answerable } from './focal.ts';
import type { Hash, Hour, Seconds, StaffId, TipId, UnitId } from './ids.ts';
import type { TipState } from './life-cycle-types.ts';
import type {
  Assurance,
  ConductGroup,
  IntakeChannel,
  LegalKind,
  Outcome,
  Overlay,
  Priority,
  Stage,
} from './terms.ts';

/** A tip as lists show it: what is known of it without opening it. */
export interface QueueRow {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly registerNumber: string | null;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly priority: Priority;
  readonly urgent: boolean;
  readonly conductGroup: ConductGroup;
  readonly conduct: string | null;
  readonly legalKind: LegalKind | null;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  readonly assignee: StaffId | null;
  /** Earliest due time of the running clocks, null when none runs. */
  readonly due: Seconds | null;
  readonly outcome: Outcome | null;
  /** True while a two-person step waits for its second person. */
  readonly pending: boolean;
}

/** A tip as its own unit's lists show it. */
export interface ListedTip extends QueueRow {
  /** Who answers for it now; null for what another unit holds and for what is over. */
  readonly answering: Pick<Answerable, 'staff' | 'as'> | null;
  /** Per cent of a running clock's time that was told to have passed, the furthest of them; 0 for none. */
  readonly level: number;
}

/** What the life cycle and the history's chain know of one tip besides. */
export interface TipFacts extends QueueRow {
  readonly state: TipState;
  readonly head: { readonly no: number; readonly leaf: Hash };
  readonly custody: readonly {
    readonly unit: UnitId;
    readonly from: Seconds;
    readonly until: Seconds | null;
    readonly status: 'held' | 'offered' | 'ended' | 'returned';
  }[];
  readonly messageCount: number;
}
