import type { MiddlewareHandler } from 'hono';
import type { InstanceFacts } from '../ports/deps.ts';

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * On a demonstration at home, `localhost` and `127.0.0.1` are two origins to a browser, and what is signed names the origin: pages asked
 * for under the other name are sent to the one that the service knows itself by. Other hosts are left alone.
 */
export function loopbackHost(instance: InstanceFacts): MiddlewareHandler {
  const own = new URL(instance.origin).host;
  const needed = instance.mode === 'demo' && LOOPBACK.test(own);
  return async (c, next) => {
    const host = c.req.header('host');
    if (!needed || host === undefined || host === own || c.req.method !== 'GET' || !LOOPBACK.test(host)) {
      return next();
    }
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`${instance.origin}${pathname}${search}`, 307);
  };
}
