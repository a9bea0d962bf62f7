import type { Seconds, TipId, UnitId } from '../../domain/ids.ts';
import type { ClockName } from '../../domain/terms.ts';
import type { QueueRow } from '../../domain/tip-row.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A run of a clock by its key inside the store. */
export interface ClockKey {
  readonly seq: number;
  readonly clock: ClockName;
  readonly round: number;
}

/** A clock of a tip with the mark that is kept of it. */
export interface MarkedClock extends ClockKey {
  readonly tip: TipId;
  /** The unit that holds the tip, and the one that a transfer is on its way to. */
  readonly unit: UnitId;
  readonly transferTo: UnitId | null;
  /** Id of the clock's rule. */
  readonly rule: string;
  readonly started: Seconds;
  readonly due: Seconds;
  readonly runs: boolean;
  /** Holder and end as they were when the mark was set, and the level told last; null without a mark. */
  readonly known: { readonly unit: UnitId; readonly due: Seconds; readonly told: number } | null;
}

/** What is to be kept of a running clock: when its next mark is, null when all were told. */
export interface NextMark extends ClockKey {
  readonly unit: UnitId;
  readonly due: Seconds;
  readonly told: number;
  readonly at: Seconds | null;
}

/** A mark that was reached, with what comes after it; `was` is the level told before. */
export interface ToldMark extends NextMark {
  readonly was: number;
}

/** The level that running clocks of a tip have reached. */
export interface ReachedMark {
  readonly clock: ClockName;
  readonly level: number;
  readonly due: Seconds;
}

/** The clocks of tips to which something happened, and the stretch of events that was read for it. */
export interface ChangedClocks {
  readonly clocks: readonly MarkedClock[];
  readonly from: number;
  readonly upTo: number;
}

/** Marks on running clocks at which somebody is told. */
export interface MarksStore {
  /** All clocks of the tips of the next `limit` events that the walk has not seen, and where it comes to with them. */
  changed(limit: number): Promise<ChangedClocks>;
  /**
   * Sets these marks, drops those of clocks that run no more and moves the walk on, in one transaction; `elsewhere`, and nothing is written, when
   * it does not stand at `from` any more. No unit above is shown any of these clocks from then on.
   */
  keep(
    marks: { readonly set: readonly NextMark[]; readonly drop: readonly ClockKey[] },
    walk: { readonly from: number; readonly upTo: number },
  ): Promise<'kept' | 'elsewhere'>;
  /** Clocks whose mark has come, in order of its time. */
  due(now: Seconds, limit: number): Promise<readonly MarkedClock[]>;
  /**
   * Commits an event that tells of marks with the next marks of the same clocks, and shows them to the units above. `passed`, and nothing is
   * written, when one of the clocks no longer runs to the same end or its mark was told meanwhile.
   */
  tell(
    event: EventRow,
    marks: readonly ToldMark[],
    above: readonly UnitId[],
    now: Seconds,
  ): Promise<'told' | 'passed' | Stale>;
  /** Tips of other units of which this one was told that a clock ran out that still runs, by their next deadline. */
  toldTo(unit: UnitId, limit: number): Promise<readonly QueueRow[]>;
  /** True when the tip is one of those. */
  isToldTo(unit: UnitId, tip: TipId): Promise<boolean>;
  /** Levels that the running clocks of these tips have reached, where there is one. */
  reached(tips: readonly TipId[]): Promise<ReadonlyMap<TipId, readonly ReachedMark[]>>;
}
