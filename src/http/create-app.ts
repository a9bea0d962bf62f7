import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { AppError } from '../domain/errors.ts';
import type { Deps } from '../ports/deps.ts';
import type { StaticFiles } from '../ports/static-files.ts';
import { mountApi, mountPages } from './features.ts';
import { healthRoutes } from './health.ts';
import type { AppContext, AppEnv } from './kit/app-env.ts';
import { errorPage } from './kit/error-page.tsx';
import { apiError, isApiPath, toAppError } from './kit/errors.ts';
import { allowedMethods } from './method-not-allowed.ts';
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

  app.use(requestLog(deps.log));
  app.use(securityHeaders(deps.instance));
  app.route('/', healthRoutes(deps));
  mountApi(app, deps);
  if (options.files) app.route('/', staticRoutes(options.files));

  const compressed = compress({ encoding: 'gzip' });
  app.use(async (c, next) => (c.req.method === 'GET' ? compressed(c, next) : next()));
  mountPages(app, '/', deps);
  mountPages(app, '/en', deps);

  app.notFound((c) => {
    const allowed = allowedMethods(app, c.req.path);
    if (allowed.length === 0) return answer(c, new AppError('not_found'));
    c.header('Allow', allowed.join(', '));
    return answer(c, new AppError('method_not_allowed'));
  });
  app.onError((thrown, c) => {
    const error = toAppError(thrown);
    // What went wrong is told by its code; a message or a stack could quote what somebody sent.
    if (error.status >= 500) deps.log.service('error', 'request_failed', failure(error));
    return answer(c, error);
  });
  return app;
}

/** Class and error code of the cause: enough to find a defect, never a value. */
function failure(error: AppError): Record<string, string> {
  const cause = error.cause;
  if (!(cause instanceof Error)) return { code: error.code };
  const inner = 'code' in cause && typeof cause.code === 'string' ? { cause: cause.code } : {};
  return { code: error.code, kind: cause.name, at: firstFrame(cause.stack), ...inner };
}

/** Function and line where a defect was thrown: code positions of this program, no data. */
function firstFrame(stack: string | undefined): string {
  const frame = stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return frame?.match(/([\w.-]+:\d+):\d+\)?$/)?.[1] ?? 'unknown';
}
