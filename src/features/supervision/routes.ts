import { Hono } from 'hono';
import { z } from 'zod';
import { holdsAny, LEADER_ROLES } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { SUPERVISED } from '../../ports/store/triage-store.ts';
import { withUnitNames } from './unit-names.ts';

const PATH = '/api/staff/supervision';

/** Which tips, and the place after the last row of the page before: `due.seq`. */
const page = z.strictObject({
  which: z.enum(SUPERVISED).default('pending'),
  after: z
    .string()
    .max(40)
    .regex(/^-?\d{1,16}\.\d{1,16}$/)
    .optional(),
});

/** Rows of a page. */
const LIMIT = 50;

/** Who of a procuracy looks at what it was told of. */
const maySupervise = (roles: readonly Role[]): boolean => holdsAny(roles, ['prosecutor', ...LEADER_ROLES]);

/** What a procuracy was told of: requests that wait for it, suspensions that it may annul, and all else, never a content. */
export function supervisionRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const prosecutor = (c: AppContext): StaffRow => staffWho(c, maySupervise);
  app.use(PATH, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
    prosecutor(c);
    await next();
  });

  app.get(PATH, async (c) => {
    const { which, after } = await validQuery(c, page);
    const [key, seq] = (after ?? '').split('.').map(Number);
    const from = key === undefined || seq === undefined ? null : { key, seq };
    const found = await deps.store.triage.supervised(prosecutor(c).unit, which, from, LIMIT);
    return c.json({
      rows: await withUnitNames(deps, found.rows),
      next: found.next === null ? null : `${found.next.key}.${found.next.seq}`,
    });
  });

  return app;
}
