import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AppError } from '../../domain/errors.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { readForm } from '../../http/kit/body.ts';
import { errorBody, toAppError } from '../../http/kit/errors.ts';
import { langOf } from '../../http/kit/lang.ts';
import { renderPage } from '../../http/kit/layout.tsx';
import { checkSameOrigin } from '../../http/kit/same-origin.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ReadMailbox } from '../../protocol/mailbox-reading.ts';
import { padPage } from './padding.ts';
import { openPlainMailbox } from './plain-mailbox.ts';
import { MailboxPage } from './views/mailbox-page.tsx';
import { PlainMailbox } from './views/plain-mailbox.tsx';
import { textsOf } from './views/texts.ts';

/** A posted code, in bytes. */
const MAX_FORM_BYTES = 2048;
const PLAIN = '/mailbox/plain';

/** Citizens' pages for coming back with a code. Addresses are without language; the app mounts them once for each. */
export function mailboxPages(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/mailbox', (c) => {
    const lang = langOf(c);
    return renderPage(
      c,
      deps,
      { title: textsOf(lang).mailbox.title, path: '/mailbox', scripts: ['mailbox'] },
      <MailboxPage
        lang={lang}
        worker={deps.assets.url('worker')}
        inspector={deps.assets.url('inspect-worker')}
        carrier={deps.assets.url('line-worker')}
        attachmentBytes={deps.limits.attachmentBytes}
        plain={deps.sealer !== null}
      />,
    );
  });

  const plainPage = (
    c: AppContext,
    shown: { readonly problem: string; readonly box: ReadMailbox | null },
    status: ContentfulStatusCode = 200,
  ): Response => {
    const lang = langOf(c);
    const title = textsOf(lang).mailbox.plainTitle;
    return renderPage(c, deps, { title, path: PLAIN }, <PlainMailbox lang={lang} {...shown} />, status);
  };

  app.get(PLAIN, (c) => {
    if (deps.sealer === null) throw new AppError('sealer_off');
    return plainPage(c, { problem: '', box: null });
  });

  const padded = async (page: Response): Promise<Response> => {
    const headers = new Headers(page.headers);
    headers.set('Cache-Control', 'no-store, no-transform');
    return new Response(padPage(await page.text()), { status: page.status, headers });
  };

  app.post(PLAIN, async (c) => {
    checkSameOrigin(c, deps, true);
    const code = (await readForm(c, MAX_FORM_BYTES)).get('code') ?? '';
    try {
      return await padded(plainPage(c, { problem: '', box: await openPlainMailbox(deps, code) }));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'sealer_off') throw error;
      c.set('errorCode', error.code);
      if (error.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(error.retryAfter)));
      if (error.status >= 500) deps.log.service('error', 'plain_mailbox_failed', { code: error.code });
      const problem = errorBody(error).error.message[langOf(c)];
      return padded(plainPage(c, { problem, box: null }, error.status as ContentfulStatusCode));
    }
  });
  return app;
}
