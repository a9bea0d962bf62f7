import { Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { readBody, requireType } from '../../http/kit/body.ts';
import { checkSameOrigin } from '../../http/kit/same-origin.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { MAX_PART_BYTES } from '../../protocol/attachment.ts';
import { fromBase64Url } from '../../protocol/base64.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import type { UploadStatus } from '../../protocol/wire-uploads.ts';
import { beginRequest, proofRequest } from './schema.ts';
import { createUploads } from './uploads.ts';

/** Content type of one sealed part. */
export const PART_TYPE = 'application/octet-stream';

/** `POST /api/proof` and everything under `/api/uploads`. No cookie: whoever shows the upload's secret may write it. */
export function uploadRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const uploads = createUploads(deps);

  app.post('/api/proof', async (c) => {
    checkSameOrigin(c, deps, true);
    const { seal } = await validJson(c, proofRequest, 1024);
    const issued = await deps.proof.issue(seal, deps.clock.now());
    return c.json({ kind: deps.proof.kind, ...issued } satisfies ChallengeAnswer);
  });

  app.use('/api/uploads/*', async (c, next) => {
    checkSameOrigin(c, deps, true);
    await next();
  });

  app.post('/api/uploads', async (c) => {
    checkSameOrigin(c, deps, true);
    const secret = secretOf(c);
    const { begun, ...status } = await uploads.begin(secret, await validJson(c, beginRequest, 8 * 1024));
    return c.json(status satisfies UploadStatus, begun ? 201 : 200);
  });

  app.get('/api/uploads/:id', async (c) => c.json(await uploads.status(secretOf(c), c.req.param('id'))));

  app.put('/api/uploads/:id/parts/:no', async (c) => {
    requireType(c, PART_TYPE);
    const no = numberOf(c.req.param('no'));
    return c.json(await uploads.part(secretOf(c), c.req.param('id'), no, () => readBody(c, MAX_PART_BYTES)));
  });

  app.post('/api/uploads/:id/complete', async (c) =>
    c.json(await uploads.complete(secretOf(c), c.req.param('id'))),
  );

  app.delete('/api/uploads/:id', async (c) => {
    await uploads.cancel(secretOf(c), c.req.param('id'));
    return c.body(null, 204);
  });
  return app;
}

/** The secret in `Authorization: Upload <base64url>`. Anything else gets the same error as an id that nobody began. */
function secretOf(c: AppContext): Uint8Array {
  const [, text = ''] = /^Upload ([A-Za-z0-9_-]{43})$/.exec(c.req.header('authorization') ?? '') ?? [];
  try {
    const secret = fromBase64Url(text);
    if (secret.length === 32) return secret;
  } catch {
    // The same answer as below.
  }
  throw new AppError('upload_unknown');
}

/** A part's number as the address writes it; −1, which no upload has, for anything else. */
const numberOf = (text: string): number => (/^(?:0|[1-9]\d{0,4})$/.test(text) ? Number(text) : -1);
