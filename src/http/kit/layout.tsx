import type { Context } from 'hono';
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { common as commonEn } from '../../i18n/en/common.ts';
import { frame as en } from '../../i18n/en/frame.ts';
import { barePath, type InBoth, type Lang, localPath, otherLang } from '../../i18n/index.ts';
import { common } from '../../i18n/vi/common.ts';
import { frame as vi } from '../../i18n/vi/frame.ts';
import type { Deps } from '../../ports/deps.ts';
import { langOf } from './lang.ts';

const TEXTS: InBoth<typeof vi> = { vi, en };
const COMMON: InBoth<typeof common> = { vi: common, en: commonEn };

/** Texts of the page frame in a language. */
export const frameTexts = (lang: Lang): typeof vi => TEXTS[lang];

/** An ordinary page that anybody may have open: where "leave quickly" goes, with or without script, when no other is configured. */
const NEUTRAL_PAGE: Record<Lang, string> = {
  vi: 'https://vi.wikipedia.org/wiki/Trang_Ch%C3%ADnh',
  en: 'https://en.wikipedia.org/wiki/Main_Page',
};

/** What one page tells its frame. */
export interface PageFrame {
  /** Own title; the site's name is added. */
  readonly title: string;
  /** Address without language prefix, for the link to the other language. */
  readonly path: string;
  /** Entries of the client build beside `common`, e.g. `['form']`. */
  readonly scripts?: readonly string[];
  /** False on pages that show the emergency numbers themselves. */
  readonly emergency?: boolean;
  /** Where the language link leads, when the same path does not exist as a page (after a post). */
  readonly languagePath?: string;
}

interface LayoutProps extends PageFrame {
  readonly deps: Pick<Deps, 'assets' | 'instance'>;
  readonly lang: Lang;
}

/**
 * Frame of every citizen's page, complete without any script: skip link, language link, demonstration banner, leave-quickly link (a
 * plain link that the `common` script turns into a replacement of the history entry), emergency strip.
 */
export const CitizenLayout: FC<PropsWithChildren<LayoutProps>> = ({ deps, lang, children, ...page }) => {
  const t = frameTexts(lang);
  const other = otherLang(lang);
  const home = localPath(lang, '/');
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{page.title === '' ? t.siteName : `${page.title} – ${t.siteName}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={deps.assets.url('citizen.css')} />
        {['common', ...(page.scripts ?? [])].map((entry) => (
          <script type="module" src={deps.assets.url(entry)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        {deps.instance.mode === 'demo' ? (
          <aside class="demo" aria-label={t.demoLabel}>
            <p>{t.demo}</p>
          </aside>
        ) : null}
        <header class="top">
          <a class="brand" href={home}>
            {t.siteName}
          </a>
          <a
            class="language"
            href={localPath(other, page.languagePath ?? page.path)}
            hreflang={other}
            lang={other}
            title={t.otherLanguageLabel}
          >
            {t.otherLanguage}
          </a>
          <a
            class="leave"
            id="leave-quickly"
            href={deps.instance.neutralPage ?? NEUTRAL_PAGE[lang]}
            rel="noreferrer noopener nofollow"
            title={t.leaveHint}
          >
            {t.leave}
          </a>
        </header>
        {page.emergency === false ? null : <EmergencyStrip lang={lang} />}
        <main id="main" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
};

/** The two emergency numbers as links that dial. */
export const EmergencyStrip: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const t = COMMON[lang];
  return (
    <aside class="emergency" aria-label={frameTexts(lang).emergencyLabel}>
      <span>{t.emergencyTitle}</span>
      <a href="tel:113">
        <b>113</b> <span>{t.emergencyPolice}</span>
      </a>
      <a href="tel:111">
        <b>111</b> <span>{t.emergencyChildShort}</span>
      </a>
    </aside>
  );
};

/** Answers with a citizen's page in the language of the address. */
export function renderPage(
  c: Context,
  deps: Pick<Deps, 'assets' | 'instance'>,
  page: PageFrame,
  body: Child,
  status: ContentfulStatusCode = 200,
): Response {
  const html = (
    <CitizenLayout {...page} deps={deps} lang={langOf(c)}>
      {body}
    </CitizenLayout>
  );
  return c.body(`<!doctype html>${String(html)}`, status, { 'Content-Type': 'text/html; charset=utf-8' });
}

/** Frame for an error page: the address itself may not exist in the other language, its home does. */
export const errorFrame = (c: Context, title: string): PageFrame => ({
  title,
  path: barePath(c.req.path),
  languagePath: '/',
});
