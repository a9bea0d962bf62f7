import type { FC } from 'hono/jsx';
import { type Lang, localPath } from '../../../i18n/index.ts';
import type { HelpPart } from '../../../i18n/vi/help.ts';
import { textsOf } from './texts.ts';

/** The explaining pages, by the last part of their address. */
export const HELP_PAGES = ['tip', 'code', 'photos'] as const;
export type HelpPageName = (typeof HELP_PAGES)[number];

const Lines: FC<{ readonly part: HelpPart }> = ({ part }) => {
  if (part.list.length === 0) return null;
  const lines = part.list.map((line) => <li>{line}</li>);
  if (part.kind === 'steps') return <ol class="steps-list">{lines}</ol>;
  return <ul class={`sentences ${part.kind === 'plain' ? '' : part.kind}`}>{lines}</ul>;
};

/** One explaining page: headings, sentences, lists, and the ways on. */
export const HelpPage: FC<{ readonly lang: Lang; readonly page: HelpPageName }> = ({ lang, page }) => {
  const { help, common } = textsOf(lang);
  const t = help[page];
  const others: readonly (readonly [string, string])[] = [
    ...HELP_PAGES.filter((name) => name !== page).map((name) => [`/help/${name}`, help[name].title] as const),
    ['/anonymity', common.pageAnonymity],
    ['/lost-code', common.pageLostCode],
    ['/ledger', common.pageLedger],
    ['/mailbox', common.pageRead],
    ['/tip', common.pageSend],
  ];
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {t.parts.map((part) => (
        <section>
          <h2>{part.title}</h2>
          {part.text.map((sentence) => (
            <p>{sentence}</p>
          ))}
          <Lines part={part} />
        </section>
      ))}
      <footer class="foot">
        <nav aria-label={help.otherPages}>
          <ul>
            {others.map(([path, label]) => (
              <li>
                <a href={localPath(lang, path)}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
        <p class="hint">{common.noTraces}</p>
      </footer>
    </>
  );
};
