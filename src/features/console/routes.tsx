import { type Context, Hono } from 'hono';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { consolePageCsp, viewerCsp } from '../../http/kit/console-policy.ts';
import type { Lang } from '../../i18n/index.ts';
import type { Deps } from '../../ports/deps.ts';
import { ConsoleShell, ViewerFrame } from './views.tsx';

const langOf = (c: Context<AppEnv>): Lang => (c.req.query('lang') === 'en' ? 'en' : 'vi');

/** Address of the program on the operator's own machine that drafts what a recording says; empty for none. */
const helperOf = (port: number): string => (port === 0 ? '' : `http://127.0.0.1:${port}`);

/**
 * `GET /console` and everything under it: the shell page; which page is meant, the browser reads from the address. `GET /console/view`: the
 * frame that shows attachments, under headers of its own.
 */
export function consoleRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const shell = (c: Context<AppEnv>): Response | Promise<Response> => {
    c.header('Content-Security-Policy', policy);
    return c.html(<ConsoleShell deps={deps} lang={langOf(c)} />);
  };
  const policy = consolePageCsp(helperOf(deps.instance.transcriberPort));
  app.get('/console/view', (c) => {
    c.header('Content-Security-Policy', viewerCsp(deps.instance.origin));
    c.header('X-Frame-Options', 'SAMEORIGIN');
    return c.html(<ViewerFrame deps={deps} lang={langOf(c)} />);
  });
  app.get('/console', shell);
  app.get('/console/*', shell);
  return app;
}
