import type { Config } from '../config.ts';
import type { InstanceFacts } from '../ports/deps.ts';
import { InstanceError } from './instance-error.ts';

const HOUR = 3600;
const LIMITS = {
  demo: { cadence: 10, least: 1, most: 600 },
  production: { cadence: HOUR, least: HOUR, most: 6 * HOUR },
} as const;

/**
 * How often the log grows, and when a tip must be in it at the latest. In production the log grows by the hour, so that a place in it tells no
 * more than the hour. Throws InstanceError `file_invalid`.
 */
export function ledgerTimes(
  config: Pick<Config, 'cadence' | 'includeWithin'>,
  mode: 'demo' | 'production',
): Pick<InstanceFacts, 'cadence' | 'includeWithin'> {
  const { least, most, ...standard } = LIMITS[mode];
  const cadence = config.cadence ?? standard.cadence;
  const whole = mode === 'demo' || cadence % HOUR === 0;
  if (cadence < least || cadence > most || !whole)
    throw new InstanceError(
      'file_invalid',
      `TINKIN_LEDGER_CADENCE must be from ${least} to ${most} seconds${mode === 'demo' ? '' : ', in whole hours'}.`,
    );
  const includeWithin = config.includeWithin ?? Math.max(HOUR, 2 * cadence);
  if (includeWithin < 2 * cadence)
    throw new InstanceError(
      'file_invalid',
      `TINKIN_INCLUDE_WITHIN must be at least twice the cadence of the log, ${2 * cadence} seconds.`,
    );
  return { cadence, includeWithin };
}
