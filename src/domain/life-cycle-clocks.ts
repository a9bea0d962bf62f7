import { type Calendar, dayOf, endOfDay } from './calendar.ts';
import { type ClockCase, type ClockRules, startClock, stopClock } from './clocks.ts';
import type { Seconds } from './ids.ts';
import type { Act, ClockStart, ClockStop, TipChange, TipState } from './life-cycle-types.ts';
import type { ClockName, UnitKind } from './terms.ts';
import type { Transition } from './transition-types.ts';
import { APART_OUTCOMES } from './transitions.ts';

/** What clocks need of a step's context, beside the tip before it. */
export interface ClockContext extends Pick<ClockCase, 'legalKind' | 'circumstances' | 'remote'> {
  readonly now: Seconds;
  readonly rules: ClockRules;
  readonly calendar: Calendar;
  readonly unitKind: UnitKind;
  readonly leavesRates: boolean;
}

/** The clocks that a step stops, starts, moves and lets run on. */
export const changeOfClocks = (
  row: Transition,
  state: TipState,
  act: Act,
  context: ClockContext,
): Pick<TipChange, 'startClocks' | 'stopClocks'> => ({
  startClocks: [
    ...row.starts.flatMap((clock) => begun(clock, row, state, act, context) ?? []),
    ...reopened(state, act, context.rules),
    ...extended(state, act),
  ],
  stopClocks: [
    ...stopped(row, state, context.now, context.leavesRates),
    ...(act.step === 'classified' ? noLongerOwed(state, context) : []),
  ],
});

/**
 * A clock as the step starts it. Classifying sets each once: one that runs gets the end and rule of the kind where another rule is for
 * it now, so that an extension stays, and what began with a resumption or anew does; one that has stopped stays. A follow-up ends on the
 * day that was set. Only who asks the procuracy for more time waits for an answer within days.
 */
const begun = (
  clock: ClockName,
  row: Transition,
  state: TipState,
  act: Act,
  context: ClockContext,
): ClockStart | null => {
  const { now, unitKind, legalKind, circumstances, remote } = context;
  const at = { step: act.step, now, t0: state.t0 };
  const start = startClock(clock, at, { unitKind, legalKind, circumstances, remote }, context);
  if (start === null) return null;
  if (clock === 'extension_answer' && act.step === 'extension_proposed' && act.toUnit === null) return null;
  if (act.step === 'post_check_set') {
    const due = endOfDay(act.day);
    return { ...start, due, dueDay: dayOf(due) };
  }
  const latest = state.clocks.findLast((one) => one.clock === clock);
  // The file is passed only where an administrative violation is left to be punished (TTLT 01/2017 Đ16.1).
  if (clock === 'pass_file' && !(state.pending?.kind === 'resolution' && state.pending.violationLeft))
    return null;
  // What nobody entered goes on in the clocks that it has, by the rules of whoever holds it now.
  if (act.step === 'diverted' && latest?.stopped === null && state.stage === 'submitted')
    return { ...start, again: 'moved' };
  if (act.step !== 'classified' || latest === undefined) return start;
  if (latest.stopped !== null) return beginsAgain(clock, row, state) ? start : null;
  const former = context.rules.rules.find(({ id }) => id === latest.ruleVersion);
  const set = former?.starts.some(({ step }) => step === 'classified') === true;
  return set && latest.ruleVersion !== start.ruleVersion ? { ...start, again: 'moved' } : null;
};

/** Duties that hang on what a tip is: once it is something else nobody owes them. */
const OF_THE_KIND: readonly ClockName[] = [
  ...(['assign', 'child_measures', 'propose_assignment'] as const),
  ...(['screen', 'accept', 'first_answer'] as const),
];

const noLongerOwed = (state: TipState, context: ClockContext): ClockStop[] => {
  const at = { step: 'classified', now: context.now, t0: state.t0 } as const;
  return state.clocks
    .filter(({ clock, stopped: end }) => end === null && OF_THE_KIND.includes(clock))
    .filter(({ clock }) => startClock(clock, at, context, context) === null)
    .map((clock) => stopClock(clock, context.now, 'void'));
};

/** A unit that took the tip over has its own time to assign, propose, screen and accept; every unit may find anew that it must transfer. */
const beginsAgain = (clock: ClockName, row: Transition, state: TipState): boolean =>
  clock === 'transfer' ? row.starts.includes(clock) : state.stage === 'received' && OF_THE_UNIT.has(clock);

const OF_THE_UNIT: ReadonlySet<ClockName> = new Set(['assign', 'propose_assignment', 'screen', 'accept']);

/** An extension moves everything that runs to the end that the decision is about: `settle`, and what ends with it. */
const extended = (state: TipState, act: Act): ClockStart[] => {
  const { pending } = state;
  if (act.step !== 'extended' || pending?.kind !== 'extension') return [];
  const running = state.clocks.filter((clock) => clock.stopped === null);
  const settle = running.find((clock) => clock.clock === 'settle');
  const due = endOfDay(pending.until);
  return running
    .filter(({ clock, due: end }) => VERBS_OF_SETTLING.has(clock) && end === settle?.due)
    .map(({ clock, ruleVersion, started }) => ({
      ...{ clock, verb: VERBS_OF_SETTLING.get(clock) ?? null, ruleVersion, started, due },
      dueDay: dayOf(due),
      again: 'moved' as const,
    }));
};

const VERBS_OF_SETTLING: ReadonlyMap<ClockName, ClockStart['verb']> = new Map([
  ['verify', 'verified'],
  ['settle', null],
  ['handle', 'handled'],
]);

/** A refused outcome sends the tip back to verification, whose clock runs on with its old limit. */
const reopened = (state: TipState, act: Act, rules: ClockRules): ClockStart[] => {
  const { pending } = state;
  if (act.step !== 'resolution_refused' || pending?.kind !== 'resolution') return [];
  if (APART_OUTCOMES.includes(pending.outcome)) return [];
  const verify = state.clocks.findLast((clock) => clock.clock === 'verify');
  if (verify === undefined || verify.stopped === null) return [];
  const rule = rules.rules.find((candidate) => candidate.id === verify.ruleVersion);
  const { clock, ruleVersion, started: from, due } = verify;
  const dueDay = stopClock(verify, verify.due, 'done').stoppedDay;
  return [
    { clock, verb: rule?.verb ?? 'verified', ruleVersion, started: from, due, dueDay, again: 'run_on' },
  ];
};

/**
 * The running clocks that a step stops. Suspending takes out of the rates what is still in time, and launders nothing that is late; so does
 * beginning anew before the answer was given, which is not handled. A tip that its unit never entered keeps its clocks when it is diverted.
 */
export const stopped = (
  row: Transition,
  state: TipState,
  now: Seconds,
  leavesRates: boolean,
): ClockStop[] => {
  const result = (clock: ClockName, due: Seconds): ClockStop['result'] => {
    if (leavesRates || row.step === 'transfer_returned') return 'void';
    if (row.step === 'suspended' || (row.step === 'reopened' && clock === 'handle'))
      return now <= due ? 'void' : 'done';
    if (clock === 'transfer') return row.step === 'transfer_sent' ? 'done' : 'void';
    if (row.step === 'diverted') return clock === 'transfer_ack' ? 'void' : 'transferred';
    return row.step === 'transfer_acknowledged' && clock !== 'transfer_ack' ? 'transferred' : 'done';
  };
  const goesOn = (clock: ClockName): boolean =>
    row.step === 'diverted' && state.stage === 'submitted' && row.starts.includes(clock);
  return state.clocks
    .filter(({ clock, stopped: end }) => end === null && (leavesRates || row.stops.includes(clock)))
    .filter(({ clock }) => !goesOn(clock))
    .map((clock) => stopClock(clock, now, result(clock.clock, clock.due)));
};
