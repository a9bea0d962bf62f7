import { Hono } from 'hono';
import { mayManageMembers } from '../../domain/roles.ts';
import { parseSettlement } from '../../domain/settlement.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { hashHex, unitId } from '../../http/kit/fields.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validate, validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { endRight, giveRight, leadersOf, rightsSeenBy } from './rights.ts';
import * as schema from './schema.ts';

const BASE = '/api/staff/rights';

/** Assignments of the right to settle, for leaders: those of their own unit to read, those of the units right below to give and end. */
export function rightsRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const rules = parseSettlement(deps.data.get('settlement'));
  const leader = (c: AppContext): StaffRow => staffWho(c, mayManageMembers);
  for (const path of [BASE, `${BASE}/*`])
    app.use(path, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
      leader(c);
      await next();
    });

  app.get(BASE, async (c) => c.json(await rightsSeenBy(deps, leader(c), rules)));

  app.get(`${BASE}/:unit/people`, async (c) => {
    const unit = validate(unitId, c.req.param('unit'));
    return c.json({ people: await leadersOf(deps, leader(c), unit) });
  });

  app.post(BASE, async (c) => {
    const { record } = await validJson(c, schema.assignment, 32 * 1024);
    return c.json(await giveRight(deps, leader(c), record), 201);
  });

  app.delete(`${BASE}/:unit/:right`, async (c) => {
    const unit = validate(unitId, c.req.param('unit'));
    await endRight(deps, leader(c), validate(hashHex, c.req.param('right')), unit);
    return c.json({ ok: true });
  });

  return app;
}
