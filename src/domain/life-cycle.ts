import { type Calendar, dayOf, endOfDay, yearOf } from './calendar.ts';
import { type ClockRules, startClock } from './clocks.ts';
import type { CitizenStep } from './conversation.ts';
import { AppError } from './errors.ts';
import type { ExtensionRule } from './extension.ts';
import type { Seconds, UnitId } from './ids.ts';
import { isCheckable, type KindDuties, needsChecking } from './legal-duties.ts';
import { checkAct, checkPeople, isMoot, peopleFit } from './life-cycle-checks.ts';
import { changeOfClocks, stopped } from './life-cycle-clocks.ts';
import {
  type Act,
  type Actor,
  type PendingResolution,
  STEPS,
  type Step,
  type TipChange,
  type TipState,
} from './life-cycle-types.ts';
import { leavesPlans } from './merging.ts';
import { type Extension, extensionOverlay, isWorking } from './overlay.ts';
import { holdsAny } from './roles.ts';
import type { SettlementRight, SettlementRule } from './settlement.ts';
import type { Circumstance, ClockName, LegalKind, Outcome, Overlay, Priority, UnitKind } from './terms.ts';
import type { ThreadFacts } from './thread.ts';
import type { Transition } from './transition-types.ts';
import { APART_OUTCOMES, TRANSITIONS, VERIFIED_OUTCOMES } from './transitions.ts';

export { TRANSITIONS } from './transitions.ts';

/** What `decide` needs beside the tip and the actor. */
export interface DecideContext {
  readonly now: Seconds;
  readonly rules: ClockRules;
  readonly calendar: Calendar;
  /** Null for whoever signs without the law at hand: the service decides. */
  readonly extensions: readonly ExtensionRule[] | null;
  readonly settlement: readonly SettlementRule[];
  readonly kinds: ReadonlyMap<LegalKind, KindDuties>;
  /** Recorded rights of the actor; those that hold at `now` count. */
  readonly rights: readonly SettlementRight[];
  /** True where the unit that holds the tip once the step is done lies in a remote area. */
  readonly remote: boolean;
  /** Kind of the unit that holds the tip once the step is done: for `transfer_acknowledged` the receiving unit's. */
  readonly unitKind: UnitKind;
  /** Ids of the conduct table; when given, another conduct is refused. */
  readonly knownConducts?: ReadonlySet<string>;
  /**
   * What the conversation's events say (`threadFacts`): for muting, for passing on what a support unit was told, for notices that nobody can read,
   * and whether the author's own key signed a withdrawal, without which nobody proposes `withdrawn`.
   */
  readonly thread?: Pick<ThreadFacts, 'muted' | 'consents' | 'noCode' | 'withdrew'>;
  /** False when the procuracy that the act names does not stand over the unit; left out by whoever cannot know. */
  readonly supervises?: boolean;
  /** False when the unit that the act names takes no diverted tips; left out by whoever cannot know. */
  readonly divertsTo?: boolean;
  /** Kind of the unit that a transfer is to go to. */
  readonly toUnitKind?: UnitKind;
}

/** Facts of a submission that start its life cycle. */
export interface Submitted {
  readonly unitKind: UnitKind;
  /** From `initialPriority`. */
  readonly priority: Priority;
  readonly t0: Seconds;
}

/** The change that a submission itself makes: stage `submitted`, and the clocks of receipt running from T0. */
export const initialState = (
  submitted: Submitted,
  context: Pick<DecideContext, 'rules' | 'calendar'>,
): TipChange => ({
  step: 'submitted',
  stage: 'submitted',
  overlay: 'none',
  priority: submitted.priority,
  legalKind: null,
  conduct: null,
  outcome: null,
  extension: 0,
  supervisor: null,
  circumstances: [],
  leavesRates: false,
  startClocks: (rowsOf('submitted')[0]?.starts ?? []).flatMap(
    (clock: ClockName) =>
      startClock(
        clock,
        { step: 'submitted', now: submitted.t0, t0: submitted.t0 },
        { unitKind: submitted.unitKind, legalKind: null, circumstances: [], remote: false },
        context,
      ) ?? [],
  ),
  stopClocks: [],
});

/**
 * The steps that this person may take on this tip now, in the table's order, each once. Data that only the act itself brings (an
 * outcome, say) may still narrow a step: see `outcomesFor`.
 */
export const allowedSteps = (state: TipState, actor: Actor): Step[] =>
  STEPS.filter(
    (step) =>
      !isMoot(step, state) && rowsOf(step).some((row) => stageFits(row, state) && mayTake(row, state, actor)),
  );

/** The outcomes that this person may propose on this tip now. `withdrawn` also needs the author's signed withdrawal. */
export const outcomesFor = (state: TipState, actor: Actor): Outcome[] =>
  [...VERIFIED_OUTCOMES, ...APART_OUTCOMES].filter(
    (outcome) =>
      (state.stage === 'verifying' || !needsChecking(state, outcome)) &&
      rowsOf('resolution_proposed').some(
        (row) => endsIn(row, outcome) && stageFits(row, state) && mayTake(row, state, actor),
      ),
  );

/**
 * Decides one step: the change it makes, or an AppError. Codes: `step_forbidden` (this person may not), `step_not_allowed` (not in
 * this state, with the field when it is the data that does not fit), `same_person`, `outside_person`, `document_number`,
 * `stale` (another decision is open than the one named), `merge_target` (a duplicate that names no tip to be merged into), `consent_missing`
 * (a support unit passes on what its sender has not agreed to), `field_invalid` (a required text is empty or a value does not fit).
 */
export const decide = (state: TipState, actor: Actor, act: Act, context: DecideContext): TipChange => {
  const row = rowFor(state, actor, act);
  checkPeople(row, state, actor, act);
  checkAct(state, actor, act, context);
  const outcome = outcomeAfter(state, act);
  const legalKind = act.step === 'classified' ? act.legalKind : state.legalKind;
  const leavesRates =
    act.step === 'canary_revealed' || (act.step === 'resolved' && leavesPlans(outcome, legalKind));
  const extension = extensionAfter(state, act);
  const circumstances = circumstancesAfter(state, act);
  return {
    step: act.step,
    stage: row.to === 'same' ? state.stage : row.to,
    overlay: overlayAfter(row, state, extension),
    priority: act.step === 'classified' || act.step === 'prioritised' ? act.priority : state.priority,
    legalKind,
    conduct: act.step === 'classified' ? act.conduct : state.conduct,
    outcome,
    extension,
    supervisor: supervisorAfter(state, act),
    circumstances,
    leavesRates,
    ...changeOfClocks(row, state, act, { ...context, legalKind, circumstances, leavesRates }),
    ...extras(state, actor, act, context.now),
  };
};

const outcomeAfter = (state: TipState, act: Act): Outcome | null => {
  if (act.step === 'reopened') return null;
  return (act.step === 'resolved' ? proposedResolution(state)?.outcome : null) ?? state.outcome;
};

/** A new holder and a new beginning count anew; the limit of all extensions together is from T0 anyway. */
const extensionAfter = (state: TipState, act: Act): Extension => {
  if (act.step === 'transfer_acknowledged' || act.step === 'diverted' || act.step === 'reopened') return 0;
  return act.step === 'extended' && state.pending?.kind === 'extension'
    ? state.pending.number
    : state.extension;
};

const circumstancesAfter = (state: TipState, act: Act): readonly Circumstance[] => {
  if (act.step !== 'classified') return state.circumstances;
  const found = act.circumstances.filter((one) => one !== 'checkable');
  return act.evidence !== null && isCheckable(act.evidence) ? [...found, 'checkable'] : found;
};

const supervisorAfter = (state: TipState, act: Act): UnitId | null => {
  if (act.step === 'diverted') return null;
  const names =
    act.step === 'receipt_noticed' || act.step === 'extension_proposed' || act.step === 'suspension_proposed';
  return names && act.toUnit !== null ? act.toUnit : state.supervisor;
};

const overlayAfter = (row: Transition, state: TipState, extension: Extension): Overlay => {
  if (row.toOverlay === 'transfer_sent' || row.toOverlay === 'suspended') return row.toOverlay;
  if (row.toOverlay === 'same' && !isWorking(state.overlay)) return state.overlay;
  return extensionOverlay(extension);
};

/**
 * The change that a step of the citizen makes: stage and overlay stay, a clock that waited for their answer stops. It stops at the end of
 * the day, because no finer time of a citizen's act is kept. Throws `step_not_allowed`.
 */
export const decideCitizen = (
  state: TipState,
  step: CitizenStep,
  context: Pick<DecideContext, 'now'>,
): TipChange => {
  const row = rowsOf(step).find(
    (candidate) => candidate.who.some((who) => who.party === 'citizen') && stageFits(candidate, state),
  );
  if (row === undefined) throw new AppError('step_not_allowed');
  const { stage, overlay, priority, legalKind, conduct, outcome, extension, supervisor, circumstances } =
    state;
  return {
    ...{ step, stage, overlay, priority, legalKind, conduct, outcome, extension, supervisor, circumstances },
    leavesRates: false,
    startClocks: [],
    stopClocks: stopped(row, state, endOfDay(dayOf(context.now)), false),
  };
};

const proposedResolution = ({ pending }: TipState): PendingResolution | null =>
  pending?.kind === 'resolution' ? pending : null;

/** The table's rows by step, in their order. */
const ROWS: ReadonlyMap<Step, readonly Transition[]> = Map.groupBy(TRANSITIONS, ({ step }) => step);

const rowsOf = (step: Step): readonly Transition[] => ROWS.get(step) ?? [];

/** Steps whose row is for tips that ended in one way, not for acts that name an outcome. */
const AFTER_OUTCOME: ReadonlySet<Step> = new Set(['file_passed', 'post_check_set', 'post_check_done']);

const stageFits = (row: Transition, state: TipState): boolean =>
  state.shredded !== true &&
  row.from.includes(state.stage) &&
  (row.overlay === 'any' ||
    (row.overlay === 'none' ? isWorking(state.overlay) : row.overlay === state.overlay)) &&
  (!AFTER_OUTCOME.has(row.step) ||
    row.only?.outcomes === undefined ||
    (state.outcome !== null && row.only.outcomes.includes(state.outcome))) &&
  (row.only?.legalKinds === undefined ||
    (state.legalKind !== null && row.only.legalKinds.includes(state.legalKind)));

const roleFits = (row: Transition, state: TipState, actor: Actor): boolean =>
  row.who.some((who) => {
    if (!holdsAny(actor.roles, who.roles)) return false;
    if (who.party === 'unit') return actor.unit === state.unit;
    if (who.party === 'receiver') return actor.unit === state.transferTo;
    if (who.party === 'auditor') return actor.ofInstance === true;
    if (who.party === 'supervisor') return actor.unit === state.supervisor;
    if (who.party === 'diverter') return actor.unit !== state.unit && actor.divertsFrom === true;
    if (who.party === 'check_focal')
      return actor.staff === state.postCheck?.focal || actor.staff === state.postCheck?.deputy;
    return who.party === 'over' && actor.unit !== state.unit && actor.overTipUnit;
  }) ||
  (REFUSALS.has(row.step) && state.pending?.proposedBy === actor.staff);

/** Whoever proposed may take it back. */
const REFUSALS: ReadonlySet<Step> = new Set([
  'resolution_refused',
  'extension_refused',
  'suspension_refused',
]);

const mayTake = (row: Transition, state: TipState, actor: Actor): boolean =>
  roleFits(row, state, actor) && peopleFit(row, state, actor) === null;

const endsIn = (row: Transition, outcome: Outcome): boolean => row.only?.outcomes?.includes(outcome) === true;

const dataFits = (row: Transition, state: TipState, act: Act): boolean => {
  if (act.step === 'classified') return row.only?.competent === act.competent;
  if (act.step === 'resolution_proposed') return endsIn(row, act.outcome);
  const proposed = proposedResolution(state);
  if (act.step === 'resolved' && proposed !== null) return endsIn(row, proposed.outcome);
  if (act.step === 'extended' && state.pending?.kind === 'extension')
    return row.only?.extension === (state.pending.toUnit === null ? 'leader' : 'procuracy');
  return true;
};

const rowFor = (state: TipState, actor: Actor, act: Act): Transition => {
  const rows = rowsOf(act.step);
  if (!rows.some((row) => roleFits(row, state, actor))) throw new AppError('step_forbidden');
  const here = rows.filter((row) => stageFits(row, state));
  if (here.length === 0) throw new AppError('step_not_allowed');
  const fitting = here.filter((row) => dataFits(row, state, act));
  if (fitting.length === 0)
    throw new AppError('step_not_allowed', { field: act.step === 'classified' ? 'competent' : 'outcome' });
  const mine = fitting.find((row) => roleFits(row, state, actor));
  if (mine === undefined) throw new AppError('step_forbidden');
  return mine;
};

const extras = (state: TipState, actor: Actor, act: Act, now: Seconds): Partial<TipChange> => {
  const number = (unit: UnitId) => ({ register: { unit, year: yearOf(now) } });
  switch (act.step) {
    case 'registered':
      return number(state.unit);
    case 'assigned':
      return { assignee: act.assignee };
    case 'resolution_proposed': {
      const data = {
        outcome: act.outcome,
        documentNumber: act.documentNumber.trim(),
        ground: act.ground.trim(),
        ...(act.mergedInto === undefined ? {} : { mergedInto: act.mergedInto }),
        ...(act.noCase === undefined ? {} : { noCase: act.noCase }),
        ...(act.violationLeft === undefined ? {} : { violationLeft: act.violationLeft ? 'yes' : 'no' }),
        ...(act.acknowledgedBy === undefined ? {} : { acknowledgedBy: act.acknowledgedBy.trim() }),
      };
      return { openDecision: { kind: 'resolution', data, proposedBy: actor.staff } };
    }
    case 'shredding_proposed': {
      const data = { rule: act.rule, audited: act.audited, upTo: String(act.upTo) };
      return { openDecision: { kind: 'shredding', data, proposedBy: actor.staff } };
    }
    case 'shredded':
      return { closeDecision: { id: act.decision, approvedBy: actor.staff, result: 'approved' } };
    case 'resolution_refused':
    case 'shredding_refused':
    case 'extension_refused':
    case 'suspension_refused':
      return { closeDecision: { id: act.decision, approvedBy: actor.staff, result: 'refused' } };
    case 'resolved': {
      const closeDecision = { id: act.decision, approvedBy: actor.staff, result: 'approved' } as const;
      const mergesInto = proposedResolution(state)?.mergedInto ?? null;
      return mergesInto === null ? { closeDecision } : { closeDecision, mergesInto };
    }
    case 'extension_proposed': {
      const { number, until, toUnit } = act;
      const texts = { documentNumber: act.documentNumber.trim(), ground: act.ground.trim() };
      const data = { number: String(number), until, ...texts, ...(toUnit === null ? {} : { toUnit }) };
      return { openDecision: { kind: 'extension', data, proposedBy: actor.staff } };
    }
    case 'suspension_proposed': {
      const data = {
        why: act.why,
        documentNumber: act.documentNumber.trim(),
        ground: act.ground.trim(),
        toUnit: act.toUnit,
      };
      return { openDecision: { kind: 'suspension', data, proposedBy: actor.staff } };
    }
    case 'extended':
    case 'suspended':
      return { closeDecision: { id: act.decision, approvedBy: actor.staff, result: 'approved' } };
    case 'diverted': {
      const content = actor.unit === state.unit;
      const unseen = state.stage === 'submitted';
      const custody = { kind: 'divert', to: act.toUnit, content, unseen } as const;
      const { pending } = state;
      if (pending === null) return { custody };
      return { custody, closeDecision: { id: pending.id, approvedBy: actor.staff, result: 'refused' } };
    }
    case 'post_check_set': {
      const { day, focal, deputy } = act;
      return { postCheck: { kind: 'set', day, about: act.kind, focal, deputy } };
    }
    case 'reopened':
      // What begins anew needs no follow-up of its former end.
      return state.postCheck === null ? {} : { postCheck: { kind: 'done', result: 'again' } };
    case 'post_check_done':
      return { postCheck: { kind: 'done', result: act.result } };
    case 'transfer_sent':
      return { custody: { kind: 'offer', to: act.toUnit } };
    case 'transfer_acknowledged':
      return { ...number(actor.unit), custody: { kind: 'accept', unit: actor.unit } };
    case 'transfer_returned':
      return { custody: { kind: 'return' } };
    default:
      return {};
  }
};
