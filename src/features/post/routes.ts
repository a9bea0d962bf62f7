import { Hono } from 'hono';
import { z } from 'zod';
import { isMailAddress } from '../../domain/mail-address.ts';
import { mayReadTips } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import { LANGS } from '../../i18n/index.ts';
import type { Deps } from '../../ports/deps.ts';
import { confirmContact, contactView, dropContact, setContact } from './contact.ts';

const PATH = '/api/staff/contact';
const newContact = z.strictObject({
  email: z.string().max(254).refine(isMailAddress),
  lang: z.enum(LANGS),
});
const typedCode = z.strictObject({ code: z.string().max(12) });

/** Where the letters of somebody who works on tips go: their own address alone, and only once it is proven. */
export function contactRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(PATH, sameOriginStrict(deps), requireSession(deps));
  app.use(`${PATH}/*`, sameOriginStrict(deps), requireSession(deps));

  app.get(PATH, async (c) => c.json(await contactView(deps, staffWho(c, mayReadTips))));

  app.put(PATH, async (c) => {
    const staff = staffWho(c, mayReadTips);
    const { email, lang } = await validJson(c, newContact);
    await setContact(deps, staff, email, lang);
    return c.json({ ok: true });
  });

  app.post(`${PATH}/confirm`, async (c) => {
    const staff = staffWho(c, mayReadTips);
    const { code } = await validJson(c, typedCode);
    await confirmContact(deps, staff, code);
    return c.json({ ok: true });
  });

  app.delete(PATH, async (c) => {
    await dropContact(deps, staffWho(c, mayReadTips));
    return c.json({ ok: true });
  });

  return app;
}
