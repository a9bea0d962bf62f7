import { holderAfter } from '../../domain/event-parts.ts';
import { isDay, isHash, isTipId, isUnitId, type UnitId } from '../../domain/ids.ts';
import {
  type Actor,
  type PendingDecision,
  type RunningClock,
  SUSPENSION_GROUNDS,
  type TipChange,
  type TipState,
} from '../../domain/life-cycle-types.ts';
import { OUTCOMES } from '../../domain/terms.ts';

/** A number that no decision of a database has: the proposal's event does not name it, the step that closes the decision does. */
export const UNNAMED = -1;

/** The tip once a change was carried out. `clocks`: as the clock book then has them. */
export const stateAfter = (
  state: TipState,
  change: TipChange,
  actor: Pick<Actor, 'unit'>,
  clocks: readonly RunningClock[],
): TipState => ({
  unit: holderAfter(state, change),
  stage: change.stage,
  overlay: change.overlay,
  priority: change.priority,
  urgent: state.urgent,
  legalKind: change.legalKind,
  conduct: change.conduct,
  outcome: change.outcome,
  t0: state.t0,
  channel: state.channel,
  extension: change.extension,
  supervisor: change.supervisor,
  circumstances: change.circumstances,
  postCheck: postCheckAfter(state, change),
  clocks,
  pending: pendingAfter(state, change, actor.unit),
  transferTo: transferAfter(state, change),
  ...(change.step === 'shredded' ? { shredded: true } : {}),
});

function pendingAfter(state: TipState, change: TipChange, proposerUnit: UnitId): PendingDecision | null {
  const { openDecision, closeDecision } = change;
  if (closeDecision !== undefined) return null;
  if (openDecision === undefined) return state.pending;
  const { kind, data, proposedBy } = openDecision;
  const proposed = { id: UNNAMED, proposedBy, proposerUnit };
  if (kind === 'shredding') {
    const { rule = '', audited = '', upTo = '' } = data;
    return isHash(audited) ? { ...proposed, kind, rule, audited, upTo: Number(upTo) } : null;
  }
  const { documentNumber = null } = data;
  if (kind === 'extension') {
    const { number, until = '', toUnit = null } = data;
    if (!isDay(until) || (toUnit !== null && !isUnitId(toUnit))) return null;
    return { ...proposed, kind, documentNumber, number: number === '2' ? 2 : 1, until, toUnit };
  }
  if (kind === 'suspension') {
    const ground = SUSPENSION_GROUNDS.find((known) => known === data.why);
    const { toUnit = '' } = data;
    return ground === undefined || !isUnitId(toUnit)
      ? null
      : { ...proposed, kind, documentNumber, ground, toUnit };
  }
  const outcome = OUTCOMES.find((known) => known === data.outcome);
  const { mergedInto = '' } = data;
  const into = isTipId(mergedInto) ? mergedInto : null;
  return outcome === undefined ? null : { ...proposed, kind, outcome, documentNumber, mergedInto: into };
}

function postCheckAfter(state: TipState, { postCheck }: TipChange): TipState['postCheck'] {
  if (postCheck === undefined) return state.postCheck;
  return postCheck.kind === 'done' ? null : { focal: postCheck.focal, deputy: postCheck.deputy };
}

function transferAfter(state: TipState, { custody }: TipChange): UnitId | null {
  if (custody === undefined) return state.transferTo;
  return custody.kind === 'offer' ? custody.to : null;
}
