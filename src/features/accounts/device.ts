import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { lengthPrefixed, utf8 } from '../../protocol/bytes.ts';

/**
 * Name of the cookie by which a browser shows that somebody logged in on it before. It opens nothing. Its path is the staff's API alone,
 * which the prefix `__Host-` would not allow: a citizen's page that the same browser opens never gets it.
 */
export const DEVICE_COOKIE = '__Secure-tinkin-device';
const DEVICE_PATH = '/api/staff';
/** Accounts whose marks one browser keeps: the desks of a night shift share one. The oldest gives way. */
const MOST_MARKS = 8;
/** Seconds after the last login for which a browser keeps its marks: half a year. */
const KEPT = 180 * 86_400;

const MARKS = /^[A-Za-z0-9_-]{43}(\.[A-Za-z0-9_-]{43}){0,7}$/;

/**
 * The mark that a full login on an account leaves, 32 bytes: a keyed hash of the person and their present login key. It is the same in every
 * browser of the person, so it tells none of them from another, and a new passphrase makes it worthless everywhere else.
 */
function markOf(deps: Deps, { id, credential }: StaffRow): Uint8Array | null {
  if (credential === null) return null;
  return deps.crypto.hmac(
    deps.secrets.nonce,
    lengthPrefixed('tk1/device-mark', utf8(id), credential.loginKey),
  );
}

const marksIn = (c: Context): readonly string[] => {
  const text = getCookie(c, DEVICE_COOKIE) ?? '';
  return MARKS.test(text) ? text.split('.') : [];
};

/** True when this request's browser carries the account's mark. */
export function knowsDevice(c: Context, deps: Deps, row: StaffRow | null): boolean {
  const mark = row === null ? null : markOf(deps, row);
  if (mark === null) return false;
  return marksIn(c).filter((text) => deps.crypto.equal(decoded(text), mark)).length > 0;
}

/** Leaves the account's mark in the browser, before those of others. */
export function markDevice(c: Context, deps: Deps, row: StaffRow): void {
  const mark = markOf(deps, row);
  if (mark === null) return;
  const own = toBase64Url(mark);
  const marks = [own, ...marksIn(c).filter((text) => text !== own)].slice(0, MOST_MARKS);
  setCookie(c, DEVICE_COOKIE, marks.join('.'), {
    path: DEVICE_PATH,
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
    maxAge: KEPT,
  });
}

/** The last of 43 digits may carry bits that no 32 bytes have: such a mark is nobody's. */
function decoded(text: string): Uint8Array {
  try {
    return fromBase64Url(text);
  } catch {
    return new Uint8Array(32);
  }
}
