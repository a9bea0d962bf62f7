/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { isDay } from '../../../domain/ids.ts';
import type { Act, Step } from '../../../domain/life-cycle-types.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { Problem } from '../http.ts';
import { readForm } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { OpenedTip, StepWish } from '../worker/calls.ts';
import { actFrom } from './act-from.ts';
import type { Offer, OnDone } from './actions.tsx';
import { type Choice, rowOf } from './consequence.ts';
import { StepFields } from './step-fields.tsx';

/** Steps that bring the citizen a text. */
const WITH_TEXT: readonly Step[] = ['notified', 'message_posted', 'question_posted', 'consent_asked'];

/** True when a letter travels with the act. A notice that is impossible brings none. */
const bringsText = (act: Act): boolean =>
  WITH_TEXT.includes(act.step) && !('impossible' in act && act.impossible !== null);

/** The form of one step: what it needs, its consequence, its basis in law, and the button that signs and sends. */
export const StepForm = (props: {
  readonly offer: Offer;
  readonly label: string;
  readonly tip: OpenedTip;
  readonly onClose: () => void;
  readonly onDone: OnDone;
}) => {
  const { lang, texts, words, vault } = useBase();
  const { me, now, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const [choice, setChoice] = useState<Choice>({});
  const [checking, setChecking] = useState(false);
  const { offer, tip } = props;
  const row = rowOf(offer, tip.detail.state, choice);
  useEffect(() => {
    document
      .querySelector<HTMLElement>(
        '#step-form input, #step-form select, #step-form textarea, #step-form button',
      )
      ?.focus();
  }, []);
  const submit = (event: Event): void => {
    const read = readForm(event);
    const watermark = texts.forms.watermark(me.displayName, me.unitName[lang], timeText(now()));
    const act = actFrom(offer.step, read, { decision: tip.detail.state.pending?.id ?? 0, watermark });
    if (act === null) {
      void run(() => Promise.reject(new Problem('field_invalid')));
      return;
    }
    const by = read('by');
    const wish: StepWish = {
      tip: tip.detail.tip,
      act,
      ...(bringsText(act) ? { text: read('text') } : {}),
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
      const number = registerNumber ?? tip.detail.registerNumber;
      const sentence =
        offer.step === 'registered' && number !== null
          ? texts.tip.done.registered(number)
          : texts.tip.done.other;
      await props.onDone(sentence, {
        ...(offer.step === 'printed' ? { watermark } : {}),
        gone: tip.detail.access === 'over' || offer.step === 'transfer_returned',
      });
    });
  };
  return (
    <form class="form card" id="step-form" onSubmit={submit} autocomplete="off" aria-label={props.label}>
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
        {row === null || row.basis === 'policy' ? null : (
          <p class="consequence">
            {texts.tip.basis}: {row.basis}
          </p>
        )}
      </div>
    </form>
  );
};
