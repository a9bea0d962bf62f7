import { Hono } from 'hono';
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

/** `POST /api/challenge` and `POST /api/tips`. */
export function intakeRoutes(deps: Deps): Hono {
  const app = new Hono();
  const intake = intakeOf(deps);

  app.post('/api/challenge', async (c) => {
    checkSameOrigin(c, deps, true);
    const { seal } = await validJson(c, challengeRequest, 1024);
    const issued = await deps.challenge.issue(seal, deps.clock.now());
    return c.json({ kind: deps.challenge.kind, ...issued } satisfies ChallengeAnswer);
  });

  app.post('/api/tips', async (c) => {
    checkSameOrigin(c, deps, true);
    requireType(c, SUBMISSION_TYPE);
    const frame = await readBody(c, MAX_SUBMISSION_BYTES);
    const { answer, replayed } = await intake.submit(frame, { kind: 'browser' });
    return c.body(answer as Uint8Array<ArrayBuffer>, replayed ? 200 : 201, {
      'Content-Type': 'application/json',
    });
  });
  return app;
}
