import type { UnitId } from '../domain/ids.ts';
import { buildBundle } from '../features/directory/bundle.ts';
import type { Deps } from '../ports/deps.ts';

/** The directory bundle of a unit, for the entry to hand to the sealer: what `GET /api/directory` answers. */
export const bundleFor =
  (deps: Pick<Deps, 'store' | 'crypto' | 'clock'>) =>
  (unit: UnitId, epochs: 'live' | 'all'): Promise<Uint8Array> =>
    buildBundle(deps, { unit, epochs });
