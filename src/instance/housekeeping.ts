import { type Hour, hourOf, type Seconds } from '../domain/ids.ts';
import type { Deps } from '../ports/deps.ts';

/** Milliseconds between two rounds. */
const EVERY = 60_000;
/** Rows forgotten in one statement: a pause of the write lock that nobody notices. */
const AT_ONCE = 1_000;
/** Whole hours after which a file that no tip or message carries is given up. */
const UNCLAIMED_HOURS = 24;
/** Seconds for which shifts' hand-over notes are kept. */
const NOTES_KEPT = 90 * 86_400;
/** Blobs deleted in one go. */
const BLOBS_AT_ONCE = 100;

/**
 * Forgets spent challenges, sessions that have expired, files that nobody claimed, old hand-over notes and what is left of emptied tips, now and then, a little
 * at a time. Failures are logged and tried again.
 */
export function startHousekeeping(deps: Pick<Deps, 'store' | 'blobs' | 'clock' | 'log'>): { stop(): void } {
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
export async function tidy(deps: Pick<Deps, 'store' | 'blobs' | 'clock'>): Promise<void> {
  const now = deps.clock.now();
  await deps.store.accounts.forgetExpiredSessions(now);
  while ((await deps.store.intake.forgetExpiredChallenges(now, AT_ONCE)) === AT_ONCE) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await dropUnclaimed(deps);
  await deps.store.retention.forgetNotes((now - NOTES_KEPT) as Seconds, AT_ONCE);
  // Where another process read while a tip was emptied, its words stand in the log until nobody does.
  await deps.store.retention.clearLog();
}

/**
 * Gives up files that were begun more than a day ago and that nothing carries: first they can be claimed no more, then their bytes go,
 * then their rows. A crash between two of these is made good by the next round. Bytes without a row, which only a restored database
 * leaves, go with them.
 */
async function dropUnclaimed({
  store,
  blobs,
  clock,
}: Pick<Deps, 'store' | 'blobs' | 'clock'>): Promise<void> {
  const now = clock.now();
  const before = (hourOf(now) - UNCLAIMED_HOURS) as Hour;
  let dropped: readonly string[];
  do {
    dropped = await store.uploads.dropOlder(before, BLOBS_AT_ONCE);
    for (const id of dropped) {
      await blobs.delete(id);
      await store.uploads.forget(id);
    }
  } while (dropped.length === BLOBS_AT_ONCE);
  for (const id of await blobs.orphans(now - (UNCLAIMED_HOURS + 1) * 3600))
    if ((await store.uploads.upload(id)) === null) await blobs.delete(id);
}
