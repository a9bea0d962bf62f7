import { openedDecision } from '../../../domain/event-parts.ts';
import type { Seconds, StaffId } from '../../../domain/ids.ts';
import type { TipChange, TipState } from '../../../domain/life-cycle-types.ts';
import { PROPOSAL_OF, pendingFrom } from '../../../domain/pending.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { fromUtf8, utf8 } from '../../../protocol/bytes.ts';
import {
  cosignDecision,
  type Decision,
  parseDecision,
  signDecision,
  verifyDecision,
} from '../../../protocol/decision.ts';
import { ensure } from '../../../protocol/errors.ts';
import { parsePart } from '../../../protocol/event.ts';
import { isActive, type VerifiedMember } from '../../../protocol/membership.ts';
import { Problem } from '../http.ts';
import type { TipDetail } from '../wire.ts';
import type { PendingView } from './calls.ts';
import type { WorkerState } from './state.ts';

/** The proposer's own statement, signed: what the second person will sign as well. */
export function proposalText(state: WorkerState, detail: TipDetail, change: TipChange, at: Seconds): string {
  const decision = openedDecision(change, { instance: state.pins.instance, tip: detail.tip, at });
  ensure(decision !== null, 'statement_malformed');
  return fromUtf8(signDecision(state.suite, decision, state.keyring.secrets.sign));
}

const PROPOSALS = new Set<string>(Object.values(PROPOSAL_OF));

/** The statement of the proposal that is open, as it stands in its event. Throws `event_part`. */
export function openProposal(detail: TipDetail): Uint8Array {
  const proposal = detail.events.findLast((event) => PROPOSALS.has(event.type));
  ensure(proposal !== undefined, 'event_part', 'decision');
  const { decision } = parsePart(fromBase64Url(proposal.restrictedPart));
  ensure(typeof decision === 'string', 'event_part', 'decision');
  return utf8(decision);
}

/**
 * The open proposal with the second signature over the very same bytes. The proposer's signature is checked first, and that the
 * statement says what the page showed. Throws Problem `stale`, ProtocolError `decision_signers`.
 */
export async function approvalText(state: WorkerState, detail: TipDetail): Promise<string> {
  const statement = openProposal(detail);
  const view = await pendingView(state, detail, await proposerMembers(state, detail));
  if (view === null) throw new Problem('stale');
  ensure(view.proven, 'decision_signers');
  return fromUtf8(cosignDecision(state.suite, statement, state.keyring.secrets.sign));
}

const proposerMembers = (state: WorkerState, detail: TipDetail): Promise<readonly VerifiedMember[]> => {
  const unit = detail.state.pending?.proposerUnit;
  return unit === undefined ? Promise.resolve([]) : state.directories.members([unit], state.keyring.now());
};

/** The open proposal as its proposer signed it, or null when none is open. A shredding has a page of its own. */
export async function pendingView(
  state: WorkerState,
  detail: TipDetail,
  members: readonly VerifiedMember[],
): Promise<PendingView | null> {
  const { pending } = detail.state;
  if (pending === null || pending.kind === 'shredding') return null;
  const statement = openProposal(detail);
  const decision = parseDecision(statement);
  const proposer = members.filter(
    (member) => member.person === pending.proposedBy && isActive(member, decision.at),
  );
  return {
    id: pending.id,
    kind: pending.kind,
    data: decision.data,
    proposedBy: pending.proposedBy,
    name: proposer[0]?.name ?? '',
    at: decision.at,
    proven: sameAsTold(state, detail, decision, pending) && isSigned(state, statement, proposer),
  };
}

/** True when the signed statement, read as the service reads it, says what the service told. */
const sameAsTold = (
  state: WorkerState,
  detail: TipDetail,
  { instance, tip, kind, proposedBy, data }: Decision,
  told: NonNullable<TipState['pending']>,
): boolean => {
  if (instance !== state.pins.instance || tip !== detail.tip || kind !== told.kind) return false;
  const { id, proposerUnit } = told;
  const said = pendingFrom({ kind, data }, { id, proposedBy: proposedBy as StaffId, proposerUnit });
  return said !== null && isSame({ ...said }, { ...told });
};

const isSame = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => other[key] === value);

const isSigned = (
  state: WorkerState,
  statement: Uint8Array,
  proposer: readonly VerifiedMember[],
): boolean => {
  try {
    const keys = proposer.map((member) => member.signKey);
    return verifyDecision(state.suite, statement, keys, 1).signers.length > 0;
  } catch {
    return false;
  }
};
