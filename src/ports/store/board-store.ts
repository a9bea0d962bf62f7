import type { Seconds, UnitId } from '../../domain/ids.ts';
import type { QueueRow } from '../../domain/tip-row.ts';
import type { QueueCursor } from './triage-store.ts';

/** Figures of a board stop here: the console shows `1 000+`. */
export const BOARD_CEILING = 1_000;

/** What of a unit's open tips is past its next deadline. */
export interface UnitOverdue {
  readonly unit: UnitId;
  /** Up to `BOARD_CEILING`. */
  readonly overdue: number;
  /** Since when the longest one is. */
  readonly oldestDue: Seconds | null;
}

/** What leaders above see of the units below: how much is overdue, and which tips. Never a word of them. */
export interface BoardStore {
  /** Units that have something overdue, one index range each, in the order asked. */
  overdueByUnit(units: readonly UnitId[], now: Seconds): Promise<readonly UnitOverdue[]>;
  /** Overdue tips of these units, the longest overdue first: one index range a unit. At most 100. */
  overdueTips(
    units: readonly UnitId[],
    now: Seconds,
    after: QueueCursor | null,
    limit: number,
  ): Promise<{ readonly rows: readonly QueueRow[]; readonly next: QueueCursor | null }>;
}
