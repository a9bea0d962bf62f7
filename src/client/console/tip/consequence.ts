import { CITIZEN_STEPS } from '../../../domain/conversation.ts';
import type { Step, TipState } from '../../../domain/life-cycle-types.ts';
import { isWorking } from '../../../domain/overlay.ts';
import type { Outcome } from '../../../domain/terms.ts';
import type { Transition } from '../../../domain/transition-types.ts';
import { TRANSITIONS } from '../../../domain/transitions.ts';

/** What has been chosen in a form so far; it may decide which row of the life cycle a step follows. */
export interface Choice {
  readonly competent?: boolean;
  readonly outcome?: Outcome;
}

const fits = (row: Transition, state: TipState, choice: Choice): boolean => {
  const { only } = row;
  if (!row.from.includes(state.stage)) return false;
  const fitsOverlay = row.overlay === 'none' ? isWorking(state.overlay) : row.overlay === state.overlay;
  if (row.overlay !== 'any' && !fitsOverlay) return false;
  if (
    only?.legalKinds !== undefined &&
    (state.legalKind === null || !only.legalKinds.includes(state.legalKind))
  )
    return false;
  if (only?.competent !== undefined && only.competent !== (choice.competent ?? true)) return false;
  const { pending } = state;
  if (only?.extension !== undefined && pending?.kind === 'extension')
    return only.extension === (pending.toUnit === null ? 'leader' : 'procuracy');
  const outcome = choice.outcome ?? (pending?.kind === 'resolution' ? pending.outcome : undefined);
  return only?.outcomes === undefined || outcome === undefined || only.outcomes.includes(outcome);
};

/**
 * The row of the life cycle that a button would follow, or null: its sentence stands under the button, its article in the form. Until an
 * outcome is chosen the first one that the button stands for speaks for all, so that a proposal never tells what another button does.
 */
export const rowOf = (
  offer: { readonly step: Step; readonly outcomes: readonly Outcome[] },
  state: TipState,
  choice: Choice = {},
): Transition | null => {
  const [outcome] = offer.outcomes;
  const chosen = outcome === undefined ? choice : { outcome, ...choice };
  return TRANSITIONS.find((row) => row.step === offer.step && fits(row, state, chosen)) ?? null;
};

/** Steps that no button offers: the citizen's, and those that others bring about. */
const NEVER_OFFERED: readonly Step[] = [
  'submitted',
  ...CITIZEN_STEPS,
  'code_not_given',
  'copy_made',
  'rewrapped',
  // These have pages of their own.
  'shredding_proposed',
  'shredding_refused',
  'shredded',
  'canary_revealed',
];
/** The step that the work is waiting for, first of these that is allowed. */
const NEXT: readonly Step[] = [
  'transfer_acknowledged',
  'resolved',
  'extended',
  'suspended',
  'registered',
  'verification_started',
  'notified',
  'archived',
];

/** The steps to offer, the one that the work is waiting for first. */
export const offered = (allowed: readonly Step[], state: TipState): readonly Step[] => {
  const steps = allowed.filter((step) => !NEVER_OFFERED.includes(step));
  const next = nextStep(steps, state);
  return next === null ? steps : [next, ...steps.filter((step) => step !== next)];
};

/** The step that the work is waiting for, or null. A tip that was received waits to be classified, not to be classified again. */
export const nextStep = (steps: readonly Step[], state: TipState): Step | null => {
  if (state.stage === 'received' && steps.includes('classified')) return 'classified';
  if (state.stage === 'verifying' && state.pending === null && steps.includes('resolution_proposed'))
    return 'resolution_proposed';
  return NEXT.find((step) => steps.includes(step)) ?? null;
};
