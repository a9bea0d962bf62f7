import type { Hono } from 'hono';
import { accountRoutes } from '../features/accounts/routes.ts';
import { administrationRoutes } from '../features/administration/routes.ts';
import { attachmentRoutes } from '../features/attachments/routes.ts';
import { auditRoutes } from '../features/audit/routes.ts';
import { consoleRoutes } from '../features/console/routes.tsx';
import { conversationRoutes } from '../features/conversation/routes.ts';
import { directoryRoutes } from '../features/directory/routes.ts';
import { dutyRoutes } from '../features/duty/routes.ts';
import { helpPages } from '../features/help/pages.tsx';
import { hotlineRoutes } from '../features/hotline/routes.ts';
import { operatorRoutes } from '../features/intake/operator-routes.ts';
import { intakePages } from '../features/intake/pages.tsx';
import { intakeRoutes } from '../features/intake/routes.ts';
import { lawRoutes } from '../features/law/routes.ts';
import { ledgerPages } from '../features/ledger/pages.tsx';
import { ledgerRoutes } from '../features/ledger/routes.ts';
import { mailboxPages } from '../features/mailbox/pages.tsx';
import { mailboxRoutes } from '../features/mailbox/routes.ts';
import { memberRoutes } from '../features/members/routes.ts';
import { oversightRoutes } from '../features/oversight/routes.ts';
import { contactRoutes } from '../features/post/routes.ts';
import { postCheckRoutes } from '../features/post-checks/routes.ts';
import { registerRoutes } from '../features/register/routes.ts';
import { retentionRoutes } from '../features/retention/routes.ts';
import { rightsRoutes } from '../features/rights/routes.ts';
import { supervisionRoutes } from '../features/supervision/routes.ts';
import { triageRoutes } from '../features/triage/routes.ts';
import { uploadRoutes } from '../features/uploads/routes.ts';
import type { Deps } from '../ports/deps.ts';
import type { AppEnv } from './kit/app-env.ts';

/** Addresses that programs call, and the console; mounted as they are. */
export function mountApi(app: Hono<AppEnv>, deps: Deps): void {
  app.route('/', intakeRoutes(deps));
  app.route('/', uploadRoutes(deps));
  app.route('/', operatorRoutes(deps));
  app.route('/', hotlineRoutes(deps));
  app.route('/', mailboxRoutes(deps));
  app.route('/', directoryRoutes(deps));
  app.route('/', accountRoutes(deps));
  app.route('/', contactRoutes(deps));
  app.route('/', registerRoutes(deps));
  app.route('/', postCheckRoutes(deps));
  app.route('/', memberRoutes(deps));
  app.route('/', dutyRoutes(deps));
  app.route('/', conversationRoutes(deps));
  app.route('/', triageRoutes(deps));
  app.route('/', lawRoutes(deps));
  app.route('/', rightsRoutes(deps));
  app.route('/', supervisionRoutes(deps));
  app.route('/', retentionRoutes(deps, deps.store.ledger));
  app.route('/', attachmentRoutes(deps));
  app.route('/', oversightRoutes(deps));
  app.route('/', auditRoutes(deps));
  app.route('/', administrationRoutes(deps));
  app.route('/', consoleRoutes(deps));
  app.route('/', ledgerRoutes(deps));
}

/** Citizens' pages: once for Vietnamese and once more under `/en`. */
export function mountPages(app: Hono<AppEnv>, deps: Deps): void {
  for (const pages of [intakePages(deps), mailboxPages(deps), helpPages(deps), ledgerPages(deps)]) {
    app.route('/', pages);
    app.route('/en', pages);
  }
}
