import { Hono, type MiddlewareHandler } from 'hono';
import { AppError } from '../../domain/errors.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { LADDERS } from '../../ledger/batch.ts';
import { fromDecimal } from '../../ledger/encoding.ts';
import { ENTRY_BYTES } from '../../ledger/entry.ts';
import { formatVkey } from '../../ledger/note.ts';
import { parseTilePath, tileWidth } from '../../ledger/tiles.ts';
import type { Deps } from '../../ports/deps.ts';
import type { BatchRow } from '../../ports/store/ledger-store.ts';
import type { LogFacts } from '../../protocol/wire-ledger.ts';
import { logKey } from './log-key.ts';
import { toOpenLeaf } from './open-leaf.ts';
import { noteOf } from './plan-batch.ts';

/** Openings of the directory's events in one answer. */
const PAGE = 200;
const FOREVER = 'public, max-age=31536000, immutable';
const SHORTLY = 'public, max-age=5';

/** Anybody may read the log, from any page: it is public and nothing of the reader is sent along. */
const open: MiddlewareHandler = async (c, next) => {
  // The page for people, which this pattern covers too, keeps the headers of pages.
  if (c.req.path === '/ledger') return next();
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  await next();
};

/** A u16 length before each entry (C2SP tlog-tiles, entry bundles). */
function bundled(entries: Uint8Array): Uint8Array<ArrayBuffer> {
  const count = entries.length / ENTRY_BYTES;
  const out = new Uint8Array(count * (ENTRY_BYTES + 2));
  for (let i = 0; i < count; i++) {
    const at = i * (ENTRY_BYTES + 2);
    out.set([ENTRY_BYTES >> 8, ENTRY_BYTES & 255], at);
    out.set(entries.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES), at + 2);
  }
  return out;
}

/**
 * The public log (C2SP tlog-tiles) under `/ledger/`, with the openings that lie open for everybody: batch heads and the directory's events. Only
 * what a published checkpoint holds is served, so that nothing of it ever changes; everything else is `not_found`.
 */
export function ledgerRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const { ledger } = deps.store;
  app.use('/ledger/*', open);

  const published = async (): Promise<BatchRow> => {
    const newest = await ledger.published();
    if (newest === null) throw new AppError('not_found');
    return newest;
  };

  app.get('/ledger/checkpoint', async (c) => {
    const text = noteOf(await published());
    c.header('Cache-Control', SHORTLY);
    return c.body(text, 200, { 'Content-Type': 'text/plain; charset=utf-8' });
  });

  app.get('/ledger/tile/*', async (c) => {
    const name = parseTilePath(c.req.path.slice('/ledger/'.length));
    const { log, size } = await published();
    if (name === null) throw new AppError('not_found');
    const { level, n, width } = name;
    // A part of a tile stays what it is when the tile grows; the whole one exists once it is full.
    if (width > tileWidth(level, n, size)) throw new AppError('not_found');
    const stored = level === 'entries' ? await ledger.entries(log, n) : await ledger.tile(log, level, n);
    if (stored === null) throw new AppError('not_found');
    const bytes =
      level === 'entries' ? bundled(stored.subarray(0, width * ENTRY_BYTES)) : stored.slice(0, width * 32);
    c.header('Cache-Control', FOREVER);
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'application/octet-stream' });
  });

  app.get('/ledger/heads/:size', async (c) => {
    const { log, size: newest } = await published();
    const size = numberIn(c, 'size');
    const [batch] = size > newest ? [] : await ledger.batches(log, size - 1, 1);
    // The head is the last leaf of its batch.
    const head = batch?.size === size ? await ledger.openedAt(log, size - 1) : null;
    const leaf = head === null ? null : toOpenLeaf(head);
    if (leaf === null) throw new AppError('not_found');
    c.header('Cache-Control', FOREVER);
    return c.json(leaf);
  });

  app.get('/ledger/directory/:from', async (c) => {
    const { log, size } = await published();
    const from = numberIn(c, 'from');
    const rows = await ledger.openedOf(log, 'directory', Math.max(1, from), PAGE);
    c.header('Cache-Control', SHORTLY);
    return c.json({
      events: rows.filter(({ index }) => index < size).map((row) => ({ no: row.no, ...toOpenLeaf(row) })),
    });
  });

  app.get('/ledger/log', async (c) => {
    const logs = await ledger.logs();
    const origin = logs.at(-1)?.origin ?? deps.instance.logOrigin;
    const { cadence, minWitnesses, mode } = deps.instance;
    c.header('Cache-Control', SHORTLY);
    return c.json({
      ...{ origin, cadence, minWitnesses },
      vkey: formatVkey(logKey(deps, origin)),
      ladder: LADDERS[mode],
      witnesses: deps.witnesses.map(({ key }) => formatVkey(key)),
      former: logs.slice(0, -1).map((log) => log.origin),
    } satisfies LogFacts);
  });
  return app;
}

/** A whole number of the address. Error `not_found` for anything else. */
function numberIn(c: AppContext, name: string): number {
  const value = fromDecimal(c.req.param(name) ?? '');
  if (value === null) throw new AppError('not_found');
  return value;
}
