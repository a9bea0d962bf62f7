import type { Deps } from '../ports/deps.ts';

/** Milliseconds between two rounds. */
const EVERY = 60_000;
/** Rows forgotten in one statement: a pause of the write lock that nobody notices. */
const AT_ONCE = 1_000;

/** Forgets spent challenges and sessions that have expired, now and then, a little at a time. Failures are logged and tried again. */
export function startHousekeeping(deps: Pick<Deps, 'store' | 'clock' | 'log'>): { stop(): void } {
  let busy = false;
  const round = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      await tidy(deps);
    } catch (error) {
      deps.log.service('warn', 'housekeeping_failed', {
        kind: error instanceof Error ? error.name : 'unknown',
      });
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void round(), EVERY);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** One round: everything that has expired by now, in small statements. */
export async function tidy(deps: Pick<Deps, 'store' | 'clock'>): Promise<void> {
  const now = deps.clock.now();
  await deps.store.accounts.forgetExpiredSessions(now);
  while ((await deps.store.intake.forgetExpiredChallenges(now, AT_ONCE)) === AT_ONCE) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
