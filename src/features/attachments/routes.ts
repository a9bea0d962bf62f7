import { Hono } from 'hono';
import { mayReadTips } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { createGrants } from '../../http/kit/part-grants.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { partHashesOf, sendPart } from '../../http/kit/sealed-parts.ts';
import { requireSession, sessionOf } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { AttachmentOpened } from '../../protocol/wire-uploads.ts';
import { openAttachment } from './open.ts';
import { openRequest } from './schema.ts';

const BASE = '/api/staff/tips/:tip/attachments/:id';

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
      hashes: partHashesOf(opened.partHashes),
    } satisfies AttachmentOpened);
  });

  app.get(`${BASE}/parts/:no`, async (c) => {
    const { id, no } = c.req.param();
    const grant = grants.of(sessionOf(c).row.tokenHash, id, deps.clock.now());
    return sendPart(c, deps, { id, no, grant, gone: 'attachment_unknown' });
  });
  return app;
}
