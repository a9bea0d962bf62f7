import { type Answering, answerable } from '../../domain/focal.ts';
import type { Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { ListedTip, QueueRow } from '../../domain/tip-row.ts';
import type { Deps } from '../../ports/deps.ts';

/** Tips that are over: nobody answers for them any more. */
const OVER: readonly QueueRow['stage'][] = ['notified', 'archived'];

/**
 * Rows of a unit's list with who answers for each now: one reading for the whole page. Null for what another unit holds and for what is
 * over; `nobody` where nobody of the unit can, so that a leader above does.
 */
export async function withAnswering(
  deps: Pick<Deps, 'store' | 'clock'>,
  unit: UnitId,
  rows: readonly QueueRow[],
): Promise<readonly ListedTip[]> {
  const now = deps.clock.now();
  const [home] = rows.length === 0 ? [] : await deps.store.duty.duties([unit], now);
  const answering = (row: QueueRow): ListedTip['answering'] => {
    if (home === undefined || row.unit !== unit || OVER.includes(row.stage)) return null;
    const { staff, as }: { staff: StaffId | null; as: Answering } = answerable(
      { ...row, since: 0 as Seconds },
      [home],
      now,
    );
    return { staff, as };
  };
  const reached = rows.length === 0 ? null : await deps.store.marks.reached(rows.map(({ tip }) => tip));
  const level = ({ tip, unit: holder }: QueueRow): number =>
    holder === unit ? (reached?.get(tip)?.[0]?.level ?? 0) : 0;
  return rows.map((row) => ({ ...row, answering: answering(row), level: level(row) }));
}
