import { tickAlarms } from '../features/triage/alarm.ts';
import type { Deps } from '../ports/deps.ts';

/** Seconds between looks at the urgent tips that nobody took up. */
export const ALARM_TICK = 15;

/** Keeps the alarms going from the start of the service on; returns the function that stops it. Started by the entry, once. */
export function runAlarms(deps: Deps, every = ALARM_TICK): () => void {
  let starting = true;
  let busy = false;
  const tick = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      await tickAlarms(deps, starting);
      starting = false;
    } catch {
      deps.log.service('error', 'alarm_failed');
    } finally {
      busy = false;
    }
  };
  void tick();
  const timer = setInterval(() => void tick(), every * 1000);
  return () => clearInterval(timer);
}
