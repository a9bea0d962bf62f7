import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { StaticFile, StaticFiles } from '../../ports/static-files.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};
/** Formats that are compressed already. */
const PACKED = new Set(['.woff2', '.png']);
/** Name with the hash of its content, as the build writes it: `form-Bx91_k2Q.js`. */
const HASHED = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;
/** Lists of one province: whoever keeps one shows for which province they asked. */
const OF_A_PLACE = /^\/data\/(?:places|units)\//;
/** Below this size an encoding saves nothing, in bytes. */
const WORTH_PACKING = 512;

/** A folder that is served under a prefix. `files` limits it to some names; without it, everything in it is served. */
export interface ServedFolder {
  readonly prefix: string;
  readonly folder: string;
  readonly files?: readonly string[];
}

/**
 * All files of some folders, found at start. What is not in the list does not exist, so nothing that a client writes is ever joined to
 * a path. Bytes are read at first use and kept. `.br` and `.gz` files beside a file are its encodings; without them they are made once.
 * @param workers addresses of worker scripts, which get their own policy.
 */
export function fileStaticFiles(served: readonly ServedFolder[], workers: readonly string[]): StaticFiles {
  const files = new Map<string, StaticFile>();
  for (const { prefix, folder, files: only } of served) {
    for (const name of only ?? namesIn(folder)) {
      const path = join(folder, name);
      const extension = extname(name);
      const type = TYPES[extension];
      if (type === undefined || !existsSync(path)) continue;
      const address = `${prefix}${name}`;
      files.set(
        address,
        lazyFile(path, type, {
          immutable: HASHED.test(name),
          worker: workers.includes(address),
          tellsPlace: OF_A_PLACE.test(address),
        }),
      );
    }
  }
  return { get: (path) => files.get(path) ?? null };
}

function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function lazyFile(
  path: string,
  type: string,
  traits: Pick<StaticFile, 'immutable' | 'worker' | 'tellsPlace'>,
): StaticFile {
  const plain = once(() => copy(readFileSync(path)));
  const packable = !PACKED.has(extname(path));
  const brotli = once(() => encoded(path, '.br', plain(), pack.br));
  const gzip = once(() => encoded(path, '.gz', plain(), pack.gzip));
  const etag = once(() => `"${createHash('sha256').update(plain()).digest('base64url').slice(0, 22)}"`);
  return {
    type,
    ...traits,
    get etag() {
      return etag();
    },
    body(codings) {
      if (packable && plain().length >= WORTH_PACKING) {
        if (codings.has('br')) return { bytes: brotli(), encoding: 'br' };
        if (codings.has('gzip')) return { bytes: gzip(), encoding: 'gzip' };
      }
      return { bytes: plain(), encoding: null };
    },
  };
}

const pack = {
  br: (bytes: Uint8Array) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }),
};

function encoded(
  path: string,
  suffix: string,
  bytes: Uint8Array,
  make: (bytes: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  return copy(existsSync(path + suffix) ? readFileSync(path + suffix) : make(bytes));
}

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
