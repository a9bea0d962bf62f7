import type { Day, UnitId } from '../../domain/ids.ts';
import type { PostCheckRow } from '../../domain/post-check.ts';

/** Place after the last row of a page. */
export interface PostCheckCursor {
  readonly day: Day;
  readonly seq: number;
}

/** Follow-ups after a sanction or a cleared hot spot; they are set and ended by steps of their tips. */
export interface PostCheckStore {
  /** Open follow-ups of the tips that a unit holds, the earliest day first; at most `limit`, 1–100. */
  waiting(
    unit: UnitId,
    after: PostCheckCursor | null,
    limit: number,
  ): Promise<{ readonly rows: readonly PostCheckRow[]; readonly next: PostCheckCursor | null }>;
}
