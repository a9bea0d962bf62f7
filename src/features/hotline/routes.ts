import { Hono } from 'hono';
import { mayTakeCalls } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { readBody, requireType } from '../../http/kit/body.ts';
import { CITIZEN_STEP_TYPE, takeCitizenStep } from '../../http/kit/citizen-step.ts';
import { memberOf } from '../../http/kit/membership.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession, sessionOf } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { MAX_CITIZEN_STEP_BYTES } from '../../protocol/citizen-frame.ts';
import { boxRoutes } from './box-routes.ts';
import { markCodeNotGiven, placeOfMark } from './code-not-given.ts';
import { recordingRoutes } from './recording-routes.ts';
import { markRequest } from './schema.ts';

const BASE = '/api/staff/hotline';

/**
 * What operators do beside taking tips down: marking a caller without a code, and writing for a caller who calls again. The caller's code
 * never comes here: the console opens the mailbox on the citizens' own routes.
 */
export function hotlineRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.route('/', recordingRoutes(deps));
  app.route('/', boxRoutes(deps));
  for (const path of ['steps', 'tips/*'])
    app.use(`${BASE}/${path}`, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
      staffWho(c, mayTakeCalls);
      await next();
    });

  app.get(`${BASE}/tips/:id/code-not-given`, async (c) =>
    c.json(await placeOfMark(deps, sessionOf(c).staff, c.req.param('id'))),
  );

  app.post(`${BASE}/tips/:id/code-not-given`, async (c) => {
    const { event } = await validJson(c, markRequest);
    await markCodeNotGiven(deps, sessionOf(c).staff, { tip: c.req.param('id'), event });
    return c.json({});
  });

  app.post(`${BASE}/steps`, async (c) => {
    const { staff } = sessionOf(c);
    requireType(c, CITIZEN_STEP_TYPE);
    const frame = await readBody(c, MAX_CITIZEN_STEP_BYTES);
    const { signKey } = await memberOf(deps, staff, deps.clock.now());
    const operator = { staff: staff.id, unit: staff.unit };
    const { answer, replayed } = await takeCitizenStep(deps, frame, { kind: 'operator', operator, signKey });
    return c.body(new Uint8Array(answer), replayed ? 200 : 201, { 'Content-Type': 'application/json' });
  });
  return app;
}
