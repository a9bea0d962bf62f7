import { type Calendar, dayOf, endOfDay, yearOf } from './calendar.ts';
import { type ClockRules, startClock, stopClock } from './clocks.ts';
import type { CitizenStep } from './conversation.ts';
import { AppError } from './errors.ts';
import type { Seconds, UnitId } from './ids.ts';
import { checkAct, checkPeople, peopleFit } from './life-cycle-checks.ts';
import {
  type Act,
  type Actor,
  type ClockStart,
  type ClockStop,
  type PendingResolution,
  STEPS,
  type Step,
  type TipChange,
  type TipState,
} from './life-cycle-types.ts';
import { leavesPlans } from './merging.ts';
import { holdsAny } from './roles.ts';
import type { ClockName, IdentityMode, Outcome, Priority, UnitKind } from './terms.ts';
import type { ThreadFacts } from './thread.ts';
import type { Transition } from './transition-types.ts';
import { APART_OUTCOMES, TRANSITIONS, VERIFIED_OUTCOMES } from './transitions.ts';

export { TRANSITIONS } from './transitions.ts';

/** What `decide` needs beside the tip and the actor. */
export interface DecideContext {
  readonly now: Seconds;
  readonly rules: ClockRules;
  readonly calendar: Calendar;
  /** Kind of the unit that holds the tip once the step is done: for `transfer_acknowledged` the receiving unit's. */
  readonly unitKind: UnitKind;
  /** Ids of the conduct table; when given, another conduct is refused. */
  readonly knownConducts?: ReadonlySet<string>;
  /** How far the informant is known; `anonymous` when left out. A `denunciation` needs a known author (Luật Tố cáo 2018 Đ22–23). */
  readonly identity?: IdentityMode;
  /** True when the author's own key signed a withdrawal: without it nobody can propose `withdrawn`. */
  readonly authorWithdrew?: boolean;
  /** What the conversation's events say (`threadFacts`): for muting, and for passing on what a support unit was told. */
  readonly thread?: Pick<ThreadFacts, 'muted' | 'consents'>;
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
  leavesRates: false,
  startClocks: started(
    rowsOf('submitted')[0]?.starts ?? [],
    { step: 'submitted', now: submitted.t0, t0: submitted.t0, unitKind: submitted.unitKind },
    context,
  ),
  stopClocks: [],
});

/**
 * The steps that this person may take on this tip now, in the table's order, each once. Data that only the act itself brings (an
 * outcome, say) may still narrow a step: see `outcomesFor`.
 */
export const allowedSteps = (state: TipState, actor: Actor): Step[] =>
  STEPS.filter((step) => rowsOf(step).some((row) => stageFits(row, state) && mayTake(row, state, actor)));

/** The outcomes that this person may propose on this tip now. `withdrawn` also needs the author's signed withdrawal. */
export const outcomesFor = (state: TipState, actor: Actor): Outcome[] =>
  [...VERIFIED_OUTCOMES, ...APART_OUTCOMES].filter((outcome) =>
    rowsOf('resolution_proposed').some(
      (row) =>
        row.only?.outcomes?.includes(outcome) === true && stageFits(row, state) && mayTake(row, state, actor),
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
  checkAct(state, act, context);
  const outcome = act.step === 'resolved' ? (proposedResolution(state)?.outcome ?? null) : state.outcome;
  const legalKind = act.step === 'classified' ? act.legalKind : state.legalKind;
  const leavesRates =
    act.step === 'canary_revealed' || (act.step === 'resolved' && leavesPlans(outcome, legalKind));
  const at = { step: act.step, now: context.now, t0: state.t0, unitKind: context.unitKind };
  return {
    step: act.step,
    stage: row.to === 'same' ? state.stage : row.to,
    overlay: row.toOverlay === 'same' ? state.overlay : row.toOverlay,
    priority: act.step === 'classified' || act.step === 'prioritised' ? act.priority : state.priority,
    legalKind,
    conduct: act.step === 'classified' ? act.conduct : state.conduct,
    outcome,
    leavesRates,
    startClocks: [...started(row.starts, at, context), ...reopened(state, act, context)],
    stopClocks: stopped(row, state, context.now, leavesRates),
    ...extras(state, actor, act, context.now),
  };
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
  const { stage, overlay, priority, legalKind, conduct, outcome } = state;
  return {
    ...{ step, stage, overlay, priority, legalKind, conduct, outcome },
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

const stageFits = (row: Transition, state: TipState): boolean =>
  state.shredded !== true &&
  row.from.includes(state.stage) &&
  (row.overlay === 'any' || row.overlay === state.overlay) &&
  (row.only?.legalKinds === undefined ||
    (state.legalKind !== null && row.only.legalKinds.includes(state.legalKind)));

const roleFits = (row: Transition, state: TipState, actor: Actor): boolean =>
  row.who.some((who) => {
    if (!holdsAny(actor.roles, who.roles)) return false;
    if (who.party === 'unit') return actor.unit === state.unit;
    if (who.party === 'receiver') return actor.unit === state.transferTo;
    if (who.party === 'auditor') return actor.ofInstance === true;
    return who.party === 'over' && actor.unit !== state.unit && actor.overTipUnit;
  }) ||
  (row.step === 'resolution_refused' && state.pending?.proposedBy === actor.staff);

const mayTake = (row: Transition, state: TipState, actor: Actor): boolean =>
  roleFits(row, state, actor) && peopleFit(row, state, actor) === null;

const dataFits = (row: Transition, state: TipState, act: Act): boolean => {
  if (act.step === 'classified') return row.only?.competent === act.competent;
  if (act.step === 'resolution_proposed') return row.only?.outcomes?.includes(act.outcome) === true;
  const proposed = proposedResolution(state);
  if (act.step === 'resolved' && proposed !== null)
    return row.only?.outcomes?.includes(proposed.outcome) === true;
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

const started = (
  clocks: readonly ClockName[],
  at: { readonly step: Step; readonly now: Seconds; readonly t0: Seconds; readonly unitKind: UnitKind },
  context: Pick<DecideContext, 'rules' | 'calendar'>,
): ClockStart[] => clocks.flatMap((clock) => startClock(clock, at, context.rules, context.calendar) ?? []);

/** A refused outcome sends the tip back to verification, whose clock runs on with its old limit. */
const reopened = (state: TipState, act: Act, context: DecideContext): ClockStart[] => {
  const proposed = proposedResolution(state);
  if (act.step !== 'resolution_refused' || proposed === null) return [];
  if (APART_OUTCOMES.includes(proposed.outcome)) return [];
  const verify = state.clocks.findLast((clock) => clock.clock === 'verify');
  if (verify === undefined || verify.stopped === null) return [];
  const rule = context.rules.rules.find((candidate) => candidate.id === verify.ruleVersion);
  const { clock, ruleVersion, started: from, due } = verify;
  const dueDay = stopClock(verify, verify.due, 'done').stoppedDay;
  return [{ clock, verb: rule?.verb ?? 'verified', ruleVersion, started: from, due, dueDay, reopens: true }];
};

const stopped = (row: Transition, state: TipState, now: Seconds, leavesRates: boolean): ClockStop[] => {
  const result = (clock: ClockName): ClockStop['result'] => {
    if (leavesRates || row.step === 'transfer_returned') return 'void';
    if (clock === 'transfer') return row.step === 'transfer_sent' ? 'done' : 'void';
    return row.step === 'transfer_acknowledged' && clock !== 'transfer_ack' ? 'transferred' : 'done';
  };
  return state.clocks
    .filter((clock) => clock.stopped === null && (leavesRates || row.stops.includes(clock.clock)))
    .map((clock) => stopClock(clock, now, result(clock.clock)));
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
      return { closeDecision: { id: act.decision, approvedBy: actor.staff, result: 'refused' } };
    case 'resolved': {
      const closeDecision = { id: act.decision, approvedBy: actor.staff, result: 'approved' } as const;
      const mergesInto = proposedResolution(state)?.mergedInto ?? null;
      return mergesInto === null ? { closeDecision } : { closeDecision, mergesInto };
    }
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
