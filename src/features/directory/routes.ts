import { type Context, Hono } from 'hono';
import { acceptedCodings } from '../../http/kit/accept-encoding.ts';
import { validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { createBundleCache, type Packed } from './bundle-cache.ts';
import { directoryQuery, freshnessQuery } from './schema.ts';

/** Content type of a directory bundle. */
export const BUNDLE_TYPE = 'application/vnd.tinkin.directory';

/**
 * `GET /api/directory?unit=CODE[&epochs=live|all]`: the bundle that a browser verifies before it seals or believes a message.
 * `GET /api/freshness?unit=CODE`: what the public log says of the bundle to seal by (`live`), as JSON; null before the first checkpoint. The addresses
 * name the unit, so no device and no proxy keeps an answer; a page asks once. Errors: `field_invalid`, `unit_unknown`, `unavailable`.
 */
export function directoryRoutes(deps: Deps): Hono {
  const app = new Hono();
  const cache = createBundleCache(deps);
  app.get('/api/directory', async (c) =>
    send(c, BUNDLE_TYPE, await cache.bundle(await validQuery(c, directoryQuery))),
  );
  app.get('/api/freshness', async (c) => {
    const { unit } = await validQuery(c, freshnessQuery);
    return send(c, 'application/json', await cache.freshness(unit));
  });
  return app;
}

function send(c: Context, type: string, { bytes, gzip }: Packed): Response {
  c.header('Vary', 'Accept-Encoding');
  c.header('Cache-Control', 'no-store');
  c.header('Content-Type', type);
  if (!acceptedCodings(c.req.header('accept-encoding')).has('gzip')) return c.body(bytes);
  c.header('Content-Encoding', 'gzip');
  return c.body(gzip);
}
