import { Hono } from 'hono';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { langOf } from '../../http/kit/lang.ts';
import { renderPage } from '../../http/kit/layout.tsx';
import type { Deps } from '../../ports/deps.ts';
import { HELP_PAGES, HelpPage } from './views/help-page.tsx';
import { textsOf } from './views/texts.ts';

/**
 * Citizens' pages that explain what happens to a tip, a code and photos. Addresses are without language; the app mounts them once for
 * Vietnamese and once under `/en`. They need no script and hold nothing of their reader.
 */
export function helpPages(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const page of HELP_PAGES)
    app.get(`/help/${page}`, (c) => {
      const lang = langOf(c);
      const { title } = textsOf(lang).help[page];
      return renderPage(c, deps, { title, path: `/help/${page}` }, <HelpPage lang={lang} page={page} />);
    });
  return app;
}
