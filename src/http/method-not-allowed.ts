import type { Hono } from 'hono';
import type { AppEnv } from './kit/app-env.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Methods that some handler takes at this path; empty when the path does not exist at all. */
export function allowedMethods(app: Hono<AppEnv>, path: string): readonly string[] {
  return METHODS.filter((method) => {
    const [handlers] = app.router.match(method, path);
    return handlers.some(([[, route]]) => route.method === method && !route.path.endsWith('/*'));
  });
}
