import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { type Lang, localPath } from '../../../i18n/index.ts';
import type { MailboxTexts } from '../../../i18n/vi/mailbox.ts';
import { textsOf } from './texts.ts';

/** The code is not remembered, completed or given to a spelling service. */
const UNREMEMBERED: object = { autocomplete: 'off', autocorrect: 'off', spellcheck: 'false' };

/** What the mailbox's script is given by the page. */
export interface MailboxPageData {
  readonly lang: Lang;
  readonly worker: string;
  /** What looks into files before they are sent. */
  readonly inspector: string;
  /** What sends their sealed parts. */
  readonly carrier: string;
  /** Largest file, in bytes. */
  readonly attachmentBytes: number;
  readonly texts: MailboxTexts;
}

/** The code field with script: it has no name and no address to be sent to. */
export const MailboxPage: FC<Omit<MailboxPageData, 'texts'> & { readonly plain: boolean }> = ({
  lang,
  worker,
  inspector,
  carrier,
  attachmentBytes,
  plain,
}) => {
  const { mailbox: t, common } = textsOf(lang);
  const data: MailboxPageData = { lang, worker, inspector, carrier, attachmentBytes, texts: t };
  return (
    <>
      <h1>{t.title}</h1>
      <noscript>
        <div class="callout warn">
          <p class="callout-title">{t.noscriptTitle}</p>
          <p>{plain ? t.noscript : t.noscriptOff}</p>
          {plain ? (
            <p>
              <a class="button" href={localPath(lang, '/mailbox/plain')}>
                {t.noscriptLink}
              </a>
            </p>
          ) : null}
        </div>
      </noscript>
      <div class="needs-script">
        <form method="dialog" id="code-form" autocomplete="off" novalidate>
          <p class="lead">{t.lead}</p>
          <div class="field">
            <label for="code">{t.code}</label>
            <p class="hint" id="code-hint">
              {t.codeHint}
            </p>
            <textarea
              id="code"
              class="code-input"
              rows={2}
              inputmode="numeric"
              maxlength={60}
              aria-describedby="code-hint code-status"
              {...UNREMEMBERED}
            />
            <p class="hint" id="code-status" role="status" />
          </div>
          <p class="actions">
            <button type="button" class="button" id="open" disabled>
              {t.open}
            </button>
          </p>
          <p id="code-problem" role="alert" />
        </form>
        <div id="mailbox" hidden tabindex={-1} />
      </div>
      <footer class="foot">
        <nav aria-label={common.pages}>
          <ul>
            <li>
              <a href={localPath(lang, '/lost-code')}>{t.lost}</a>
            </li>
            <li>
              <a href={localPath(lang, '/tip')}>{common.pageSend}</a>
            </li>
            <li>
              <a href={localPath(lang, '/help/code')}>{common.pageAboutCode}</a>
            </li>
          </ul>
        </nav>
        <p class="hint">{common.noTraces}</p>
      </footer>
      <script type="application/json" id="mailbox-data">
        {raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}
      </script>
    </>
  );
};
