import { AppError } from '../../domain/errors.ts';
import { openedDecision } from '../../domain/event-parts.ts';
import type { Seconds } from '../../domain/ids.ts';
import type { Act, Step, TipChange } from '../../domain/life-cycle-types.ts';
import { PROPOSAL_OF } from '../../domain/pending.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { equalBytes, utf8 } from '../../protocol/bytes.ts';
import { parseDecision } from '../../protocol/decision.ts';
import { type Dsse, keyId, pae, parseDsse } from '../../protocol/dsse.ts';
import { parsePart } from '../../protocol/event.ts';
import type { SentEvent } from './signed-event.ts';

/**
 * Checks the decision statement of a two-person step. A proposal carries it with the proposer's signature; the step that completes
 * it carries the very same bytes with a second person's. Returns its exact text for the event's restricted part, nothing for other
 * steps. Errors: `event_invalid` (another statement than the step's), `event_signature`, `two_people` (not both signatures).
 */
export async function checkDecision(
  deps: Deps,
  tip: TipDetail,
  act: Act,
  change: TipChange,
  sent: SentEvent,
  signKey: Uint8Array,
): Promise<string | undefined> {
  if (change.openDecision !== undefined) return checkProposal(deps, tip, change, sent, signKey);
  const proposal = PROPOSAL_OF[act.step];
  return proposal === undefined ? undefined : checkApproval(deps, tip, proposal, sent, signKey);
}

const invalid = (): never => {
  throw new AppError('event_invalid', { field: 'event.decision' });
};

async function checkProposal(
  deps: Deps,
  tip: TipDetail,
  change: TipChange,
  sent: SentEvent,
  signKey: Uint8Array,
): Promise<string> {
  const text = decisionText(sent.sent.restrictedPart);
  const at = sent.at as Seconds;
  const expected = openedDecision(change, { instance: deps.instance.id, tip: tip.tip, at });
  const decision = parseDecision(utf8(text));
  if (expected === null || !sameDecision(decision, expected)) return invalid();
  const envelope = parseDsse(utf8(text));
  if (envelope.signatures.length !== 1) throw new AppError('two_people', { field: 'event.decision' });
  await requireSignature(deps, envelope, signKey);
  return text;
}

async function checkApproval(
  deps: Deps,
  tip: TipDetail,
  type: Step,
  sent: SentEvent,
  signKey: Uint8Array,
): Promise<string> {
  const proposal = tip.events.findLast((event) => event.type === type);
  if (proposal === undefined) return invalid();
  const first = parseDsse(utf8(decisionText(proposal.restrictedPart)));
  const text = decisionText(sent.sent.restrictedPart);
  const both = parseDsse(utf8(text));
  if (both.payloadType !== first.payloadType || !equalBytes(both.payload, first.payload)) return invalid();
  const [mine, theirs] = both.signatures;
  const proposed = first.signatures[0];
  if (both.signatures.length !== 2 || proposed === undefined || mine === undefined || theirs === undefined)
    throw new AppError('two_people', { field: 'event.decision' });
  if (mine.keyid !== proposed.keyid || !equalBytes(mine.sig, proposed.sig)) return invalid();
  await requireSignature(deps, { ...both, signatures: [theirs] }, signKey);
  return text;
}

/** The statement's exact text as the signer put it into the restricted part. */
function decisionText(restrictedPart: Uint8Array): string {
  const { decision } = parsePart(restrictedPart);
  return typeof decision === 'string' ? decision : invalid();
}

export async function requireSignature(deps: Deps, envelope: Dsse, signKey: Uint8Array): Promise<void> {
  const [signature] = envelope.signatures;
  const message = pae(envelope.payloadType, envelope.payload);
  const named = signature?.keyid === keyId(deps.crypto, signKey);
  if (!named || !(await deps.crypto.verify(signature.sig, message, signKey)))
    throw new AppError('event_signature', { field: 'event.decision' });
}

const sameDecision = (
  given: ReturnType<typeof parseDecision>,
  expected: NonNullable<ReturnType<typeof openedDecision>>,
): boolean =>
  given.instance === expected.instance &&
  given.tip === expected.tip &&
  given.kind === expected.kind &&
  given.proposedBy === expected.proposedBy &&
  given.at === expected.at &&
  Object.keys(given.data).length === Object.keys(expected.data).length &&
  Object.entries(expected.data).every(([key, value]) => given.data[key] === value);
