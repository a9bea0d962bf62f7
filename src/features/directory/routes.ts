import { Hono } from 'hono';
import { acceptedCodings } from '../../http/kit/accept-encoding.ts';
import { validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { createBundleCache } from './bundle-cache.ts';
import { directoryQuery } from './schema.ts';

/** Content type of a directory bundle. */
export const BUNDLE_TYPE = 'application/vnd.tinkin.directory';

/**
 * `GET /api/directory?unit=CODE[&epochs=live|all]`: the bundle that a browser verifies before it seals or believes a message. The address
 * names the unit, so no device and no proxy keeps it; a page asks once.
 */
export function directoryRoutes(deps: Deps): Hono {
  const app = new Hono();
  const bundleFor = createBundleCache(deps);
  app.get('/api/directory', async (c) => {
    const { bytes, gzip } = await bundleFor(await validQuery(c, directoryQuery));
    c.header('Vary', 'Accept-Encoding');
    c.header('Cache-Control', 'no-store');
    c.header('Content-Type', BUNDLE_TYPE);
    if (!acceptedCodings(c.req.header('accept-encoding')).has('gzip')) return c.body(bytes);
    c.header('Content-Encoding', 'gzip');
    return c.body(gzip);
  });
  return app;
}
