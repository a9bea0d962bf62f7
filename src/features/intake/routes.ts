import { type Context, Hono } from 'hono';
import { readBody, requireType } from '../../http/kit/body.ts';
import { checkSameOrigin } from '../../http/kit/same-origin.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { MAX_SUBMISSION_BYTES } from '../../protocol/submission.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import { challengeRequest } from './schema.ts';
import { intakeOf } from './submission.ts';

/** Content type of a submission frame. */
export const SUBMISSION_TYPE = 'application/vnd.tinkin.submission';

/** `POST /api/challenge`. */
export function intakeRoutes(deps: Deps): Hono {
  const app = new Hono();

  app.post('/api/challenge', async (c) => {
    checkSameOrigin(c, deps, true);
    const { seal } = await validJson(c, challengeRequest, 1024);
    const issued = await deps.challenge.issue(seal, deps.clock.now());
    return c.json({ kind: deps.challenge.kind, ...issued } satisfies ChallengeAnswer);
  });
  return app;
}

/** What `POST /api/tips` does: takes one submission frame; 201 with the promise, or 200 with the stored one for a replay. */
export function tipsHandler(deps: Deps): (c: Context) => Promise<{ status: 200 | 201; json: Uint8Array }> {
  const intake = intakeOf(deps);
  return async (c) => {
    checkSameOrigin(c, deps, true);
    requireType(c, SUBMISSION_TYPE);
    const frame = await readBody(c, MAX_SUBMISSION_BYTES);
    const { answer, replayed } = await intake.submit(frame, { kind: 'browser' });
    return { status: replayed ? 200 : 201, json: answer };
  };
}
