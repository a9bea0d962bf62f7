import { type OpenedDecision, openedDecision } from '../../domain/event-parts.ts';
import type { Seconds, TipId } from '../../domain/ids.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import { equalBytes, utf8 } from '../../protocol/bytes.ts';
import { type Decision, parseDecision } from '../../protocol/decision.ts';
import { type Dsse, pae, parseDsse } from '../../protocol/dsse.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { Person } from '../people.ts';
import type { Fault, SignatureDue } from './event.ts';

/** What a check of a decision found: what is wrong already, and signatures that must hold. */
export interface DecisionFindings {
  readonly faults: readonly Fault[];
  readonly due: readonly SignatureDue[];
  readonly envelope: Dsse | null;
}

const fault = (detail: string): Fault => ({ check: 'twoSigners', detail });
const wrong = (detail: string): DecisionFindings => ({ faults: [fault(detail)], due: [], envelope: null });

/** The envelope of a decision's text (attacker-controlled); null for what is none. */
function opened(text: unknown): Dsse | null {
  if (typeof text !== 'string') return null;
  try {
    return parseDsse(utf8(text));
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/** True when the text is a decision statement that says just this. */
function says(text: unknown, expected: OpenedDecision): boolean {
  let found: Decision;
  try {
    found = parseDecision(utf8(String(text)));
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
  const { instance, tip, kind, proposedBy, at, data } = found;
  return (
    instance === expected.instance &&
    tip === expected.tip &&
    kind === expected.kind &&
    proposedBy === expected.proposedBy &&
    at === expected.at &&
    Object.keys(data).length === Object.keys(expected.data).length &&
    Object.entries(expected.data).every(([key, value]) => data[key] === value)
  );
}

/** A signature of the envelope under one of a person's keys; a fault when there is none. */
function signedBy(envelope: Dsse, at: number, person: Person, who: string): DecisionFindings {
  const signature = envelope.signatures[at];
  const key = person.keys.find(({ keyid }) => keyid === signature?.keyid);
  if (signature === undefined || key === undefined) return { ...wrong(`not signed by ${who}`), envelope };
  const message = pae(envelope.payloadType, envelope.payload);
  const due = { signature: signature.sig, message, publicKey: key.signKey };
  return { faults: [], due: [{ ...due, fault: fault(`signature of ${who}`) }], envelope };
}

/** A proposal's statement: it says what the step says, and its proposer alone signed it. */
export function checkProposal(
  text: unknown,
  change: TipChange,
  named: { readonly instance: string; readonly tip: TipId; readonly at: Seconds },
  proposer: Person,
): DecisionFindings {
  const envelope = opened(text);
  const expected = openedDecision(change, named);
  if (envelope === null || expected === null) return wrong('no decision statement');
  if (!says(text, expected)) return wrong('the statement says something else than the step');
  if (envelope.signatures.length !== 1) return wrong('a proposal has one signature');
  return signedBy(envelope, 0, proposer, 'its proposer');
}

/** The completed statement: the very bytes that were proposed, the proposer's signature as it was, and a second person's. */
export function checkApproval(text: unknown, proposal: Dsse | null, approver: Person): DecisionFindings {
  const envelope = opened(text);
  if (envelope === null) return wrong('no decision statement');
  if (proposal === null) return { faults: [], due: [], envelope };
  if (envelope.payloadType !== proposal.payloadType || !equalBytes(envelope.payload, proposal.payload))
    return wrong('other bytes than were proposed');
  const [mine, theirs] = envelope.signatures;
  const [first] = proposal.signatures;
  if (envelope.signatures.length !== 2 || mine === undefined || theirs === undefined || first === undefined)
    return wrong('two signatures are due');
  if (mine.keyid !== first.keyid || !equalBytes(mine.sig, first.sig))
    return wrong('not the signature of the proposal');
  return signedBy(envelope, 1, approver, 'a second person');
}
