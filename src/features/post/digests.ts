import { dayOf } from '../../domain/calendar.ts';
import { slotAt } from '../../domain/fixed-text.ts';
import type { StaffId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Random } from '../../ports/random.ts';
import type { Contact, PostStore } from '../../ports/store/post-store.ts';
import { digestLetter } from './letters.ts';

type DigestDeps = Pick<Deps, 'poster' | 'digestHours' | 'clock' | 'random' | 'log'> & {
  readonly store: { readonly post: PostStore };
};

/** Milliseconds between two looks at the clock. */
const EVERY = 30_000;
/** Addresses read in one go. */
const PAGE = 500;
/** Vietnam's time, in seconds ahead of UTC. */
const OFFSET = 7 * 3600;

/**
 * Serves the fixed hour that it is, if any and if nobody did: every confirmed address gets its letter, in random order, so that the order
 * tells nothing either. The hour is taken before the first letter leaves: a service that ends in the middle leaves the rest out, and nobody
 * gets two. Gives how many letters left, or null.
 */
export async function serveHour(deps: DigestDeps): Promise<number | null> {
  const { poster, store } = deps;
  const now = deps.clock.now();
  const slot = slotAt((now + OFFSET) % 86_400, deps.digestHours);
  const day = dayOf(now);
  if (poster === null || slot === null || !(await store.post.takeSlot(day, slot))) return null;
  const receivers = shuffled(await everybody(store.post), deps.random);
  const results = await poster.send(
    receivers.map(({ email, lang }) => digestLetter(deps.random, email, lang)),
  );
  const sent = results.filter((result) => result === 'sent').length;
  await store.post.served(day, slot, sent, results.length - sent);
  if (sent < results.length)
    deps.log.service('warn', 'digests_failed', { sent, failed: results.length - sent });
  return sent;
}

async function everybody(post: PostStore): Promise<readonly Contact[]> {
  const found: Contact[] = [];
  for (let after: StaffId | null = null; ; ) {
    const page: readonly Contact[] = await post.receivers(after, PAGE);
    found.push(...page);
    after = page.at(-1)?.staff ?? null;
    if (page.length < PAGE) return found;
  }
}

function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((value) => ({ value, key: random.bytes(8).reduce((sum, byte) => sum * 256 + byte, 0) }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** Looks at the clock now and then and serves each fixed hour once. Failures are logged; that hour is left out. */
export function startDigests(deps: DigestDeps): { stop(): void } {
  if (deps.poster === null || deps.digestHours.length === 0) return { stop: () => undefined };
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      await serveHour(deps);
    } catch (error) {
      deps.log.service('warn', 'digests_failed', { kind: error instanceof Error ? error.name : 'unknown' });
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), EVERY);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
