/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { isDay, type Seconds } from '../../../domain/ids.ts';
import { bringsMessage } from '../../../domain/notice.ts';
import { useBase, useDesk } from '../context.ts';
import { dueText, timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { Problem } from '../http.ts';
import { fieldsOf, readForm } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { OpenedTip, StepWish } from '../worker/calls.ts';
import { actFrom } from './act-from.ts';
import type { Offer, OnDone } from './actions.tsx';
import { type Choice, rowOf } from './consequence.ts';
import { type Deadline, deadlinesOf } from './deadlines.ts';
import { PAPERS } from './form-03.tsx';
import { StepFields } from './step-fields.tsx';

/** Texts that a person has still to write; none of them moves a deadline. */
const UNWRITTEN: ReadonlySet<string> = new Set([
  'documentNumber',
  'ground',
  'reason',
  'plan',
  'agency',
  'acknowledgedBy',
]);

/** The ends that the step will set, with their day of the week. */
const Deadlines = ({ of }: { readonly of: readonly Deadline[] }) => {
  const { lang, texts, words } = useBase();
  const t = texts.deadlines;
  if (of.length === 0) return null;
  return (
    <ul class="deadlines">
      {of.map(({ kind, clocks, due, missing }) => (
        <li key={clocks.join()}>
          {t[kind](clocks.map((clock) => words.clock[clock]).join(', '), dueText(due, lang))}
          {missing.length === 0 ? null : <span class="soft"> {t.unsure(missing.join(', '))}</span>}
        </li>
      ))}
    </ul>
  );
};

/** The form of one step: what it needs, its consequence, its basis in law, and the button that signs and sends. */
export const StepForm = (props: {
  readonly offer: Offer;
  readonly label: string;
  readonly tip: OpenedTip;
  readonly onClose: () => void;
  /** The follow-up found the violation again: what may be done next is offered at once. */
  readonly onAgain: () => void;
  readonly onDone: OnDone;
}) => {
  const { lang, texts, words, vault } = useBase();
  const { me, now, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const [choice, setChoice] = useState<Choice>({});
  const [checking, setChecking] = useState(false);
  const [deadlines, setDeadlines] = useState<readonly Deadline[]>([]);
  const { offer, tip } = props;
  const row = rowOf(offer, tip.detail.state, choice);
  useEffect(() => {
    document
      .querySelector<HTMLElement>(
        '#step-form input, #step-form select, #step-form textarea, #step-form button',
      )
      ?.focus();
  }, []);
  // What is not written yet changes no deadline.
  const look = (): void => {
    const form = document.getElementById('step-form');
    if (!(form instanceof HTMLFormElement)) return;
    const read = fieldsOf(form);
    const act = actFrom(offer.step, (name) => read(name) || (UNWRITTEN.has(name) ? '–' : ''), {
      decision: tip.detail.state.pending?.id ?? 0,
      watermark: '–',
    });
    const at = { now: now() as Seconds, unitKind: me.unitKind };
    const found = act === null ? [] : deadlinesOf(tip, act, at);
    if (JSON.stringify(found) !== JSON.stringify(deadlines)) setDeadlines(found);
  };
  useEffect(look, [choice]);
  const submit = (event: Event): void => {
    const read = readForm(event);
    const watermark = texts.forms.watermark(me.displayName, me.unitName[lang], timeText(now()));
    const act = actFrom(offer.step, read, { decision: tip.detail.state.pending?.id ?? 0, watermark });
    if (act === null) {
      void run(() => Promise.reject(new Problem('field_invalid')));
      return;
    }
    const by = read('by');
    const paper = PAPERS.find((known) => known === read('paper')) ?? 'page';
    const wish: StepWish = {
      tip: tip.detail.tip,
      act,
      ...(bringsMessage(act) ? { text: read('text') } : {}),
      ...(offer.step === 'message_posted' && read('reward') === 'yes' ? { about: 'reward' as const } : {}),
      ...(offer.step === 'question_posted' && isDay(by) ? { by } : {}),
    };
    tell('');
    void run(async () => {
      const { registerNumber } = await vault.ask('step', wish).catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'stale') void props.onDone(texts.tip.stale, {});
        throw error;
      });
      props.onClose();
      const again = act.step === 'post_check_done' && act.result === 'again';
      const number = registerNumber ?? tip.detail.registerNumber;
      const sentence =
        offer.step === 'registered' && number !== null
          ? texts.tip.done.registered(number)
          : again
            ? texts.tip.done.again
            : texts.tip.done.other;
      await props.onDone(sentence, {
        ...(offer.step === 'printed' ? { watermark, paper } : {}),
        gone:
          tip.detail.access === 'over' ||
          offer.step === 'transfer_returned' ||
          (act.step === 'diverted' && act.toUnit !== me.unit),
      });
      if (again) props.onAgain();
    });
  };
  return (
    <form
      class="form card"
      id="step-form"
      onSubmit={submit}
      onInput={look}
      autocomplete="off"
      aria-label={props.label}
    >
      <h3>{props.label}</h3>
      <StepFields offer={offer} tip={tip} choice={choice} onChoice={setChoice} onChecking={setChecking} />
      <ProblemNotice problem={problem} />
      <div class="section">
        <div class="buttons">
          <button type="submit" class="button button-main" disabled={busy || checking}>
            {props.label}
          </button>
          <button type="button" class="button button-quiet" onClick={props.onClose}>
            {texts.frame.cancel}
          </button>
        </div>
        <p class="consequence" role="status">
          {busy ? texts.tip.working : row === null ? '' : words.consequence[row.consequence]}
        </p>
        <Deadlines of={deadlines} />
        {row === null || row.basis === 'policy' ? null : (
          <p class="consequence">
            {texts.tip.basis}: {row.basis}
          </p>
        )}
      </div>
    </form>
  );
};
