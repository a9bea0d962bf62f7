import type { FC } from 'hono/jsx';
import type { Lang } from '../../../i18n/index.ts';
import { Callout, PageData } from './parts.tsx';
import { textsOf } from './texts.ts';

/**
 * The check by hCaptcha, alone on a page of its own: the one page where somebody else's script runs. It is opened by the form in a new
 * tab and tells the form's tab what came of it.
 */
export const HcaptchaPage: FC<{ readonly lang: Lang; readonly sitekey: string }> = ({ lang, sitekey }) => {
  const t = textsOf(lang).hcaptcha.page;
  return (
    <>
      <h1>{t.title}</h1>
      <noscript>
        <Callout tone="warn" title={t.noscript} />
      </noscript>
      <div class="needs-script">
        <div id="check">
          <p class="lead">{t.lead}</p>
          <p>{t.care}</p>
          <div class="check-widget" id="check-widget" />
          <p class="check-status" id="check-status" role="status">
            {t.loading}
          </p>
          <p class="actions">
            <button type="button" class="button" id="check-retry" hidden>
              {t.retry}
            </button>
          </p>
        </div>
        <End id="check-done" tone="calm" title={t.doneTitle} text={t.done} />
        <End id="check-silent" tone="warn" title={t.silentTitle} text={t.silent} />
        <End id="check-lost" tone="warn" title={t.lostTitle} text={t.lost} />
        <p class="actions">
          <button type="button" class="button quiet" id="check-close">
            {t.close}
          </button>
        </p>
      </div>
      <PageData id="check-data" data={{ lang, sitekey, texts: t }} />
    </>
  );
};

/** What stands in place of the check in the end. */
const End: FC<{
  readonly id: string;
  readonly tone: 'calm' | 'warn';
  readonly title: string;
  readonly text: string;
}> = ({ id, tone, title, text }) => (
  <div class={`callout ${tone}`} id={id} role="status" tabindex={-1} hidden>
    <p class="callout-title">{title}</p>
    <p>{text}</p>
  </div>
);
