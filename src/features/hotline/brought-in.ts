import type { Deps } from '../../ports/deps.ts';

/** Milliseconds between two looks. */
const EVERY = 15_000;

type WatchDeps = Pick<Deps, 'store' | 'live' | 'log'>;

/**
 * A look for recordings that came since the last one, by whatever process: consoles of their units are told. The first look tells of none,
 * because no console was open before it.
 */
export function lookForRecordings({ store, live }: Omit<WatchDeps, 'log'>): () => Promise<void> {
  let newest: number | null = null;
  return async () => {
    const found = await store.hotline.recordingsAfter(newest ?? 0);
    if (newest !== null) for (const unit of found.units) live.publish(unit, { kind: 'recordings_changed' });
    newest = found.newest;
  };
}

/** Tells consoles of recordings that `tinkin hotline import` has brought in beside the service. Returns the function that stops it. */
export function watchRecordings(deps: WatchDeps): () => void {
  const look = lookForRecordings(deps);
  const safely = (): void => void look().catch(() => deps.log.service('warn', 'recordings_watch_failed'));
  safely();
  const timer = setInterval(safely, EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
