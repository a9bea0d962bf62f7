import { tickAlarms } from '../features/triage/alarm.ts';
import type { Deps } from '../ports/deps.ts';

/** Seconds between looks at the urgent tips that nobody took up. */
export const ALARM_TICK = 15;

/** Keeps the alarms going from the start of the service on; returns the function that stops it. Started by the entry, once. */
export function runAlarms(deps: Deps, every = ALARM_TICK): () => void {
  const tick = (): void => {
    tickAlarms(deps).catch(() => deps.log.service('error', 'alarm_failed'));
  };
  tick();
  const timer = setInterval(tick, every * 1000);
  return () => clearInterval(timer);
}
