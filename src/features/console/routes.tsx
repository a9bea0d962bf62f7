import { type Context, Hono } from 'hono';
import type { AppEnv } from '../../http/kit/app-env.ts';
import type { Deps } from '../../ports/deps.ts';
import { ConsoleShell } from './views.tsx';

/** `GET /console` and everything under it: the shell page. Which page is meant, the browser reads from the address. */
export function consoleRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const shell = (c: Context<AppEnv>): Response | Promise<Response> => {
    const lang = c.req.query('lang') === 'en' ? 'en' : 'vi';
    return c.html(<ConsoleShell deps={deps} lang={lang} />);
  };
  app.get('/console', shell);
  app.get('/console/*', shell);
  return app;
}
