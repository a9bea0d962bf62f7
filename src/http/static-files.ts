import { Hono } from 'hono';
import { DATA_CSP, WORKER_CSP } from './security-headers.ts';

/** One file that may be served, with the encodings that exist of it. */
export interface StaticFile {
  readonly type: string;
  /** Quoted entity tag. */
  readonly etag: string;
  /** True when the name carries a hash of the content: cached for good. */
  readonly immutable: boolean;
  /** True for the script of a worker that compiles WebAssembly. */
  readonly worker: boolean;
  /** The bytes in the best encoding that the client accepts. */
  body(acceptEncoding: string): {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly encoding: 'br' | 'gzip' | null;
  };
}

/** Where files come from. Only exact addresses exist, so no path can lead out of the folder. */
export interface StaticFiles {
  /** The file at an address such as `/build/form-3fa9.js`, or null. */
  get(path: string): StaticFile | null;
}

/** Seconds for which data without a hash in its name may be used before asking again. */
const DATA_MAX_AGE = 300;

/** `GET /build/*` and `GET /data/*`. */
export function staticRoutes(files: StaticFiles): Hono {
  const app = new Hono();
  for (const pattern of ['/build/*', '/data/*', '/favicon.svg', '/robots.txt']) {
    app.get(pattern, async (c, next) => {
      const file = files.get(c.req.path);
      if (!file) return next();
      c.header('ETag', file.etag);
      c.header('Vary', 'Accept-Encoding');
      c.header('Content-Security-Policy', file.worker ? WORKER_CSP : DATA_CSP);
      c.header(
        'Cache-Control',
        file.immutable ? 'public, max-age=31536000, immutable' : `public, max-age=${DATA_MAX_AGE}`,
      );
      if (c.req.header('if-none-match')?.includes(file.etag)) return c.body(null, 304);
      const { bytes, encoding } = file.body(c.req.header('accept-encoding') ?? '');
      c.header('Content-Type', file.type);
      if (encoding) c.header('Content-Encoding', encoding);
      return c.body(bytes);
    });
  }
  return app;
}
