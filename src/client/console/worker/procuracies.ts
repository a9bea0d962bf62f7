import type { UnitId } from '../../../domain/ids.ts';
import type { TipContent } from '../../../domain/tip-content.ts';
import type { TipDetail } from '../wire.ts';
import { excludedFrom } from './recipients.ts';
import type { WorkerState } from './state.ts';

const SUPREME = 'vn-vks' as UnitId;

/**
 * The procuracies that may be told of a tip: that of the holder's province, then the supreme one; never the holder itself, and none that the
 * sender kept out. Only the console can say that: the service does not know whom a tip excludes.
 */
export async function procuraciesFor(
  state: WorkerState,
  detail: TipDetail,
  content: TipContent | null,
): Promise<readonly UnitId[]> {
  if (content === null || detail.access !== 'holder') return [];
  const now = state.keyring.now();
  const { province } = state.keyring.me;
  const directory = await state.directories.of(detail.unit, now).catch(() => null);
  if (directory === null) return [];
  const excluded = excludedFrom(content, directory);
  const found: UnitId[] = [];
  for (const unit of new Set([`${province}-vks` as UnitId, SUPREME])) {
    if (unit === detail.unit || excluded.has(unit)) continue;
    const known = await state.directories.unit(unit, now).catch(() => null);
    if (known !== null) found.push(unit);
  }
  return found;
}
