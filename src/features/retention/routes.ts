import { Hono } from 'hono';
import { mayManageMembers } from '../../domain/roles.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson, validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { RetentionLedger } from './audited.ts';
import { dueList } from './due.ts';
import { readRetentionLaw } from './law.ts';
import { remainsOf } from './remains.ts';
import { dueQuery, retentionStep } from './schema.ts';
import { ownTip, takeRetentionStep } from './step.ts';

const BASE = '/api/staff/retention';

/** The end of what is kept, for leaders of a unit: what is due, and the steps by which two of them shred it. */
export function retentionRoutes(deps: Deps, ledger: RetentionLedger): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const all = { deps, ledger, law: readRetentionLaw(deps.data) };
  const leader = (c: AppContext): StaffRow => staffWho(c, mayManageMembers);
  for (const path of [BASE, `${BASE}/*`])
    app.use(path, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
      leader(c);
      await next();
    });

  app.get(BASE, async (c) => {
    const { after } = await validQuery(c, dueQuery);
    return c.json(await dueList(all, leader(c), after));
  });

  app.get(`${BASE}/:tip`, async (c) => {
    const tip = await ownTip(deps, leader(c), c.req.param('tip'));
    return c.json({ remains: await remainsOf(deps, ledger, all.law, tip) });
  });

  app.post(`${BASE}/:tip/steps`, async (c) => {
    const request = await validJson(c, retentionStep, 256 * 1024);
    return c.json(await takeRetentionStep(all, leader(c), c.req.param('tip'), request));
  });

  return app;
}
