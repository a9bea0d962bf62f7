import { AppError, type ErrorCode } from './errors.ts';
import type { UnitId } from './ids.ts';
import type { DecideContext } from './life-cycle.ts';
import type { Act, Actor, Step, TipState } from './life-cycle-types.ts';
import { needsConsent } from './thread.ts';
import type { Transition } from './transition-types.ts';
import { APART_OUTCOMES } from './transitions.ts';

/** Which kind of decision a step closes. */
const CLOSES: Readonly<Partial<Record<Step, NonNullable<TipState['pending']>['kind']>>> = {
  resolved: 'resolution',
  resolution_refused: 'resolution',
  shredded: 'shredding',
  shredding_refused: 'shredding',
};

/**
 * Why the open decision, or its absence, or the two-person rule keeps this person from taking the row's step; null when nothing
 * does. A proposal waits alone: while it is open nothing else is proposed and the tip is not sent on.
 */
export const peopleFit = (row: Transition, state: TipState, actor: Actor): ErrorCode | null => {
  const { pending } = state;
  if (row.step === 'resolution_proposed' || row.step === 'transfer_sent' || row.step === 'shredding_proposed')
    return pending === null ? null : 'step_not_allowed';
  const closes = CLOSES[row.step];
  if (closes === undefined) return null;
  if (pending?.kind !== closes) return 'step_not_allowed';
  if (pending.kind === 'shredding')
    return row.step === 'shredded' && pending.proposedBy === actor.staff ? 'same_person' : null;
  const inside = actor.unit === state.unit;
  if (row.step === 'resolution_refused') {
    const concerned =
      inside || pending.proposedBy === actor.staff || APART_OUTCOMES.includes(pending.outcome);
    return concerned ? null : 'step_forbidden';
  }
  if (row.only?.outcomes?.includes(pending.outcome) === false) return 'step_not_allowed';
  if (pending.proposedBy === actor.staff) return 'same_person';
  if (row.people !== 'two_one_outside') return null;
  return inside === (pending.proposerUnit === state.unit) ? 'outside_person' : null;
};

/** Throws what `peopleFit` finds, and `stale` when the act names another decision than the open one. */
export const checkPeople = (row: Transition, state: TipState, actor: Actor, act: Act): void => {
  const problem = peopleFit(row, state, actor);
  if (problem !== null) throw new AppError(problem);
  if ('decision' in act && act.decision !== state.pending?.id)
    throw new AppError('stale', { field: 'decision' });
};

const filled = (field: string, text: string): void => {
  if (text.trim() === '') throw new AppError('field_invalid', { field });
};

const whole = (field: string, value: number, least: number, most: number): void => {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new AppError('field_invalid', { field });
};

const checkClassification = (act: Act & { readonly step: 'classified' }, context: DecideContext): void => {
  filled('conduct', act.conduct);
  if (context.knownConducts?.has(act.conduct) === false)
    throw new AppError('field_invalid', { field: 'conduct' });
  const identity = context.identity ?? 'anonymous';
  if (act.legalKind === 'denunciation' && identity !== 'named' && identity !== 'confidential')
    throw new AppError('field_invalid', { field: 'legalKind' });
};

const checkApproval = (pending: TipState['pending']): void => {
  if (pending?.kind !== 'resolution') return;
  if ((pending.documentNumber ?? '').trim() === '')
    throw new AppError('document_number', { field: 'documentNumber' });
  if (pending.outcome === 'duplicate' && pending.mergedInto === null)
    throw new AppError('merge_target', { field: 'mergedInto' });
};

/** What was told to a support unit goes on to others only with its sender's signed yes. */
const checkConsent = (to: UnitId, { unitKind, toUnitKind, thread }: DecideContext): void => {
  if (toUnitKind === undefined || thread === undefined) return;
  if (needsConsent(unitKind, toUnitKind) && !thread.consents.includes(to))
    throw new AppError('consent_missing', { field: 'toUnit' });
};

/** Throws when data that the step requires is empty or does not fit: `document_number`, `merge_target`, `consent_missing`, `field_invalid`, `step_not_allowed`. */
export const checkAct = (state: TipState, act: Act, context: DecideContext): void => {
  switch (act.step) {
    case 'classified':
      checkClassification(act, context);
      break;
    case 'prioritised':
      filled('reason', act.reason);
      break;
    case 'verification_started':
      filled('plan', act.plan);
      break;
    case 'resolution_proposed':
      if (act.documentNumber.trim() === '')
        throw new AppError('document_number', { field: 'documentNumber' });
      if (act.outcome === 'withdrawn' && context.authorWithdrew !== true)
        throw new AppError('step_not_allowed', { field: 'outcome' });
      filled('ground', act.ground);
      if (act.outcome !== 'duplicate' && act.mergedInto !== undefined)
        throw new AppError('field_invalid', { field: 'mergedInto' });
      if (act.outcome === 'duplicate' && act.mergedInto === undefined)
        throw new AppError('merge_target', { field: 'mergedInto' });
      break;
    case 'resolution_refused':
    case 'shredding_refused':
      filled('reason', act.reason);
      break;
    case 'resolved':
      checkApproval(state.pending);
      break;
    case 'shredding_proposed':
      filled('rule', act.rule);
      whole('upTo', act.upTo, 1, Number.MAX_SAFE_INTEGER);
      break;
    case 'canary_revealed':
      whole('index', act.index, 0, act.size - 1);
      break;
    case 'transfer_sent':
      if (act.toUnit === state.unit) throw new AppError('field_invalid', { field: 'toUnit' });
      filled('ground', act.ground);
      checkConsent(act.toUnit, context);
      break;
    case 'consent_asked':
      if (act.toUnit === state.unit) throw new AppError('field_invalid', { field: 'toUnit' });
      break;
    case 'copy_made':
      // What a copy tells, the tip told in confidence: it needs the same yes.
      if (act.toUnit !== state.unit) checkConsent(act.toUnit, context);
      break;
    case 'thread_muted':
    case 'thread_unmuted':
      filled('reason', act.reason);
      if (context.thread?.muted === (act.step === 'thread_muted')) throw new AppError('step_not_allowed');
      break;
    case 'transfer_returned':
      filled('ground', act.ground);
      break;
    case 'printed':
      filled('watermark', act.watermark);
      break;
    default:
      break;
  }
};
