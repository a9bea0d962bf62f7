/** @jsxImportSource hono/jsx/dom */
import { useEffect, useRef } from 'hono/jsx/dom';
import { type PlainOutcome, type PlainState, plainState } from '../../../domain/plain-state.ts';
import { OUTCOMES, OVERLAYS, STAGES } from '../../../domain/terms.ts';
import { FIELD_LIMITS } from '../../../domain/tip-content.ts';
import { formatDay, type Lang } from '../../../i18n/index.ts';
import type { ReadMailbox, ReadMessage } from '../../../protocol/mailbox-reading.ts';
import { codeState, regroup } from '../../mailbox/code-field.ts';
import { Notice } from '../ui/parts.tsx';
import type { CallAgain } from './call.ts';
import type { CallDesk } from './desk.ts';
import type { HotlineTexts } from './texts.ts';
import { Words } from './words.tsx';

interface VisitProps {
  readonly call: CallAgain;
  readonly desk: CallDesk;
  readonly texts: HotlineTexts;
  readonly lang: Lang;
}

const among = <T extends string>(words: readonly T[], word: string | null): T | null =>
  words.find((one) => one === word) ?? null;

const told = (box: ReadMailbox): { readonly state: PlainState; readonly outcome: PlainOutcome | null } =>
  plainState({
    stage: among(STAGES, box.stage) ?? 'submitted',
    overlay: among(OVERLAYS, box.overlay) ?? 'none',
    outcome: among(OUTCOMES, box.outcome),
  });

/** The caller's code, digit by digit; the mailbox opens by itself once it is whole and right. */
const Asking = ({ call, desk, texts }: VisitProps) => {
  const t = texts.visit;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const state = codeState(call.code);
  const opening = call.state.name === 'opening';
  const typed = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const { text: code, caret } = regroup(input.value, input.selectionStart ?? input.value.length);
    input.value = code;
    input.setSelectionRange(caret, caret);
    desk.writeAgain(call.id, { code });
    if (codeState(code).kind === 'complete') void desk.openMailbox(call.id);
  };
  const wrong = state.kind === 'mistyped' || state.kind === 'too_long' || state.kind === 'not_digits';
  return (
    <form
      class="form"
      autocomplete="off"
      onSubmit={(event: Event) => {
        event.preventDefault();
        if (state.kind === 'complete') void desk.openMailbox(call.id);
      }}
    >
      <div class="field">
        <label for="caller-code">{t.code}</label>
        <span class="field-hint" id="caller-code-hint">
          {t.codeHint}
        </span>
        <input
          id="caller-code"
          class="input caller-code"
          ref={field}
          inputmode="numeric"
          autocomplete="off"
          spellcheck={false}
          maxlength={60}
          disabled={opening}
          aria-invalid={wrong ? 'true' : undefined}
          aria-describedby="caller-code-hint caller-code-state"
          onInput={typed}
        />
        <span class={wrong ? 'field-problem' : 'field-hint'} id="caller-code-state" role="status">
          {opening ? t.opening : wrong ? t.mistyped : t.typed(state.kind === 'typing' ? state.digits : 0)}
        </span>
      </div>
      <div class="buttons">
        <button type="submit" class="button button-main" disabled={opening || state.kind !== 'complete'}>
          {t.open} <kbd>Enter</kbd>
        </button>
      </div>
    </form>
  );
};

const Message = (props: {
  readonly message: ReadMessage;
  readonly texts: HotlineTexts;
  readonly lang: Lang;
}) => {
  const { message, texts, lang } = props;
  const t = texts.visit;
  if (message.error !== '')
    return (
      <Notice kind="problem">
        <p>{t.broken(message.error)}</p>
      </Notice>
    );
  const day = /^\d{4}-\d{2}-\d{2}$/.test(message.day) ? formatDay(lang, message.day) : message.day;
  return (
    <article class="read-aloud">
      <p class="small soft">{t.from(message.from, day)}</p>
      <p class="read-aloud-text">{message.text}</p>
      {message.trust === 'verified' ? null : <p class="mark mark-soon">{t.unsure}</p>}
    </article>
  );
};

/** A caller who came back: the unit's messages to be read out, and the caller's answer. The tip itself is nowhere here. */
export const Visit = (props: VisitProps) => {
  const { call, desk, texts, lang } = props;
  const t = texts.visit;
  const heading = useRef<HTMLHeadingElement>(null);
  const { state } = call;
  useEffect(() => {
    if (state.name === 'open' || state.name === 'checking') heading.current?.focus();
  }, [state.name]);
  if (state.name === 'asking' || state.name === 'opening')
    return (
      <section class="call-visit" aria-labelledby="visit-title">
        <h2 id="visit-title">{t.title}</h2>
        <p class="page-lead">{t.lead}</p>
        <Asking {...props} />
      </section>
    );
  const { box } = state;
  const { state: stands, outcome } = told(box);
  const busy = state.name === 'sending';
  return (
    <section class="call-visit" aria-labelledby="visit-title">
      <h2 id="visit-title" tabindex={-1} ref={heading}>
        {state.name === 'open' ? t.title : t.checking}
      </h2>
      {state.name === 'open' ? (
        <>
          <dl class="facts">
            <dt>{t.state}</dt>
            <dd>{texts.told.states[stands]}</dd>
            {outcome === null ? null : (
              <>
                <dt>{t.outcome}</dt>
                <dd>{texts.told.outcomes[outcome]}</dd>
              </>
            )}
            <dt>{t.unit}</dt>
            <dd>{lang === 'vi' ? box.unitNameVi : box.unitNameEn}</dd>
          </dl>
          {box.consistent ? null : (
            <Notice kind="problem">
              <p>{t.inconsistent}</p>
            </Notice>
          )}
          <h3>{t.messages}</h3>
          {box.messages.length === 0 ? <p class="soft">{t.noMessages}</p> : null}
          {box.messages.map((message) => (
            <Message message={message} texts={texts} lang={lang} key={String(message.no)} />
          ))}
          <Words
            spot="answer"
            label={t.answer}
            hint={t.answerHint}
            value={call.answer}
            rows={5}
            maxlength={FIELD_LIMITS.message}
            onWrite={(answer) => desk.writeAgain(call.id, { answer })}
          />
        </>
      ) : (
        <p class="read-aloud-text as-written">{call.answer}</p>
      )}
      <div class="buttons">
        {state.name === 'open' ? (
          <button type="button" class="button button-main" onClick={() => desk.checkAnswer(call.id)}>
            {t.check} <kbd>Ctrl Enter</kbd>
          </button>
        ) : (
          <>
            <button
              type="button"
              class="button button-main"
              disabled={busy}
              onClick={() => void desk.sendAnswer(call.id)}
            >
              {t.send} <kbd>Enter</kbd>
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => desk.backToAnswer(call.id)}>
              {t.edit} <kbd>Esc</kbd>
            </button>
          </>
        )}
        <button type="button" class="button" disabled={busy} onClick={() => void desk.endVisit(call.id)}>
          {t.end} <kbd>Esc Esc</kbd>
        </button>
      </div>
      <p class="small soft" role="status">
        {busy ? t.sending : state.sent > 0 ? t.sent(state.sent) : t.endHint}
      </p>
    </section>
  );
};
