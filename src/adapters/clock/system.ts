import type { Seconds } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** The machine's clock, moved by a fixed number of seconds where a demonstration or a test asks for it. */
export const systemClock = (offset = 0): Clock => ({
  now: () => (Math.floor(Date.now() / 1000) + offset) as Seconds,
});
