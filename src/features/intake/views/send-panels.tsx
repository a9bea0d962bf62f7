import type { FC } from 'hono/jsx';
import { type Lang, localPath } from '../../../i18n/index.ts';
import type { Challenge } from '../../../ports/challenge.ts';
import { Callout } from './parts.tsx';
import { textsOf } from './texts.ts';

const STAGES = ['prepare', 'keys', 'files', 'seal', 'proof', 'send', 'promise'] as const;

/** What is being done between "send" and the code, with real progress where it takes long. */
export const SendPanel: FC<{ readonly lang: Lang; readonly challenge: Challenge['kind'] }> = (props) => {
  const { lang, challenge } = props;
  const { sending: t, hcaptcha } = textsOf(lang);
  const searched = challenge === 'pow';
  const labels: Readonly<Record<(typeof STAGES)[number], string>> = {
    prepare: t.stepPrepare,
    keys: t.stepKeys,
    files: t.stepFiles,
    seal: t.stepSeal,
    proof: searched ? t.stepProof : hcaptcha.stage,
    send: t.stepSend,
    promise: t.stepPromise,
  };
  return (
    <section id="send-panel" hidden tabindex={-1} aria-labelledby="send-title">
      <h2 id="send-title">{t.title}</h2>
      <p class="sealed-for" id="sealed-for" role="status" />
      <ol class="stages">
        {STAGES.map((stage) => (
          <li data-stage={stage} hidden={stage === 'files' ? true : undefined}>
            <span>{labels[stage]}</span>
            {stage === 'files' ? <ul class="file-rows" id="send-files" /> : null}
            {stage === 'proof' ? (
              <progress
                id="proof-progress"
                max={100}
                value={0}
                aria-label={labels.proof}
                hidden={searched ? undefined : true}
              />
            ) : null}
          </li>
        ))}
      </ol>
      <p class="hint" id="send-note">
        {t.stay}
      </p>
      <div id="send-problem" class="callout warn" role="alert" hidden>
        <p class="callout-title" id="send-problem-title" />
        <p id="send-problem-text" />
        <p class="hint">{t.kept}</p>
        <p class="actions">
          <button type="button" class="button" id="send-retry">
            {t.retry}
          </button>
          <button type="button" class="button quiet" id="send-edit">
            {t.edit}
          </button>
        </p>
      </div>
    </section>
  );
};

/** One job: to make the person keep the code. */
export const CodePanel: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const { sending: t, common } = textsOf(lang);
  return (
    <section id="code-panel" hidden tabindex={-1} aria-labelledby="code-title">
      <h2 id="code-title">{t.codeTitle}</h2>
      <p class="lead">{t.codeLead}</p>
      <p class="visually-hidden" id="code-label">
        {t.codeLabel}
      </p>
      <ol class="code" id="code" aria-labelledby="code-label" />
      <p class="actions no-print">
        <button type="button" class="button" id="code-copy">
          {t.copy}
        </button>
        <button type="button" class="button quiet" id="code-print">
          {t.print}
        </button>
        <button type="button" class="button quiet" id="code-save">
          {t.save}
        </button>
      </p>
      <p class="hint no-print" id="code-status" role="status">
        {t.saveHint}
      </p>
      <p>{t.codeCare}</p>
      <p class="no-print">
        <a class="alone" href={localPath(lang, '/help/code')} target="_blank" rel="noopener">
          {common.pageAboutCode}
        </a>
      </p>
      <p class="promise" id="promise" />
      <p class="hint" id="code-reference" />
      <p class="actions no-print">
        <button type="button" class="button quiet" id="code-kept">
          {t.keptButton}
        </button>
      </p>
    </section>
  );
};

/** After the code was kept: nothing of it is left in the page. */
export const DonePanel: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const { sending: t, common } = textsOf(lang);
  return (
    <section id="done-panel" hidden tabindex={-1} aria-labelledby="done-title">
      <h2 id="done-title">{t.doneTitle}</h2>
      <Callout tone="calm" title={common.pageRead}>
        <p>{t.doneText}</p>
      </Callout>
      <p>
        <a href={localPath(lang, '/')}>{t.doneHome}</a>
      </p>
    </section>
  );
};
