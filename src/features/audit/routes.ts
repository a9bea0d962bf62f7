import { Hono } from 'hono';
import { parseRoutes } from '../../domain/routing.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { acceptAudited, acceptCanaries } from './accept.ts';
import { canaryState, closeCanaries, revealCanary } from './reveal.ts';
import * as schema from './schema.ts';
import { takeBundle } from './take.ts';
import { auditView } from './view.ts';

const BASE = '/api/staff/audit';

/** What auditors get and give: the log with everything that opens it, and their signed statements. Never content. */
export function auditRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const { ledger } = deps.store;
  const routes = parseRoutes(deps.data.get('routes'));
  const auditor = (c: AppContext): StaffRow => staffWho(c, (roles) => roles.includes('auditor'));
  for (const path of [BASE, `${BASE}/*`]) app.use(path, sameOriginStrict(deps), requireSession(deps));

  app.get(BASE, async (c) => c.json(await auditView(deps, ledger, auditor(c))));

  app.get(`${BASE}/bundle`, async (c) => {
    const { fileName, size, bytes } = await takeBundle(deps, ledger, routes, auditor(c));
    c.header('Content-Type', 'application/octet-stream');
    c.header('Content-Disposition', `attachment; filename="${fileName}"`);
    c.header('X-Tinkin-Leaves', String(size));
    return c.body(bytes);
  });

  app.post(`${BASE}/checkpoints`, async (c) => {
    const staff = auditor(c);
    const { statement } = await validJson(c, schema.statement, 96 * 1024);
    return c.json({ statement: await acceptAudited(deps, ledger, staff, statement) });
  });

  app.post(`${BASE}/canaries`, async (c) => {
    const staff = auditor(c);
    const { statement } = await validJson(c, schema.statement);
    return c.json({ statement: await acceptCanaries(deps, ledger, staff, statement) });
  });

  app.post(`${BASE}/canaries/close`, async (c) => {
    const staff = auditor(c);
    const { statement } = await validJson(c, schema.statement);
    await closeCanaries(deps, ledger, staff, statement);
    return c.body(null, 204);
  });

  app.get(`${BASE}/canaries/:tip`, async (c) =>
    c.json(await canaryState(deps, auditor(c), c.req.param('tip'))),
  );

  app.post(`${BASE}/canaries/:tip`, async (c) => {
    const staff = auditor(c);
    const request = await validJson(c, schema.reveal, 64 * 1024);
    await revealCanary(deps, ledger, staff, c.req.param('tip'), request);
    return c.body(null, 204);
  });
  return app;
}
