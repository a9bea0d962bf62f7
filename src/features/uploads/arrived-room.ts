import { AppError } from '../../domain/errors.ts';
import type { Seconds } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';

/** Seconds after which what unclaimed files hold is counted anew. */
const COUNTED_FOR = 60;
/** Seconds between two counts while there is no room. */
const COUNTED_WHEN_FULL = 2;
/** What somebody waits before trying again. */
const LATER = { retryAfter: 300 } as const;

/** Holds what arrives to the room for unclaimed files: what was announced takes none of it, so each part must be looked at. */
export interface ArrivedRoom {
  /** Throws `uploads_full` when a part of this many bytes no longer fits. */
  take(bytes: number): Promise<void>;
}

/** Counting costs the store a look at every unclaimed part; between two counts what arrives is added here, and what is claimed not yet taken off. */
export function arrivedRoom(deps: Pick<Deps, 'store' | 'clock' | 'limits'>): ArrivedRoom {
  let held = 0;
  let countedAt: Seconds | null = null;
  const count = async (now: Seconds): Promise<void> => {
    countedAt = now;
    held = await deps.store.uploads.held('attachment');
  };
  return {
    async take(bytes) {
      const now = deps.clock.now();
      const age = countedAt === null ? Number.POSITIVE_INFINITY : Math.abs(now - countedAt);
      const full = held + bytes > deps.limits.uploadRoom;
      if (age >= (full ? COUNTED_WHEN_FULL : COUNTED_FOR)) await count(now);
      if (held + bytes > deps.limits.uploadRoom) throw new AppError('uploads_full', LATER);
      held += bytes;
    },
  };
}
