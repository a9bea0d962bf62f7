import { Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import type { StaffId } from '../../domain/ids.ts';
import { holdsAny, mayManageMembers, mayReadTips } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { hashHex, staffId } from '../../http/kit/fields.ts';
import { inviteAgain, inviteStaff } from '../../http/kit/invite.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { recorded } from '../../http/kit/server-event.ts';
import { requireSession } from '../../http/kit/session.ts';
import { rolesOf, staffWho } from '../../http/kit/staff-guard.ts';
import { validate, validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { reportEpochWraps, saveEpochWraps, signEpochs } from './epochs.ts';
import { removeMember, signMembership } from './membership.ts';
import * as schema from './schema.ts';
import { tellSigners } from './signing.ts';
import { unitView } from './views.ts';

const BASE = '/api/staff';
/** Twelve epochs wrapped to a large unit. */
const MOST = 4 * 1024 * 1024;
/** Roles that only an administrator gives, because no MEMBER statement with two signatures stands behind them. */
const ADMINISTRATORS_GIVE: readonly Role[] = ['administrator', 'auditor'];

/** The people of a unit and their keys. */
export function memberRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const signedIn = requireSession(deps);
  const reader = (c: AppContext): StaffRow => staffWho(c, mayReadTips);
  const leader = (c: AppContext): StaffRow => staffWho(c, mayManageMembers);
  const named = (c: AppContext): StaffId => validate(staffId, c.req.param('id'));
  for (const path of ['members', 'members/*', 'epochs', 'epoch-wraps', 'epoch-wraps/*'])
    app.use(`${BASE}/${path}`, sameOriginStrict(deps), signedIn, async (c, next) => {
      // Whoever reads no tips has no business with a unit's keys; said before any body is looked at.
      reader(c);
      await next();
    });

  app.get(`${BASE}/members`, async (c) => c.json(await unitView(deps, reader(c))));

  app.post(`${BASE}/members/invite`, async (c) => {
    const { id, unit } = leader(c);
    const person = await validJson(c, schema.invite);
    if (holdsAny(person.roles, ADMINISTRATORS_GIVE)) throw new AppError('forbidden', { field: 'roles' });
    const invitation = await inviteStaff(deps, id, { ...person, unit });
    deps.live.publish(unit, { kind: 'unit_changed' });
    return c.json(invitation);
  });

  app.post(`${BASE}/members/:id/invite`, async (c) => {
    const { id, unit } = leader(c);
    const staff = await deps.store.accounts.byId(named(c));
    if (staff === null || staff.unit !== unit) throw new AppError('member_unknown', { field: 'staff' });
    if (holdsAny(rolesOf(staff), ADMINISTRATORS_GIVE)) throw new AppError('forbidden', { field: 'roles' });
    return c.json(await inviteAgain(deps, id, staff.id));
  });

  app.post(`${BASE}/members/:id/statement`, async (c) => {
    const by = leader(c);
    const { record } = await validJson(c, schema.memberStatement, MOST);
    return c.json(await signMembership(deps, by, named(c), record));
  });

  app.post(`${BASE}/members/:id/remove`, async (c) => {
    const by = leader(c);
    const { records } = await validJson(c, schema.removal, MOST);
    return c.json(await removeMember(deps, by, named(c), records));
  });

  app.delete(`${BASE}/members/pending/:hash`, async (c) => {
    const { id: by, unit } = leader(c);
    const hash = validate(hashHex, c.req.param('hash'));
    const pending = await deps.store.members.pending(hash);
    if (pending === null || (pending.unit !== unit && pending.by !== by)) throw new AppError('not_found');
    const act = unitEvent(pending.unit, 'statement_withdrawn', { by, statement: hash });
    const result = await recorded(deps, act, (event) => deps.store.members.withdraw(event, hash));
    if (result === 'unknown') throw new AppError('not_found');
    await tellSigners(deps, pending.unit);
    return c.json({ ok: true });
  });

  app.post(`${BASE}/epochs`, async (c) => {
    const { epochs } = await validJson(c, schema.epochs, MOST);
    return c.json(await signEpochs(deps, reader(c), epochs));
  });

  app.post(`${BASE}/epoch-wraps`, async (c) => {
    const { wraps } = await validJson(c, schema.epochWraps, MOST);
    await saveEpochWraps(deps, reader(c), wraps);
    return c.json({ ok: true });
  });

  app.post(`${BASE}/epoch-wraps/broken`, async (c) => {
    const { epochs } = await validJson(c, schema.brokenWraps);
    await reportEpochWraps(deps, reader(c), epochs);
    return c.json({ ok: true });
  });

  return app;
}
