import { Hono } from 'hono';
import { AppError } from '../domain/errors.ts';
import type { Deps } from '../ports/deps.ts';

/** `GET /healthz`: 200 when the store answers, else 503 `unavailable`. Says nothing else about the service. */
export function healthRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.get('/healthz', async (c) => {
    try {
      await deps.store.ping();
    } catch (cause) {
      throw new AppError('unavailable', { cause, retryAfter: 5 });
    }
    return c.json({ ok: true });
  });
  return app;
}
