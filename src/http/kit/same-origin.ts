import type { Context, MiddlewareHandler } from 'hono';
import { AppError } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that another site makes a browser send (error `cross_site`). Browsers say where a request comes from in
 * Sec-Fetch-Site; older ones at least in Origin. A program that sends neither is let through by `lenient` alone: there is no cookie
 * that it could abuse on citizens' routes.
 */
export function checkSameOrigin(c: Context, deps: Deps, lenient: boolean): void {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) {
    if (site === 'same-origin' || (lenient && site === 'none')) return;
    throw new AppError('cross_site');
  }
  const origin = c.req.header('origin');
  if (origin === undefined ? lenient : origin === deps.instance.origin) return;
  throw new AppError('cross_site');
}

/** For staff routes: every call that changes something must say that it comes from this site. */
export const sameOriginStrict =
  (deps: Deps): MiddlewareHandler =>
  async (c, next) => {
    if (!SAFE.has(c.req.method)) checkSameOrigin(c, deps, false);
    await next();
  };
