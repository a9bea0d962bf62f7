import { Hono } from 'hono';
import { langOf } from '../../http/kit/lang.ts';
import { renderPage } from '../../http/kit/layout.tsx';
import type { Deps } from '../../ports/deps.ts';
import { MailboxPage } from './views/mailbox-page.tsx';
import { textsOf } from './views/texts.ts';

/** Citizens' pages for coming back with a code. Addresses are without language; the app mounts them once for each. */
export function mailboxPages(deps: Deps): Hono {
  const app = new Hono();
  app.get('/mailbox', (c) => {
    const lang = langOf(c);
    return renderPage(
      c,
      deps,
      { title: textsOf(lang).mailbox.title, path: '/mailbox', scripts: ['mailbox'] },
      <MailboxPage lang={lang} worker={deps.assets.url('worker')} plain={deps.sealer !== null} />,
    );
  });
  return app;
}
