import type { Seconds } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { InstanceError } from './instance-error.ts';

/**
 * The system's clock moved by TINKIN_DEMO_CLOCK_OFFSET seconds, so that a demonstration can be shown as it is weeks later. Throws
 * InstanceError `file_invalid` for something that is no whole number of seconds.
 */
export function demoClock(environment: Readonly<Record<string, string | undefined>>): Clock {
  const text = environment.TINKIN_DEMO_CLOCK_OFFSET ?? '0';
  const offset = Number(text);
  if (!Number.isSafeInteger(offset)) {
    throw new InstanceError('file_invalid', 'TINKIN_DEMO_CLOCK_OFFSET must be a whole number of seconds.');
  }
  return { now: () => (Math.floor(Date.now() / 1000) + offset) as Seconds };
}
