import type { Context } from 'hono';
import type { Deps } from '../ports/deps.ts';
import type { AppContext } from './kit/app-env.ts';
import { apiError, toAppError } from './kit/errors.ts';
import { reportFailure } from './report-failure.ts';
import { commonHeaders, DATA_CSP } from './security-headers.ts';

/**
 * A JSON route without middleware: headers that never change are one object, made once, and the request log is told directly. Answers
 * and errors are what any other route of the API gives.
 */
export function hotRoute(
  deps: Deps,
  route: string,
  handler: (c: Context) => Promise<{ readonly status: number; readonly json: Uint8Array }>,
): (c: AppContext) => Promise<Response> {
  const fixed = {
    ...commonHeaders(deps.instance),
    'Content-Security-Policy': DATA_CSP,
    'Cache-Control': 'no-store',
  };
  const headers = { ...fixed, 'Content-Type': 'application/json' };
  return async (c) => {
    const started = performance.now();
    const { method } = c.req;
    try {
      const { status, json } = await handler(c);
      deps.log.request({ method, route, status, ms: elapsed(started) });
      return new Response(json as Uint8Array<ArrayBuffer>, { status, headers });
    } catch (thrown) {
      const error = toAppError(thrown);
      reportFailure(deps.log, error);
      const { status, code } = error;
      deps.log.request({ method, route, status, ms: elapsed(started), code });
      for (const [name, value] of Object.entries(fixed)) c.header(name, value);
      return apiError(c, error);
    }
  };
}

const elapsed = (started: number): number => Math.round(performance.now() - started);
