import { Hono } from 'hono';
import { mayTakeCalls } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { readBody, requireType } from '../../http/kit/body.ts';
import { memberOf } from '../../http/kit/membership.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession, sessionOf } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { MAX_SUBMISSION_BYTES } from '../../protocol/submission.ts';
import type { OperatorChallenge } from '../../protocol/wire-hotline.ts';
import { issueOperatorToken, openOperatorToken } from './operator-token.ts';
import { SUBMISSION_TYPE } from './routes.ts';
import { challengeRequest } from './schema.ts';
import { intakeOf } from './submission.ts';

const BASE = '/api/staff/hotline';

/** The operators' door: the same frame, batch and answer as everybody's, under a session instead of a proof of work. */
export function operatorRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const intake = intakeOf(deps);
  for (const path of ['challenge', 'tips'])
    app.use(`${BASE}/${path}`, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
      staffWho(c, mayTakeCalls);
      await next();
    });

  app.post(`${BASE}/challenge`, async (c) => {
    const { seal } = await validJson(c, challengeRequest, 1024);
    const { t0, expires, token } = issueOperatorToken(deps, sessionOf(c).staff.id, seal);
    return c.json({ t0, expires, solution: toBase64Url(token) } satisfies OperatorChallenge);
  });

  app.post(`${BASE}/tips`, async (c) => {
    const { staff } = sessionOf(c);
    requireType(c, SUBMISSION_TYPE);
    const frame = await readBody(c, MAX_SUBMISSION_BYTES);
    const member = await memberOf(deps, staff, deps.clock.now());
    const { answer, replayed } = await intake.submit(frame, {
      kind: 'operator',
      operator: { staff: staff.id, unit: staff.unit },
      signKey: member.signKey,
      open: (seal, solution, now) => openOperatorToken(deps, staff.id, seal, solution, now),
    });
    return c.body(new Uint8Array(answer), replayed ? 200 : 201, { 'Content-Type': 'application/json' });
  });
  return app;
}
