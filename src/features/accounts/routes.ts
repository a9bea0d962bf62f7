import { Hono } from 'hono';
import { z } from 'zod';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { clearSessionCookie, requireSession, sessionOf, setSessionCookie } from '../../http/kit/session.ts';
import { validate, validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { changeCredential } from './credential.ts';
import { knowsDevice, markDevice } from './device.ts';
import { endOwnSession, logOut } from './end-session.ts';
import { finishJoining, startJoining } from './join.ts';
import { accountName, findStaff, finishLogin, startLogin } from './login.ts';
import { meView, presenceOf, sessionsView } from './me.ts';
import * as schema from './schema.ts';
import {
  approveSecondFactor,
  fetchSecondFactor,
  openSecondFactors,
  proposeSecondFactor,
} from './second-factor.ts';
import { createQueues, slotKey } from './throttle.ts';

const BASE = '/api/staff';
/** Bodies with keys in them are larger than the rest, and still small. */
const MOST = 16 * 1024;

/** Login, sessions, passphrase and second factor of staff, and what an invited person sends to join. */
export function accountRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const inTurn = createQueues();
  const signedIn = requireSession(deps);
  app.use(`${BASE}/*`, sameOriginStrict(deps));
  const slotOf = async (c: AppContext, typed: string): Promise<string> => {
    const row = await findStaff(deps, typed);
    return slotKey(deps, accountName(typed), { known: row !== null, device: knowsDevice(c, deps, row) });
  };

  app.post(`${BASE}/login/start`, async (c) => {
    const { account } = await validJson(c, schema.loginStart, MOST);
    return c.json(await startLogin(deps, account));
  });

  app.post(`${BASE}/login`, async (c) => {
    const request = await validJson(c, schema.login, MOST);
    const slot = await slotOf(c, request.account);
    const { staff, token, session } = await inTurn(slot, () => finishLogin(deps, request, slot));
    setSessionCookie(c, token);
    markDevice(c, deps, staff);
    c.header('Cache-Control', 'no-store');
    return c.json(await meView(deps, staff, session));
  });

  app.post(`${BASE}/logout`, signedIn, async (c) => {
    const { staff, row } = sessionOf(c);
    await logOut(deps, staff, row);
    clearSessionCookie(c);
    return c.json({ ok: true });
  });

  app.get(`${BASE}/session`, async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(await presenceOf(c, deps));
  });

  app.get(`${BASE}/me`, signedIn, async (c) => {
    const { staff, row } = sessionOf(c);
    return c.json(await meView(deps, staff, row));
  });

  app.get(`${BASE}/sessions`, signedIn, async (c) => {
    const { staff, row } = sessionOf(c);
    return c.json({ sessions: await sessionsView(deps, staff, row) });
  });

  app.delete(`${BASE}/sessions/:id`, signedIn, async (c) => {
    const id = validate(schema.sessionId, c.req.param('id'));
    const { staff, row } = sessionOf(c);
    await endOwnSession(deps, staff, id);
    if (id === row.tokenHash) clearSessionCookie(c);
    return c.json({ ok: true });
  });

  app.post(`${BASE}/credential`, signedIn, async (c) => {
    const { staff, row } = sessionOf(c);
    const changed = await changeCredential(
      deps,
      staff,
      row,
      await validJson(c, schema.credentialChange, MOST),
    );
    markDevice(c, deps, changed);
    return c.json({ ok: true });
  });

  app.get(`${BASE}/second-factor`, signedIn, async (c) =>
    c.json({ proposals: await openSecondFactors(deps, sessionOf(c).staff) }),
  );

  app.post(`${BASE}/second-factor/propose`, signedIn, async (c) => {
    const { staff } = await validJson(c, schema.secondFactorProposal, MOST);
    return c.json(await proposeSecondFactor(deps, sessionOf(c).staff, staff));
  });

  app.post(`${BASE}/second-factor/:id/approve`, signedIn, async (c) => {
    const id = validate(z.coerce.number().int().positive(), c.req.param('id'));
    c.header('Cache-Control', 'no-store');
    return c.json(await approveSecondFactor(deps, sessionOf(c).staff, id));
  });

  app.post(`${BASE}/second-factor/fetch`, async (c) => {
    const request = await validJson(c, schema.secondFactorFetch, MOST);
    c.header('Cache-Control', 'no-store');
    const slot = await slotOf(c, request.account);
    return c.json(await inTurn(slot, () => fetchSecondFactor(deps, request, slot)));
  });

  app.post(`${BASE}/join/start`, async (c) => {
    const { token } = await validJson(c, schema.joinStart, MOST);
    c.header('Cache-Control', 'no-store');
    return c.json(await startJoining(deps, token));
  });

  app.post(`${BASE}/join/finish`, async (c) =>
    c.json(await finishJoining(deps, await validJson(c, schema.joinFinish, MOST))),
  );

  return app;
}
