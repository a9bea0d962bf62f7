import type { FC } from 'hono/jsx';
import { plainState } from '../../../domain/plain-state.ts';
import { OUTCOMES, OVERLAYS, STAGES } from '../../../domain/terms.ts';
import { fill, formatDay, type Lang, localPath } from '../../../i18n/index.ts';
import type { ReadMailbox, ReadMessage } from '../../../protocol/mailbox-reading.ts';
import { textsOf } from './texts.ts';

/** The code field that posts, and below it whatever the code opened. Nothing of the code comes back into the page. */
export const PlainMailbox: FC<{
  readonly lang: Lang;
  readonly problem: string;
  readonly box: ReadMailbox | null;
}> = ({ lang, problem, box }) => {
  const { mailbox: t, common } = textsOf(lang);
  return (
    <>
      <h1>{t.plainTitle}</h1>
      {box === null ? null : <Contents lang={lang} box={box} />}
      <div class="callout warn">
        <p class="callout-title">{t.plainWarnTitle}</p>
        <p>{t.plainWarn}</p>
      </div>
      <form method="post" action={localPath(lang, '/mailbox/plain')} autocomplete="off">
        <p class="lead">{box === null ? t.lead : t.plainAgain}</p>
        <div class={problem === '' ? 'field' : 'field wrong'}>
          <label for="code">{t.code}</label>
          <p class="hint" id="code-hint">
            {t.codeHint}
          </p>
          {problem === '' ? null : (
            <p class="error" id="code-error" role="alert">
              {problem}
            </p>
          )}
          <textarea
            id="code"
            name="code"
            class="code-input"
            rows={2}
            inputmode="numeric"
            maxlength={60}
            aria-describedby={problem === '' ? 'code-hint' : 'code-hint code-error'}
            {...UNREMEMBERED}
          />
        </div>
        <p class="actions">
          <button type="submit" class="button">
            {t.open}
          </button>
        </p>
      </form>
      <footer class="foot">
        <nav aria-label={common.pages}>
          <ul>
            <li>
              <a href={localPath(lang, '/mailbox')}>{t.title}</a>
            </li>
            <li>
              <a href={localPath(lang, '/lost-code')}>{t.lost}</a>
            </li>
          </ul>
        </nav>
        <p class="hint">{common.noTraces}</p>
      </footer>
    </>
  );
};

/** The code is not remembered, completed or given to a spelling service. */
const UNREMEMBERED: object = { autocomplete: 'off', autocorrect: 'off', spellcheck: 'false' };

const among = <T extends string>(words: readonly T[], word: string | null): T | null =>
  words.find((one) => one === word) ?? null;

/** Day in UTC+7 of an hour since the epoch, `YYYY-MM-DD`. */
const dayOfHour = (hour: number): string => new Date((hour + 7) * 3_600_000).toISOString().slice(0, 10);

const Contents: FC<{ readonly lang: Lang; readonly box: ReadMailbox }> = ({ lang, box }) => {
  const { mailbox: t } = textsOf(lang);
  const { state, outcome } = plainState({
    stage: among(STAGES, box.stage) ?? 'submitted',
    overlay: among(OVERLAYS, box.overlay) ?? 'none',
    outcome: among(OUTCOMES, box.outcome),
  });
  const steps: Readonly<Record<string, string | undefined>> = t.steps;
  const shredded = box.steps.at(-1)?.step === 'shredded';
  const dated = (step: string, day: string): string =>
    isDay(day) ? fill(t.stepOn, { step, day: formatDay(lang, day) }) : step;
  return (
    <>
      <h2>{t.stateTitle}</h2>
      <p class="state">{t.states[state]}</p>
      <dl class="facts">
        {outcome === null ? null : <Fact name={t.outcome} value={t.outcomes[outcome]} />}
        <Fact name={t.unit} value={lang === 'vi' ? box.unitNameVi : box.unitNameEn} />
        <Fact name={t.sent} value={formatDay(lang, dayOfHour(box.t0))} />
      </dl>
      <p class="hint">{t.proof.plain}</p>
      {box.consistent ? null : <p class="callout danger">{t.inconsistent}</p>}
      {box.thread === 'whole' ? null : <p class="callout danger">{t.writing[box.thread]}</p>}
      <h2>{t.answersTitle}</h2>
      {box.messages.length === 0 ? <p>{shredded ? t.shredded : t.noAnswers}</p> : null}
      {box.messages.map((message) => (
        <Message lang={lang} message={message} />
      ))}
      <p class="hint">{t.writing.readOnly}</p>
      <h2>{t.historyTitle}</h2>
      <ol class="history">
        {box.steps.map(({ step, day }) => (
          <li>{dated(steps[step] ?? t.stepInternal, day)}</li>
        ))}
      </ol>
    </>
  );
};

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

const Fact: FC<{ readonly name: string; readonly value: string }> = ({ name, value }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const Message: FC<{ readonly lang: Lang; readonly message: ReadMessage }> = ({ lang, message }) => {
  const { mailbox: t } = textsOf(lang);
  if (message.error === 'message_missing') return <p class="callout warn">{t.writing.missing}</p>;
  if (message.error !== '') return <p class="callout warn">{fill(t.broken, { code: message.error })}</p>;
  const head = [
    ...(message.from === '' ? [] : [fill(t.from, { unit: message.from })]),
    ...(isDay(message.day) ? [fill(t.dated, { day: formatDay(lang, message.day) })] : []),
  ];
  return (
    <article class="message">
      <p class="hint">{head.join(', ')}</p>
      <p class="message-text">{message.text}</p>
      {message.about === 'reward' ? (
        <div class="reward">
          <h3>{t.writing.rewardTitle}</h3>
          <p>{t.writing.rewardHow}</p>
        </div>
      ) : null}
      <p class={`trust ${message.trust}`}>{message.trust === 'verified' ? t.verified : t.unsure}</p>
    </article>
  );
};
