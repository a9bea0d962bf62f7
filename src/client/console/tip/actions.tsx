/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { allowedSteps, outcomesFor } from '../../../domain/life-cycle.ts';
import type { Step } from '../../../domain/life-cycle-types.ts';
import type { Outcome } from '../../../domain/terms.ts';
import { APART_OUTCOMES } from '../../../domain/transitions.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { holdEscape } from '../keys.ts';
import type { OpenedTip } from '../worker/calls.ts';
import { isCalledFor, isOwed } from './called-for.ts';
import { nextStep, offered, rowOf } from './consequence.ts';
import type { Paper } from './form-03.tsx';
import { StepForm } from './step-form.tsx';

/** What follows a step: a sentence, a print, or leaving a tip that is no longer mine to see. */
export type OnDone = (
  sentence: string,
  after: { readonly watermark?: string; readonly paper?: Paper; readonly gone?: boolean },
) => Promise<void>;

/** One button of the column: a step, or the proposal of an end apart from the rates. */
export interface Offer {
  readonly key: string;
  readonly step: Step;
  readonly apart: boolean;
  /** What may be proposed with it; empty for every other step. */
  readonly outcomes: readonly Outcome[];
}

/** The buttons for this tip and this person. What is not allowed is not there. */
export const offersFor = (tip: OpenedTip, now: number): readonly Offer[] => {
  const { state } = tip.detail;
  const outcomes = outcomesFor(state, tip.actor);
  const closed = tip.thread.muted ? 'thread_muted' : 'thread_unmuted';
  const allowed = allowedSteps(state, tip.actor).filter(
    (step) => step !== closed && isCalledFor(step, tip, now),
  );
  const offers = offered(allowed, state).flatMap((step): Offer[] => {
    if (step !== 'resolution_proposed') return [{ key: step, step, apart: false, outcomes: [] }];
    // Only the author's own signature withdraws a tip.
    const ends = outcomes.filter(
      (outcome) => !APART_OUTCOMES.includes(outcome) && (outcome !== 'withdrawn' || tip.thread.withdrew),
    );
    const apart = outcomes.filter((outcome) => APART_OUTCOMES.includes(outcome));
    return [
      { key: step, step, apart: false, outcomes: ends },
      { key: `${step}-apart`, step, apart: true, outcomes: apart },
    ].filter((proposal) => proposal.outcomes.length > 0);
  });
  // What the law wants now stands before what may be done, what is needed rarely last; the first is what the work waits for.
  const rank = (offer: Offer, at: number): number => {
    if (at === 0 && !isRare(offer)) return 0;
    if (offer.step === 'diverted') return 3;
    return isRare(offer) ? 4 : isOwed(offer.step, tip) ? 1 : 2;
  };
  const ranked = offers.map((offer, at) => ({ offer, rank: rank(offer, at) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ offer }) => offer);
};

const RARE: readonly Step[] = ['printed', 'thread_muted', 'thread_unmuted'];
const isRare = (offer: Offer): boolean => offer.apart || RARE.includes(offer.step);

/** What I may do, one button each with its consequence under it; the form opens in its place. */
export const Actions = (props: { readonly tip: OpenedTip; readonly onDone: OnDone }) => {
  const { texts, words } = useBase();
  const { now } = useDesk();
  const { tip } = props;
  const { state } = tip.detail;
  const [open, setOpen] = useState<string | null>(null);
  const offers = offersFor(tip, now());
  const main = nextStep(
    offers.filter(({ apart }) => !apart).map(({ step }) => step),
    state,
  );
  const close = (): void => {
    const key = open;
    setOpen(null);
    requestAnimationFrame(() => document.getElementById(`action-${key ?? ''}`)?.focus());
  };
  useEffect(() => (open === null ? undefined : holdEscape(close)), [open]);
  // A step that is no longer offered leaves no form behind.
  const shown = offers.some(({ key }) => key === open) ? open : null;
  return (
    <section class="section" aria-labelledby="actions">
      <h2 id="actions">{texts.tip.actions}</h2>
      {offers.length === 0 ? <p class="soft">{texts.tip.noActions}</p> : null}
      {offers.map((offer) => {
        const consequence = rowOf(offer, state)?.consequence;
        const label = offer.apart ? texts.forms.apart : words.stepDo[offer.step];
        return shown === offer.key ? (
          <StepForm
            key={offer.key}
            offer={offer}
            label={label}
            tip={tip}
            onClose={close}
            onAgain={() => setOpen('reopened')}
            onDone={props.onDone}
          />
        ) : (
          <div class="action" key={offer.key}>
            <button
              type="button"
              id={`action-${offer.key}`}
              class={offer.step === main && !offer.apart ? 'button button-main' : 'button'}
              aria-describedby={`consequence-${offer.key}`}
              onClick={() => setOpen(offer.key)}
            >
              {label}
            </button>
            <p class="consequence" id={`consequence-${offer.key}`}>
              {consequence === undefined ? '' : words.consequence[consequence]}
            </p>
          </div>
        );
      })}
    </section>
  );
};
