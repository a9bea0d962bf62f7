import { Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import { mayReadTips } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession, sessionOf } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { MAX_PART_BYTES } from '../../protocol/attachment.ts';
import { toHex } from '../../protocol/bytes.ts';
import type { AttachmentOpened } from '../../protocol/wire-uploads.ts';
import { createGrants } from './grants.ts';
import { openAttachment } from './open.ts';
import { openRequest } from './schema.ts';

const BASE = '/api/staff/tips/:tip/attachments/:id';
const HASH_BYTES = 32;

/** Sealed files for who may read the tip: opened with an event of the reader's own, then part by part for an hour. */
export function attachmentRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const grants = createGrants();
  app.use(`${BASE}/*`, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
    staffWho(c, mayReadTips);
    await next();
  });

  app.post(`${BASE}/open`, async (c) => {
    const { event } = await validJson(c, openRequest);
    const { tip, id } = c.req.param();
    const { row, staff } = sessionOf(c);
    const opened = await openAttachment(deps, staff, { tip, id, event });
    grants.give(row.tokenHash, opened.id, opened, deps.clock.now());
    return c.json({
      ...{ bytes: opened.bytes, parts: opened.parts, root: opened.root },
      hashes: hashesOf(opened.partHashes),
    } satisfies AttachmentOpened);
  });

  app.get(`${BASE}/parts/:no`, async (c) => {
    const { id } = c.req.param();
    const grant = grants.of(sessionOf(c).row.tokenHash, id, deps.clock.now());
    if (grant === null) throw new AppError('not_read');
    const text = c.req.param('no');
    const no = /^(?:0|[1-9]\d{0,4})$/.test(text) ? Number(text) : grant.parts;
    if (no >= grant.parts) throw new AppError('field_invalid', { field: 'no' });
    const from = no * MAX_PART_BYTES;
    const to = Math.min(from + MAX_PART_BYTES, grant.bytes);
    const part = await deps.blobs.read(id, { from, to });
    if (part === null) throw new AppError('attachment_unknown');
    return c.body(part.body, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(to - from),
      'Cache-Control': 'no-store',
    });
  });
  return app;
}

const hashesOf = (joined: Uint8Array): readonly string[] =>
  Array.from({ length: joined.length / HASH_BYTES }, (_, no) =>
    toHex(joined.subarray(no * HASH_BYTES, (no + 1) * HASH_BYTES)),
  );
