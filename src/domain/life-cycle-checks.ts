import { addDays, dayOf } from './calendar.ts';
import { AppError, type ErrorCode } from './errors.ts';
import { extensionProblem, extensionRule } from './extension.ts';
import type { Day, Seconds, StaffId, UnitId } from './ids.ts';
import { kindProblem, needsChecking } from './legal-duties.ts';
import type { DecideContext } from './life-cycle.ts';
import type {
  Act,
  Actor,
  NoNotice,
  PendingDecision,
  PendingExtension,
  Step,
  TipState,
} from './life-cycle-types.ts';
import { settlingProblem } from './settlement.ts';
import type { Circumstance, Outcome } from './terms.ts';
import { needsConsent } from './thread.ts';
import type { Transition } from './transition-types.ts';
import { APART_OUTCOMES } from './transitions.ts';

/** Which kind of decision a step closes. */
const CLOSES: Readonly<Partial<Record<Step, PendingDecision['kind']>>> = {
  resolved: 'resolution',
  resolution_refused: 'resolution',
  extended: 'extension',
  extension_refused: 'extension',
  suspended: 'suspension',
  suspension_refused: 'suspension',
  shredded: 'shredding',
  shredding_refused: 'shredding',
};

/**
 * Why the open decision, or its absence, or the two-person rule keeps this person from taking the row's step; null when nothing
 * does. A proposal waits alone: while it is open nothing else is proposed and the tip is not sent on.
 */
export const peopleFit = (row: Transition, state: TipState, actor: Actor): ErrorCode | null => {
  const { pending } = state;
  if (ALONE.has(row.step) || (row.step === 'classified' && state.stage !== 'received'))
    return pending === null ? null : 'step_not_allowed';
  const closes = CLOSES[row.step];
  if (closes === undefined) return null;
  if (pending?.kind !== closes) return 'step_not_allowed';
  if (pending.kind === 'shredding')
    return row.step === 'shredded' && pending.proposedBy === actor.staff ? 'same_person' : null;
  const inside = actor.unit === state.unit;
  if (row.step.endsWith('_refused')) {
    const apart = pending.kind === 'resolution' && APART_OUTCOMES.includes(pending.outcome);
    const asked = pending.kind === 'extension' && pending.toUnit !== null;
    if (pending.proposedBy === actor.staff || apart) return null;
    return (asked ? actor.unit === pending.toUnit : inside) ? null : 'step_forbidden';
  }
  if (pending.kind === 'resolution' && row.only?.outcomes?.includes(pending.outcome) === false)
    return 'step_not_allowed';
  if (pending.kind === 'extension' && (pending.toUnit === null ? !inside : actor.unit !== pending.toUnit))
    return 'step_forbidden';
  if (pending.proposedBy === actor.staff) return 'same_person';
  if (row.people !== 'two_one_outside') return null;
  return inside === (pending.proposerUnit === state.unit) ? 'outside_person' : null;
};

/**
 * Steps that are not taken while a decision is open. To classify again is such a step, too: it would change what the second person says
 * yes to, and whose right it is.
 */
const ALONE: ReadonlySet<Step> = new Set([
  'resolution_proposed',
  'extension_proposed',
  'suspension_proposed',
  'shredding_proposed',
  'transfer_sent',
]);

/** True for a step that stage and people allow, and that has nothing to do on this tip as it stands: nobody is offered it. */
export const isMoot = (step: Step, { postCheck, extension }: TipState): boolean => {
  if (step === 'post_check_set') return postCheck !== null;
  if (step === 'post_check_done') return postCheck === null;
  return step === 'extension_proposed' && extension === 2;
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

const numbered = (documentNumber: string): void => {
  if (documentNumber.trim() === '') throw new AppError('document_number', { field: 'documentNumber' });
};

const whole = (field: string, value: number, least: number, most: number): void => {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new AppError('field_invalid', { field });
};

/** Too grave for a commune: it notifies and transfers (TTLT 01/2017 Đ8.5a; TT 43/2021/TT-BCA Đ5). */
export const GRAVE: readonly Circumstance[] = [
  'caught_in_act',
  'very_serious',
  'especially_serious',
  'public_concern',
  'may_flee',
  'minor',
];

const checkClassification = (
  state: TipState,
  act: Act & { readonly step: 'classified' },
  context: DecideContext,
): void => {
  filled('conduct', act.conduct);
  if (context.knownConducts?.has(act.conduct) === false)
    throw new AppError('field_invalid', { field: 'conduct' });
  const duties = context.kinds.get(act.legalKind);
  const { identity, evidence } = act;
  const problem =
    duties === undefined ? null : kindProblem({ channel: state.channel, identity, evidence }, duties);
  if (problem !== null) throw new AppError(problem, { field: 'legalKind' });
  const grave = act.circumstances.some((one) => GRAVE.includes(one));
  if (grave && act.competent && context.unitKind === 'commune_police')
    throw new AppError('above_level', { field: 'competent' });
};

/** Extensions asked for and decided: in order, in time, within what the law allows. */
const checkExtension = (
  state: TipState,
  asked: Pick<PendingExtension, 'number' | 'until' | 'toUnit'>,
  asking: boolean,
  context: DecideContext,
): void => {
  if (context.extensions === null) return;
  const settle = state.clocks.find((one) => one.clock === 'settle' && one.stopped === null);
  const period = {
    legalKind: state.legalKind,
    t0: state.t0,
    extension: state.extension,
    due: settle?.due ?? null,
  };
  const at = { now: context.now, rules: context.extensions, calendar: context.calendar };
  const problem = extensionProblem(period, { ...asked, asking }, at);
  if (problem !== null)
    throw new AppError(problem, { field: problem === 'extension_until' ? 'until' : 'number' });
  const rule = extensionRule(context.extensions, state.legalKind, asked.number, dayOf(context.now));
  if ((rule?.who === 'procuracy') !== (asked.toUnit !== null))
    throw new AppError('supervisor_unit', { field: 'toUnit' });
};

/** A notice or request goes to a procuracy that stands over the unit: of its province, or the supreme one. */
const checkProcuracy = (toUnit: UnitId | null, { supervises }: DecideContext): void => {
  if (toUnit !== null && supervises === false) throw new AppError('supervisor_unit', { field: 'toUnit' });
};

/** What can be posted to a mailbox must be: only a tip whose code nobody holds has none. */
const checkNotice = (impossible: NoNotice | null, { thread }: DecideContext): void => {
  if (impossible !== null && thread?.noCode === false)
    throw new AppError('notice_possible', { field: 'impossible' });
};

/** Reopening is for a leader above, or for one of the unit where there are new facts. What was merged lives on in the other tip. */
const checkReopening = (state: TipState, actor: Actor, act: Act & { readonly step: 'reopened' }): void => {
  if (state.outcome === 'duplicate') throw new AppError('merged_elsewhere');
  if (actor.unit === state.unit && act.why === 'decision_annulled')
    throw new AppError('step_forbidden', { field: 'why' });
  filled('reason', act.reason);
  numbered(act.documentNumber);
};

/** Longest time ahead for which a follow-up is dated. */
const FOLLOW_UP_DAYS = 366;

const checkFollowUp = (state: TipState, day: Day, focal: StaffId, deputy: StaffId, now: Seconds): void => {
  if (state.postCheck !== null) throw new AppError('post_check_open');
  const today = dayOf(now);
  if (day <= today || day > addDays(today, FOLLOW_UP_DAYS))
    throw new AppError('post_check_day', { field: 'day' });
  if (focal === deputy) throw new AppError('focal_same', { field: 'deputy' });
};

/** The right to settle at this very moment. */
const checkRight = (state: TipState, actor: Actor, outcome: Outcome, context: DecideContext): void => {
  const { legalKind, circumstances } = state;
  const problem = settlingProblem(
    { unitKind: context.unitKind, legalKind, outcome, circumstances },
    { staff: actor.staff, unit: actor.unit, rights: context.rights },
    { now: context.now, day: dayOf(context.now), rules: context.settlement },
  );
  if (problem !== null) throw new AppError(problem);
};

const checkApproval = (state: TipState, actor: Actor, context: DecideContext): void => {
  const { pending } = state;
  if (pending?.kind !== 'resolution') return;
  if (!APART_OUTCOMES.includes(pending.outcome)) checkRight(state, actor, pending.outcome, context);
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
export const checkAct = (state: TipState, actor: Actor, act: Act, context: DecideContext): void => {
  switch (act.step) {
    case 'classified':
      checkClassification(state, act, context);
      break;
    case 'extension_proposed':
      checkExtension(state, act, true, context);
      checkProcuracy(act.toUnit, context);
      filled('ground', act.ground);
      numbered(act.documentNumber);
      break;
    case 'extended':
      if (state.pending?.kind === 'extension') checkExtension(state, state.pending, false, context);
      numbered(act.documentNumber);
      break;
    case 'extension_refused':
    case 'suspension_refused':
      filled('reason', act.reason);
      break;
    case 'receipt_noticed':
      checkProcuracy(act.toUnit, context);
      checkNotice(act.impossible, context);
      break;
    case 'notified':
    case 'suspension_noticed':
      checkNotice(act.impossible, context);
      break;
    case 'child_measures_taken':
    case 'resumed':
      filled('ground', act.ground);
      numbered(act.documentNumber);
      break;
    case 'assignment_proposed':
      // Asked of the provincial investigation office, for an officer of the commune (HD 11/HD-BCA-V03).
      if (context.unitKind !== 'commune_police') throw new AppError('step_not_allowed');
      numbered(act.documentNumber);
      break;
    case 'suspension_proposed':
      checkProcuracy(act.toUnit, context);
      filled('ground', act.ground);
      numbered(act.documentNumber);
      break;
    case 'suspension_annulled':
      filled('reason', act.reason);
      numbered(act.documentNumber);
      break;
    case 'reopened':
      checkReopening(state, actor, act);
      break;
    case 'file_passed':
      filled('agency', act.agency);
      numbered(act.documentNumber);
      break;
    case 'diverted':
      if (act.toUnit === state.unit) throw new AppError('divert_target', { field: 'toUnit' });
      if (context.divertsTo === false) throw new AppError('divert_target', { field: 'toUnit' });
      filled('ground', act.ground);
      break;
    case 'post_check_set':
      checkFollowUp(state, act.day, act.focal, act.deputy, context.now);
      break;
    case 'post_check_done':
      if (state.postCheck === null) throw new AppError('step_not_allowed');
      filled('reason', act.reason);
      break;
    case 'suspended':
      checkRight(state, actor, 'suspended', context);
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
      if (act.outcome === 'withdrawn' && context.thread?.withdrew !== true)
        throw new AppError('withdrawal_missing', { field: 'outcome' });
      if (state.stage !== 'verifying' && needsChecking(state, act.outcome))
        throw new AppError('check_first', { field: 'outcome' });
      filled('ground', act.ground);
      if (act.outcome !== 'duplicate' && act.mergedInto !== undefined)
        throw new AppError('field_invalid', { field: 'mergedInto' });
      if (act.outcome === 'duplicate' && act.mergedInto === undefined)
        throw new AppError('merge_target', { field: 'mergedInto' });
      if ((act.outcome === 'not_prosecuted') !== (act.noCase !== undefined))
        throw new AppError('field_invalid', { field: 'noCase' });
      if ((act.outcome === 'not_prosecuted') !== (act.violationLeft !== undefined))
        throw new AppError('field_invalid', { field: 'violationLeft' });
      // A tip that another unit here took over is theirs: what leaves for elsewhere counts once somebody has it.
      if (act.outcome === 'transferred' && (act.acknowledgedBy ?? '').trim() === '')
        throw new AppError('acknowledgement', { field: 'acknowledgedBy' });
      if (act.outcome !== 'transferred' && act.acknowledgedBy !== undefined)
        throw new AppError('field_invalid', { field: 'acknowledgedBy' });
      break;
    case 'resolution_refused':
    case 'shredding_refused':
      filled('reason', act.reason);
      break;
    case 'resolved':
      checkApproval(state, actor, context);
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
      numbered(act.documentNumber);
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
