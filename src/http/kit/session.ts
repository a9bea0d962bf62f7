import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { AppError } from '../../domain/errors.ts';
import type { Hash, Seconds, StaffId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SessionRow } from '../../ports/store/accounts-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { toHex, utf8 } from '../../protocol/bytes.ts';
import type { AppEnv, StaffSession } from './app-env.ts';
import { madeByItself } from './by-itself.ts';

/** Name of the cookie that opens a session; staff only. The prefix makes browsers insist on Secure, Path=/ and no Domain. */
export const SESSION_COOKIE = '__Host-tinkin';
/** Seconds without a request of the person's own after which a session ends. */
export const SESSION_IDLE = 30 * 60;
/** Seconds after login when a session ends whatever happens: one long shift. */
export const SESSION_ABSOLUTE = 12 * 3600;
/** `lastSeen` is written at most this often, in seconds. */
const TOUCH_EVERY = 60;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Stored form of a session token: its SHA-256, so that a copy of the database opens no session. */
const sessionTokenHash = (deps: Deps, token: string): Hash => toHex(deps.crypto.sha256(utf8(token))) as Hash;

/** A new session for a person who has just proved who they are: the cookie's token and the row to store with its event. */
export function newSession(deps: Deps, staff: StaffId): { readonly token: string; readonly row: SessionRow } {
  const token = toBase64Url(deps.random.bytes(32));
  const now = deps.clock.now();
  return {
    token,
    row: {
      tokenHash: sessionTokenHash(deps, token),
      staff,
      created: now,
      lastSeen: now,
      expires: (now + SESSION_ABSOLUTE) as Seconds,
    },
  };
}

/** Puts the session's token into the browser's cookie. It lives until the browser closes or the session ends. */
export function setSessionCookie(c: Context, token: string): void {
  setCookie(c, SESSION_COOKIE, token, { path: '/', httpOnly: true, secure: true, sameSite: 'Strict' });
}

/** Takes the cookie back. */
export function clearSessionCookie(c: Context): void {
  deleteCookie(c, SESSION_COOKIE, { path: '/', secure: true });
}

/**
 * How strictly a session is held. `working`: the idle limit ends it, and a request of the person's own renews it. `watching`, for what an
 * open console hears without anybody's doing: neither, so that a console on a desk at night rings as long as the session may last.
 */
export type SessionUse = 'working' | 'watching';

/** The session of this request, or the reason why there is none. Errors: `session_required`, `session_expired`. */
export async function loadSession(
  c: Context,
  deps: Deps,
  use: SessionUse = 'working',
): Promise<StaffSession> {
  const token = getCookie(c, SESSION_COOKIE);
  if (token === undefined || !TOKEN.test(token)) throw new AppError('session_required');
  const tokenHash = sessionTokenHash(deps, token);
  const row = await deps.store.accounts.session(tokenHash);
  if (!row) throw new AppError('session_expired');
  const now = deps.clock.now();
  const staff = await deps.store.accounts.byId(row.staff);
  const idle = use === 'working' && now - row.lastSeen >= SESSION_IDLE;
  if (now >= row.expires || idle || staff?.status !== 'active') {
    await deps.store.accounts.dropSession(tokenHash);
    throw new AppError('session_expired');
  }
  const renews = use === 'working' && !madeByItself(c);
  if (renews && now - row.lastSeen >= TOUCH_EVERY) await deps.store.accounts.touchSession(tokenHash, now);
  return { row, staff };
}

/** Lets only signed-in staff through; handlers then read `sessionOf(c)`. Errors: `session_required`, `session_expired`. */
export const requireSession =
  (deps: Deps, use: SessionUse = 'working'): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    c.set('session', await loadSession(c, deps, use));
    c.header('Cache-Control', 'no-store');
    await next();
  };

/** The session that `requireSession` put there. Error `session_required` where the middleware is missing. */
export function sessionOf(c: Context<AppEnv>): StaffSession {
  const session = c.get('session') as StaffSession | undefined;
  if (!session) throw new AppError('session_required');
  return session;
}
