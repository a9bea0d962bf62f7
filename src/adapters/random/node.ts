import { randomFillSync } from 'node:crypto';
import type { Random } from '../../ports/random.ts';

const POOL = 4096;

/** The platform's CSPRNG. Small requests are served from a pool that is filled at once and wiped as it is handed out. */
export function nodeRandom(): Random {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  return {
    bytes(length) {
      if (!Number.isInteger(length) || length < 1 || length > 65_536) throw new RangeError('length');
      if (length > 256) return randomFillSync(new Uint8Array(length));
      if (used + length > POOL) {
        randomFillSync(pool);
        used = 0;
      }
      const taken = pool.slice(used, used + length);
      pool.fill(0, used, used + length);
      used += length;
      return taken;
    },
  };
}
