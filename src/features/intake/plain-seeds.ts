import type { Deps } from '../../ports/deps.ts';
import { lengthPrefixed, wipe } from '../../protocol/bytes.ts';

/** Seconds for which one key is the newest; it is good for as long again, then it is overwritten. */
export const SEED_KEY_SECONDS = 600;

interface SeedKey {
  readonly since: number;
  readonly bytes: Uint8Array;
}

/**
 * Seeds from which a script-less tip is made, code and all, so that the same post makes the same tip while its key lives. A seed is an
 * HMAC over the form's single-use id and the very content, under a key that is in this process's memory alone: what the store keeps of a
 * form does not lead to its code, not even with the key, unless one has the text as well.
 */
export interface PlainSeeds {
  /** Newest first: what a post is made from, then, if there is one, what it would have been made from minutes ago. */
  seedsFor(form: string, content: Uint8Array): readonly Uint8Array<ArrayBuffer>[];
}

const known = new WeakMap<object, PlainSeeds>();

/** The seeds of these dependencies: one for both languages. */
export function plainSeedsOf(deps: Pick<Deps, 'crypto' | 'random' | 'clock'>): PlainSeeds {
  const found = known.get(deps) ?? createSeeds(deps);
  known.set(deps, found);
  return found;
}

function createSeeds({ crypto, random, clock }: Pick<Deps, 'crypto' | 'random' | 'clock'>): PlainSeeds {
  let keys: readonly SeedKey[] = [];

  const keep = (now: number): void => {
    const good = keys.filter(({ since }) => now >= since && now - since < 2 * SEED_KEY_SECONDS);
    for (const key of keys) if (!good.includes(key)) wipe(key.bytes);
    keys = good;
  };
  const renew = (now: number): void => {
    keep(now);
    const [newest] = keys;
    if (newest !== undefined && now - newest.since < SEED_KEY_SECONDS) return;
    keys = [{ since: now, bytes: random.bytes(32) }, ...keys];
    // Also when nobody posts any more.
    setTimeout(() => keep(clock.now()), (2 * SEED_KEY_SECONDS + 1) * 1000).unref();
  };
  return {
    seedsFor(form, content) {
      renew(clock.now());
      const message = lengthPrefixed('tinkin/plain-seed', form, content);
      const seeds = keys.map(({ bytes }) => new Uint8Array(crypto.hmac(bytes, message)));
      wipe(message);
      return seeds;
    },
  };
}
