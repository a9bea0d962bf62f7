import { Hono } from 'hono';
import { readBody, requireType } from '../../http/kit/body.ts';
import { CITIZEN_STEP_TYPE, takeCitizenStep } from '../../http/kit/citizen-step.ts';
import { checkSameOrigin } from '../../http/kit/same-origin.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { MAX_CITIZEN_STEP_BYTES } from '../../protocol/citizen-frame.ts';
import { answerOf, mailboxesOf } from './open-mailbox.ts';
import { padAnswer } from './padding.ts';
import { mailboxChallengeRequest, mailboxRequest } from './schema.ts';

/**
 * `POST /api/mailbox/challenge`, `POST /api/mailbox` and `POST /api/mailbox/steps`. No session is opened: every answer is asked for with
 * a new signature, and every step carries its author's.
 */
export function mailboxRoutes(deps: Deps): Hono {
  const app = new Hono();
  const mailboxes = mailboxesOf(deps);

  app.post('/api/mailbox/challenge', async (c) => {
    checkSameOrigin(c, deps, true);
    const { locator } = await validJson(c, mailboxChallengeRequest, 1024);
    return c.json(mailboxes.challenge(locator));
  });

  app.post('/api/mailbox', async (c) => {
    checkSameOrigin(c, deps, true);
    const { sizes = [], ...login } = await validJson(c, mailboxRequest, 2048);
    const view = await mailboxes.open(login);
    return c.body(padAnswer(await answerOf(deps, view, sizes)), 200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store, no-transform',
    });
  });

  app.post('/api/mailbox/steps', async (c) => {
    checkSameOrigin(c, deps, true);
    requireType(c, CITIZEN_STEP_TYPE);
    const frame = await readBody(c, MAX_CITIZEN_STEP_BYTES);
    const { answer, replayed } = await takeCitizenStep(deps, frame, { kind: 'browser' });
    return c.body(new Uint8Array(answer), replayed ? 200 : 201, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
    });
  });
  return app;
}
