import { Hono } from 'hono';
import { mayManageMembers, mayReadTips } from '../../domain/roles.ts';
import { parseRoutes } from '../../domain/routing.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson, validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { boardBelow } from './board.ts';
import { holesAround } from './holes.ts';
import { dutiesOf, endAbsence, nameFocalPoint, setAbsence } from './people.ts';
import * as schema from './schema.ts';

const BASE = '/api/staff';

/**
 * Who answers in a unit: focal points, which leaders name; absences, which everybody writes down for themselves. For leaders above: what is
 * overdue in the units below.
 */
export function dutyRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const routes = parseRoutes(deps.data.get('routes'));
  const reader = (c: AppContext): StaffRow => staffWho(c, mayReadTips);
  const leader = (c: AppContext): StaffRow => staffWho(c, mayManageMembers);
  for (const path of ['duties', 'duties/holes', 'board/below', 'focal-points', 'absences', 'absences/end'])
    app.use(`${BASE}/${path}`, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
      reader(c);
      await next();
    });

  app.get(`${BASE}/duties`, async (c) => c.json(await dutiesOf(deps, reader(c))));

  app.get(`${BASE}/duties/holes`, async (c) => c.json(await holesAround(deps, leader(c))));

  app.get(`${BASE}/board/below`, async (c) => {
    const { province, unit, after } = await validQuery(c, schema.boardQuery);
    const [key, seq] = (after ?? '').split('.').map(Number);
    const from = key === undefined || seq === undefined ? null : { key, seq };
    return c.json(await boardBelow(deps, routes, leader(c), { province, unit, after: from }));
  });

  app.post(`${BASE}/focal-points`, async (c) => {
    const by = leader(c);
    await nameFocalPoint(deps, by, await validJson(c, schema.focalPoint));
    return c.json({ ok: true });
  });

  app.post(`${BASE}/absences`, async (c) => {
    await setAbsence(deps, reader(c), await validJson(c, schema.absence));
    return c.json({ ok: true }, 201);
  });

  app.post(`${BASE}/absences/end`, async (c) => {
    await endAbsence(deps, reader(c), await validJson(c, schema.absenceEnd));
    return c.json({ ok: true });
  });

  return app;
}
