import { holderAfter } from '../../domain/event-parts.ts';
import type { UnitId } from '../../domain/ids.ts';
import type {
  Actor,
  PendingDecision,
  RunningClock,
  TipChange,
  TipState,
} from '../../domain/life-cycle-types.ts';
import { pendingFrom } from '../../domain/pending.ts';

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
  const { proposedBy } = openDecision;
  return pendingFrom(openDecision, { id: UNNAMED, proposedBy, proposerUnit });
}

function postCheckAfter(state: TipState, { postCheck }: TipChange): TipState['postCheck'] {
  if (postCheck === undefined) return state.postCheck;
  return postCheck.kind === 'done' ? null : { focal: postCheck.focal, deputy: postCheck.deputy };
}

function transferAfter(state: TipState, { custody }: TipChange): UnitId | null {
  if (custody === undefined) return state.transferTo;
  return custody.kind === 'offer' ? custody.to : null;
}
