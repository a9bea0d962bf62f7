import type { Hash, Seconds } from '../../domain/ids.ts';

/** Seconds for which an opened attachment's parts are served to the session that opened it. */
export const GRANT_SECONDS = 3600;
/** Grants remembered at once; the oldest go first and are asked for anew. */
const REMEMBERED = 5_000;

/** What is known of an opened attachment. */
export interface Grant {
  readonly bytes: number;
  readonly parts: number;
}

/** Which session has opened which attachment. In memory alone: after a restart every attachment is opened, and recorded, anew. */
export interface Grants {
  give(session: Hash, attachment: string, grant: Grant, now: Seconds): void;
  of(session: Hash, attachment: string, now: Seconds): Grant | null;
}

export function createGrants(): Grants {
  const known = new Map<string, Grant & { readonly until: number }>();
  const keyOf = (session: Hash, attachment: string): string => `${session} ${attachment}`;
  return {
    give(session, attachment, { bytes, parts }, now) {
      const key = keyOf(session, attachment);
      known.delete(key);
      known.set(key, { bytes, parts, until: now + GRANT_SECONDS });
      for (const oldest of known.keys()) {
        if (known.size <= REMEMBERED) break;
        known.delete(oldest);
      }
    },
    of(session, attachment, now) {
      const grant = known.get(keyOf(session, attachment));
      return grant === undefined || now > grant.until ? null : grant;
    },
  };
}
