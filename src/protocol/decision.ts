import type { StaffId, TipId } from '../domain/ids.ts';
import { isStaffId, isTipId } from '../domain/ids.ts';
import { utf8 } from './bytes.ts';
import { cosignDsse, parseDsse, signDsse, validSigners } from './dsse.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import type { SignKeyPair, Suite, Verifier } from './suite.ts';

export const DECISION_TYPE = 'application/vnd.tinkin.decision+json';

/**
 * A two-person step as one statement: both people sign the very same bytes, whatever happened to the tip between the two signatures.
 * The proposal's event carries it with one signature, the event that completes the step carries it with both.
 */
export interface Decision {
  readonly instance: string;
  readonly tip: TipId;
  /** Which step, e.g. `resolution`. */
  readonly kind: string;
  readonly proposedBy: StaffId;
  /** UTC seconds. */
  readonly at: number;
  /** The step's data, e.g. outcome, documentNumber, ground. At most 20 fields of 2 000 characters. */
  readonly data: { readonly [key: string]: string };
}

/** The proposer's statement. */
export const signDecision = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  decision: Decision,
  signer: SignKeyPair,
): Uint8Array => signDsse(suite, DECISION_TYPE, decisionPayload(decision), [signer]);

/** The second person's signature over the same bytes. Throws `statement_malformed`, also for the same person twice. */
export const cosignDecision = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  statement: Uint8Array,
  signer: SignKeyPair,
): Uint8Array => cosignDsse(suite, statement, signer);

const decisionPayload = ({ instance, tip, kind, proposedBy, at, data }: Decision): Uint8Array =>
  utf8(JSON.stringify({ type: 'decision', instance, tip, kind, proposedBy, at, data }));

/** Parses a decision (attacker-controlled) without checking signatures. Throws `statement_malformed`. */
export function parseDecision(statement: Uint8Array): Decision {
  const envelope = parseDsse(statement);
  ensure(envelope.payloadType === DECISION_TYPE, 'statement_malformed', 'payloadType');
  const reader = new Reader(
    parseObject(envelope.payload, 32 * 1024, 'statement_malformed'),
    'statement_malformed',
  );
  reader.oneOf('type', ['decision']);
  const decision: Decision = {
    instance: reader.string('instance', 64),
    tip: reader.guarded('tip', 32, isTipId),
    kind: reader.string('kind', 40, /^[a-z0-9_]+$/),
    proposedBy: reader.guarded('proposedBy', 32, isStaffId),
    at: reader.integer('at', 0, 100_000_000_000),
    data: readData(reader.raw('data')),
  };
  reader.done();
  return decision;
}

function readData(value: unknown): { readonly [key: string]: string } {
  const reader = new Reader(value, 'statement_malformed', 'data');
  const keys = Object.keys(value as object);
  ensure(keys.length <= 20, 'statement_malformed', 'data');
  const data = Object.fromEntries(keys.map((key) => [key, reader.string(key, 2000)]));
  reader.done();
  return data;
}

/** Parses a decision and checks that `required` distinct people of the given public keys signed it. Throws `decision_signers`. */
export function verifyDecision(
  verifier: Verifier,
  statement: Uint8Array,
  publicKeys: readonly Uint8Array[],
  required: 1 | 2,
): { readonly decision: Decision; readonly signers: readonly Uint8Array[] } {
  const decision = parseDecision(statement);
  const signers = validSigners(verifier, parseDsse(statement), publicKeys);
  ensure(signers.length >= required, 'decision_signers');
  return { decision, signers };
}
