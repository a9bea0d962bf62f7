import { AppError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';

/**
 * A number of tips that may be sealed in one minute of the clock, from everybody together: it counts and knows nobody. Without script there
 * is no price to ask. Throws `sealer_quota` beyond it, with the seconds to the next minute.
 */
export function createQuota(clock: Clock, perMinute: number): () => void {
  let minute = 0;
  let used = 0;
  return () => {
    const now = clock.now();
    const current = Math.floor(now / 60);
    if (current !== minute) {
      minute = current;
      used = 0;
    }
    if (used >= perMinute) throw new AppError('sealer_quota', { retryAfter: 60 - (now % 60) });
    used += 1;
  };
}
