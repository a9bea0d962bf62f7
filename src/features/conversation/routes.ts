import { Hono, type MiddlewareHandler } from 'hono';
import { mayReadTips } from '../../domain/roles.ts';
import { withAnswering } from '../../http/kit/answering.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { seenRequest } from './schema.ts';
import { markSeen } from './seen.ts';

const SEEN = '/api/staff/tips/:tip/seen';
const UNREAD = '/api/staff/unread';

/** What of the conversation is staff's own: which tips have messages that nobody of the unit has seen, and that they were seen. */
export function conversationRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const readersOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
    staffWho(c, mayReadTips);
    await next();
  };
  for (const path of [SEEN, UNREAD]) app.use(path, sameOriginStrict(deps), requireSession(deps), readersOnly);

  app.post(SEEN, async (c) => {
    await markSeen(deps, staffWho(c, mayReadTips), c.req.param('tip'), await validJson(c, seenRequest));
    return c.json({});
  });

  app.get(UNREAD, async (c) => {
    const { unit } = staffWho(c, mayReadTips);
    return c.json({ rows: await withAnswering(deps, unit, await deps.store.thread.unread(unit)) });
  });
  return app;
}
