import { Hono } from 'hono';
import { z } from 'zod';
import { isCalendarDay } from '../../domain/calendar.ts';
import type { Day } from '../../domain/ids.ts';
import { mayReadTips } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { PostCheckCursor } from '../../ports/store/post-check-store.ts';

const PATH = '/api/staff/post-checks';

/** Place after a page's last row, as `DAY.SEQ`. */
const cursor = z
  .string()
  .max(30)
  .regex(/^\d{4}-\d\d-\d\d\.\d{1,15}$/)
  .transform((text): PostCheckCursor => {
    const [day = '', seq = ''] = text.split('.');
    return { day: day as Day, seq: Number(seq) };
  })
  .refine(({ day }) => isCalendarDay(day));

const pageQuery = z.strictObject({
  after: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Follow-ups that a person's own unit still has to do. They are set and ended by steps of their tips. */
export function postCheckRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get(PATH, requireSession(deps), async (c) => {
    const { unit } = staffWho(c, mayReadTips);
    const { after = null, limit } = await validQuery(c, pageQuery);
    const { rows, next } = await deps.store.postChecks.waiting(unit, after, limit);
    return c.json({ rows, next: next === null ? null : `${next.day}.${next.seq}` });
  });
  return app;
}
