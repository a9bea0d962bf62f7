import type { ContributionSource } from '../../domain/contribution.ts';
import type { Day, Hour, Seconds, TipId } from '../../domain/ids.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import type { LegalKind, Outcome } from '../../domain/terms.ts';
import type { EventRow, Stale } from './event-row.ts';

/** An archived tip of a unit with what decides whether its words may go. */
export interface ConcludedTip {
  /** Cursor of the list. */
  readonly seq: number;
  readonly tip: TipId;
  readonly t0: Hour;
  readonly registerNumber: string | null;
  readonly legalKind: LegalKind | null;
  readonly outcome: Outcome | null;
  /** Day (UTC+7) of its outcome. */
  readonly resolvedDay: Day | null;
  /** True while a two-person step is open or a transfer is on its way. */
  readonly waiting: boolean;
  readonly clockRuns: boolean;
  /** Day on which the holder of the code did something last; null when never after sending. */
  readonly citizenDay: Day | null;
  /** Number of its last event. */
  readonly head: number;
}

/** Emptying a concluded tip: the event of two people, the change that closes their decision, and how far back it reaches. */
export interface Shredding {
  readonly tip: TipId;
  readonly event: EventRow;
  readonly change: TipChange;
  /** Number of the last event that is emptied. */
  readonly upTo: number;
  readonly rule: string;
}

/** Ending what is kept of a tip. */
export interface RetentionStore {
  /** Archived tips of a unit that still have their words, in the order in which they came, after a cursor. */
  concluded(unit: string, after: number, limit: number): Promise<readonly ConcludedTip[]>;
  /** What a tip adds to rates and balance; null for an unknown one. */
  contribution(tip: TipId): Promise<ContributionSource | null>;
  /**
   * Empties a tip for good in one transaction with its event: records, parts and salts of its events up to `upTo`, everything sealed, every
   * wrap, keys, answers, working copies; its files can be read no more and housekeeping deletes them. Then the write-ahead log is cleared:
   * `cleared` is false when another process reads in it, see `clearLog`. `not_concluded` when the tip is in no state to be emptied.
   */
  shred(shredding: Shredding): Promise<{ readonly cleared: boolean } | 'not_concluded' | Stale>;
  /**
   * Writes the log into the database and leaves it empty, so that nothing emptied stands in it; does nothing when nothing was emptied since.
   * False while another process reads.
   */
  clearLog(): Promise<boolean>;
  /** Deletes shifts' hand-over notes that were written before a moment, oldest first; how many. */
  forgetNotes(before: Seconds, limit: number): Promise<number>;
  /** Every emptied tip, in the order in which they came: what a restored backup must empty again. */
  shredded(): Promise<readonly { readonly tip: TipId; readonly upTo: number; readonly rule: string }[]>;
}
