import { type Remains, readRemains } from '../../../domain/contribution.ts';
import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../../domain/event-parts.ts';
import { NO_LAW } from '../../../domain/law.ts';
import { decide } from '../../../domain/life-cycle.ts';
import type { Act, PendingShredding } from '../../../domain/life-cycle-types.ts';
import { cleanText } from '../../../domain/tip-form.ts';
import { fromUtf8 } from '../../../protocol/bytes.ts';
import { cosignDecision, parseDecision, verifyDecision } from '../../../protocol/decision.ts';
import { ensure } from '../../../protocol/errors.ts';
import { isActive } from '../../../protocol/membership.ts';
import { getJson, Problem, sendJson } from '../http.ts';
import type { TipDetail } from '../wire.ts';
import type { HandlersOf } from './calls.ts';
import { openProposal, proposalText } from './decisions.ts';
import type { RetentionCalls, RetentionWish } from './retention-calls.ts';
import { onceMore, signedEvent } from './signing.ts';
import type { WorkerState } from './state.ts';
import { actorFor, fetchTip } from './steps.ts';

const pathOf = (tip: string): string => `/api/staff/retention/${tip}`;

async function attempt(state: WorkerState, wish: RetentionWish): Promise<{ readonly cleared: boolean }> {
  const detail = await fetchTip(wish.tip);
  const act = actOf(wish, detail);
  const at = state.keyring.now();
  const actor = actorFor(state, detail);
  const { unitKind } = state.keyring.me;
  const change = decide(detail.state, actor, act, { ...NO_LAW, now: at, unitKind });
  const remains = act.step === 'shredded' ? await agreedRemains(detail) : null;
  const decision =
    act.step === 'shredding_proposed'
      ? proposalText(state, detail, change, at)
      : act.step === 'shredded'
        ? await approvedText(state, detail)
        : null;
  const facts: StepFacts = {
    state: detail.state,
    act,
    change,
    actor: { staff: actor.staff, unit: actor.unit },
    ...(decision === null ? {} : { decision }),
    ...(remains === null ? {} : { remains }),
  };
  const head = { type: act.step, subject: `tip:${detail.tip}`, head: detail.head, at };
  const event = signedEvent(state, head, citizenPartOf(facts), restrictedPartOf(facts));
  return sendJson('POST', `${pathOf(detail.tip)}/steps`, { act, event });
}

/** The open proposal to shred. Throws Problem `stale` when there is none. */
function pendingOf({ state }: TipDetail): PendingShredding {
  if (state.pending?.kind !== 'shredding') throw new Problem('stale');
  return state.pending;
}

function actOf(wish: RetentionWish, detail: TipDetail): Act {
  if (wish.kind === 'propose') {
    const { rule, audited } = wish;
    return { step: 'shredding_proposed', rule, audited, upTo: detail.head.no };
  }
  const decision = pendingOf(detail).id;
  if (wish.kind === 'approve') return { step: 'shredded', decision };
  return { step: 'shredding_refused', decision, reason: cleanText(wish.reason) };
}

/** What would remain, as the service tells it, when it is of the rule, the checkpoint and the events that were proposed. */
async function agreedRemains(detail: TipDetail): Promise<Remains> {
  const told = await getJson<{ readonly remains: unknown }>(pathOf(detail.tip));
  const remains = readRemains(told.remains);
  const { rule, audited, upTo } = pendingOf(detail);
  const agreed = remains.rule === rule && remains.audited.statement === audited && remains.upTo === upTo;
  ensure(agreed, 'event_part', 'remains');
  return remains;
}

/**
 * The proposal with my signature beside the first, over the very same bytes: after the proposer's was checked, and that the statement says
 * what is to be shredded. Throws ProtocolError `decision_signers`, `statement_malformed`.
 */
async function approvedText(state: WorkerState, detail: TipDetail): Promise<string> {
  const pending = pendingOf(detail);
  const statement = openProposal(detail);
  const decision = parseDecision(statement);
  const { rule, audited, upTo } = decision.data;
  const same =
    decision.instance === state.pins.instance &&
    decision.tip === detail.tip &&
    decision.kind === 'shredding' &&
    decision.proposedBy === pending.proposedBy &&
    rule === pending.rule &&
    audited === pending.audited &&
    upTo === String(pending.upTo);
  ensure(same, 'statement_malformed', 'data');
  const members = await state.directories.members([pending.proposerUnit], state.keyring.now());
  const keys = members
    .filter((member) => member.person === pending.proposedBy && isActive(member, decision.at))
    .map((member) => member.signKey);
  verifyDecision(state.suite, statement, keys, 1);
  return fromUtf8(cosignDecision(state.suite, statement, state.keyring.secrets.sign));
}

export const retentionHandlers: HandlersOf<RetentionCalls> = {
  async retain(state, wish) {
    const result = await onceMore(() => attempt(state, wish));
    state.reads.drop(wish.tip);
    return result;
  },
};
