import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { RequestLog } from '../ports/deps.ts';
import type { AppEnv } from './kit/app-env.ts';
import { madeByItself } from './kit/by-itself.ts';

/**
 * Reports each request by method, route pattern, status, duration and error code. The pattern, not the address: an address can hold
 * the handle of a tip, and somebody's typing.
 */
export const requestLog =
  (log: RequestLog): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const started = performance.now();
    await next();
    const code = c.get('errorCode') as string | undefined;
    log.request({
      method: KNOWN_METHODS.has(c.req.method) ? c.req.method : 'OTHER',
      route: routePattern(c),
      status: c.res.status,
      ms: Math.round(performance.now() - started),
      ...(code === undefined ? {} : { code }),
      ...(c.req.method === 'GET' && madeByItself(c) ? { bySelf: true } : {}),
    });
  };

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Pattern of the handler that was found, or `unmatched`; middleware does not count. */
function routePattern(c: Context): string {
  const route = matchedRoutes(c).findLast((candidate) => candidate.method !== 'ALL');
  return route?.path ?? 'unmatched';
}
