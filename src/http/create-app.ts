import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { AppError } from '../domain/errors.ts';
import { tipsHandler } from '../features/intake/routes.ts';
import type { Deps } from '../ports/deps.ts';
import type { StaticFiles } from '../ports/static-files.ts';
import { mountApi, mountPages } from './features.ts';
import { healthRoutes } from './health.ts';
import { hotRoute } from './hot-route.ts';
import type { AppContext, AppEnv } from './kit/app-env.ts';
import { errorPage } from './kit/error-page.tsx';
import { apiError, isApiPath, toAppError } from './kit/errors.ts';
import { loopbackHost } from './loopback-host.ts';
import { allowedMethods } from './method-not-allowed.ts';
import { reportFailure } from './report-failure.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import { staticRoutes } from './static-files.ts';

/** What only some runtimes have. */
export interface AppOptions {
  /** Absent where the platform serves files itself. */
  readonly files?: StaticFiles;
}

/** The whole service as one Hono app over the given dependencies; the same on Node, in tests and on Workers. */
export function createApp(deps: Deps, options: AppOptions = {}): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const answer = (c: AppContext, error: AppError): Response =>
    isApiPath(c.req.path) ? apiError(c, error) : errorPage(c, deps, error);

  // Before all middleware: the one route that must hold thousands of requests a second.
  app.post('/api/tips', hotRoute(deps, '/api/tips', tipsHandler(deps)));
  app.use(requestLog(deps.log));
  app.use(securityHeaders(deps.instance));
  app.use(loopbackHost(deps.instance));
  app.route('/', healthRoutes(deps));
  mountApi(app, deps);
  if (options.files) app.route('/', staticRoutes(options.files));

  const compressed = compress({ encoding: 'gzip' });
  app.use(async (c, next) => (c.req.method === 'GET' ? compressed(c, next) : next()));
  mountPages(app, deps);

  app.notFound((c) => {
    const allowed = allowedMethods(app, c.req.path);
    if (allowed.length === 0) return answer(c, new AppError('not_found'));
    c.header('Allow', allowed.join(', '));
    return answer(c, new AppError('method_not_allowed'));
  });
  app.onError((thrown, c) => {
    const error = toAppError(thrown);
    reportFailure(deps.log, error);
    return answer(c, error);
  });
  return app;
}
