import { Hono } from 'hono';
import { checkSameOrigin } from '../../http/kit/same-origin.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { encodeView, mailboxesOf } from './open-mailbox.ts';
import { padAnswer } from './padding.ts';
import { mailboxChallengeRequest, mailboxRequest } from './schema.ts';

/** `POST /api/mailbox/challenge` and `POST /api/mailbox`. No session is opened: every answer is asked for with a new signature. */
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
    const view = await mailboxes.open(await validJson(c, mailboxRequest, 2048));
    return c.body(padAnswer(encodeView(view)), 200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store, no-transform',
    });
  });
  return app;
}
