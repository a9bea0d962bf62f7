import { Hono } from 'hono';
import { validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { createBundleCache } from './bundle-cache.ts';
import { directoryQuery } from './schema.ts';

/** Content type of a directory bundle. */
export const BUNDLE_TYPE = 'application/vnd.tinkin.directory';

/** `GET /api/directory?unit=CODE[&epochs=live|all]`: the bundle that a browser verifies before it seals or believes a message. */
export function directoryRoutes(deps: Deps): Hono {
  const app = new Hono();
  const bundleFor = createBundleCache(deps);
  app.get('/api/directory', async (c) => {
    const { bytes, gzip, etag } = await bundleFor(await validQuery(c, directoryQuery));
    c.header('ETag', etag);
    c.header('Vary', 'Accept-Encoding');
    c.header('Cache-Control', 'public, max-age=30');
    if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304);
    c.header('Content-Type', BUNDLE_TYPE);
    if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(bytes);
    c.header('Content-Encoding', 'gzip');
    return c.body(gzip);
  });
  return app;
}
