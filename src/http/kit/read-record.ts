import { staffEvent } from '../../domain/events/index.ts';
import type { StaffId, TipId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { recorded } from './server-event.ts';

/** What was read without any ciphertext of a body: a tip's facts and steps, wraps, working copies, the tips behind a figure, the steps behind a figure. */
export type ReadKind = 'tip_read' | 'wraps_read' | 'copies_read' | 'figure_read' | 'history_read';

/** Seconds within which reading the same again is the same read. */
export const SAME_READ = 3600;
/** How many reads are remembered; the oldest are forgotten first and recorded anew. */
const REMEMBERED = 20_000;

/**
 * Records a read in the reader's own chain (`staff:<id>`) and resolves when the event is on disk: answer after it. One event names all
 * tips of one answer; none is written for what this person read within the hour, or for what their console fetches again by itself: its
 * moment would tell when somebody else acted.
 */
export type RecordRead = (
  staff: Pick<StaffRow, 'id' | 'unit'>,
  kind: ReadKind,
  tips: readonly TipId[],
  byItself?: boolean,
) => Promise<void>;

/** A recorder of reads with its own memory. Errors of the recorder: `stale` after eight lost races. */
export function readRecorder(deps: Deps): RecordRead {
  const known = new Map<string, number>();
  const keyOf = (staff: StaffId, kind: ReadKind, tip: TipId): string => `${staff} ${kind} ${tip}`;

  return async (staff, kind, tips, byItself = false) => {
    const now = deps.clock.now();
    const fresh = [...new Set(tips)].filter((tip) => {
      const last = known.get(keyOf(staff.id, kind, tip));
      return last === undefined || (!byItself && now - last >= SAME_READ);
    });
    if (fresh.length === 0) return;
    const actor = { staff: staff.id, unit: staff.unit };
    const act = staffEvent(staff.id, kind, { actor, tips: fresh });
    await recorded(deps, act, (event) => deps.store.oversight.recordRead(event));
    for (const tip of fresh) {
      const key = keyOf(staff.id, kind, tip);
      known.delete(key);
      known.set(key, now);
    }
    for (const key of known.keys()) {
      if (known.size <= REMEMBERED) break;
      known.delete(key);
    }
  };
}
