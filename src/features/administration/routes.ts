import { Hono } from 'hono';
import { mayAdminister } from '../../domain/roles.ts';
import { FOCAL_STAGES } from '../../domain/transition-types.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { staffId } from '../../http/kit/fields.ts';
import { inviteAgain, inviteStaff } from '../../http/kit/invite.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validate, validJson, validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { accountView, approveAccount, closeAccount, endSessions } from './accounts.ts';
import * as schema from './schema.ts';

const BASE = '/api/staff/admin';

/**
 * Units and staff accounts, for the administrator alone. An account that an administrator opens reads nothing until two leaders have
 * signed its MEMBER statement; one of an auditor or administrator opens when another administrator has approved it.
 */
export function administrationRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const administrator = (c: AppContext): StaffRow => staffWho(c, mayAdminister);
  app.use(`${BASE}/*`, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
    administrator(c);
    await next();
  });

  app.get(`${BASE}/units`, async (c) => {
    const { province } = await validQuery(c, schema.unitsQuery);
    const units = await deps.store.directory.units(province ?? null);
    const now = deps.clock.now();
    const ahead = await deps.store.directory.epochsAhead(now);
    const holes = await deps.store.duty.holes('all', now);
    const missing = new Map(holes.map(({ unit, stages }) => [unit, stages.length]));
    const epochs = new Map(ahead.map((row) => [row.unit, row]));
    return c.json({
      units: units.map((unit) => ({
        ...unit,
        epochsAhead: epochs.get(unit.code)?.ahead ?? 0,
        stagesFilled: FOCAL_STAGES.length - (missing.get(unit.code) ?? 0),
        epochsUntil: epochs.get(unit.code)?.until ?? null,
      })),
    });
  });

  app.get(`${BASE}/staff`, async (c) => {
    const { after, limit } = await validQuery(c, schema.staffQuery);
    const rows = await deps.store.accounts.page(after ?? null, limit);
    const viewer = administrator(c);
    return c.json({
      rows: await Promise.all(rows.map((row) => accountView(deps, viewer, row))),
      next: rows.length < limit ? null : rows.at(-1)?.account,
    });
  });

  app.post(`${BASE}/staff`, async (c) =>
    c.json(await inviteStaff(deps, administrator(c).id, await validJson(c, schema.newStaff))),
  );

  app.post(`${BASE}/staff/:id/invite`, async (c) =>
    c.json(await inviteAgain(deps, administrator(c).id, validate(staffId, c.req.param('id')))),
  );

  app.post(`${BASE}/staff/:id/approve`, async (c) => {
    const { fingerprint } = await validJson(c, schema.approval);
    await approveAccount(deps, administrator(c), validate(staffId, c.req.param('id')), fingerprint);
    return c.json({ ok: true });
  });

  app.post(`${BASE}/staff/:id/close`, async (c) => {
    await closeAccount(deps, administrator(c), validate(staffId, c.req.param('id')));
    return c.json({ ok: true });
  });

  app.post(`${BASE}/staff/:id/sessions/end`, async (c) => {
    const id = validate(staffId, c.req.param('id'));
    return c.json({ ended: await endSessions(deps, administrator(c), id) });
  });

  return app;
}
