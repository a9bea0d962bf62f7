import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { consoleFrameEn } from '../../i18n/en/console-frame.ts';
import type { Lang } from '../../i18n/index.ts';
import { consoleFrameVi } from '../../i18n/vi/console-frame.ts';
import type { Deps } from '../../ports/deps.ts';

interface ShellProps {
  readonly deps: Pick<Deps, 'assets' | 'instance'>;
  readonly lang: Lang;
}

/** The frame's page: empty until the console hands it something to show. It knows nothing and asks for nothing. */
export const ViewerFrame: FC<ShellProps> = ({ deps, lang }) => (
  <>
    {raw('<!doctype html>')}
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>TinKín</title>
        <link rel="stylesheet" crossorigin="anonymous" href={deps.assets.url('viewer.css')} />
        <script type="module" crossorigin="anonymous" src={deps.assets.url('viewer')} />
      </head>
      <body />
    </html>
  </>
);

/**
 * The console's one page: nothing of it is secret and nothing of it depends on who is asking. Everything else happens in the browser;
 * keys live in the Worker whose address stands here.
 */
export const ConsoleShell: FC<ShellProps> = ({ deps, lang }) => {
  const { shell, frame } = lang === 'vi' ? consoleFrameVi : consoleFrameEn;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <meta name="color-scheme" content="light dark" />
          <title>{frame.title}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={deps.assets.url('console.css')} />
          <script type="module" src={deps.assets.url('console')} />
        </head>
        <body>
          {deps.instance.mode === 'demo' ? (
            <aside class="demo" aria-label={shell.demoLabel}>
              <span lang="vi">{consoleFrameVi.shell.demo}</span>
              <span lang="en">{consoleFrameEn.shell.demo}</span>
            </aside>
          ) : null}
          <div
            id="console"
            data-worker={deps.assets.url('console-worker')}
            data-inspector={deps.assets.url('inspect-worker')}
            data-provinces={deps.instance.provinces.join(' ')}
            data-hotline={deps.instance.hotline}
            data-onion={deps.instance.onion}
            data-transcriber={String(deps.instance.transcriberPort)}
          />
          <noscript>
            <main class="door">
              <div class="door-card">
                <h1>{frame.title}</h1>
                <p>{shell.noScript}</p>
              </div>
            </main>
          </noscript>
        </body>
      </html>
    </>
  );
};
