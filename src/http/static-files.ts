import { Hono } from 'hono';
import type { StaticFile, StaticFiles } from '../ports/static-files.ts';
import { acceptedCodings } from './kit/accept-encoding.ts';
import { FRAME_PREFIX } from './kit/console-policy.ts';
import {
  DATA_CSP,
  INSPECT_CSP,
  INSPECT_PREFIX,
  LINE_CSP,
  LINE_PREFIX,
  WORKER_CSP,
} from './security-headers.ts';

/** Seconds for which data without a hash in its name may be used before asking again. */
const DATA_MAX_AGE = 300;

/** A worker's policy is that of its own script's response. */
const policyOf = (file: StaticFile, path: string): string => {
  if (path.startsWith(INSPECT_PREFIX)) return INSPECT_CSP;
  if (path.startsWith(LINE_PREFIX)) return LINE_CSP;
  return file.worker ? WORKER_CSP : DATA_CSP;
};

/** `GET /build/*` and `GET /data/*`. */
export function staticRoutes(files: StaticFiles): Hono {
  const app = new Hono();
  for (const pattern of ['/build/*', '/data/*', '/favicon.svg', '/robots.txt']) {
    app.get(pattern, async (c, next) => {
      const file = files.get(c.req.path);
      if (!file) return next();
      // The viewer's frame has an origin of its own: to it these files, which are no secret, are another site's.
      if (c.req.path.startsWith(FRAME_PREFIX)) {
        c.header('Cross-Origin-Resource-Policy', 'cross-origin');
        c.header('Access-Control-Allow-Origin', '*');
      }
      c.header('ETag', file.etag);
      c.header('Vary', 'Accept-Encoding');
      c.header('Content-Security-Policy', policyOf(file, c.req.path));
      c.header(
        'Cache-Control',
        file.immutable
          ? 'public, max-age=31536000, immutable'
          : file.tellsPlace
            ? 'no-store'
            : `public, max-age=${DATA_MAX_AGE}`,
      );
      if (c.req.header('if-none-match')?.includes(file.etag)) return c.body(null, 304);
      const { bytes, encoding } = file.body(acceptedCodings(c.req.header('accept-encoding')));
      c.header('Content-Type', file.type);
      if (encoding) c.header('Content-Encoding', encoding);
      return c.body(bytes);
    });
  }
  return app;
}
