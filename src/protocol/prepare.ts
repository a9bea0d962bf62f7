import type { OperatorName } from '../domain/citizen-parts.ts';
import { submittedParts } from '../domain/event-parts.ts';
import type { Hash, Hour, TipId, UnitId } from '../domain/ids.ts';
import type { Assurance, ConductGroup, IntakeChannel } from '../domain/terms.ts';
import { toHex } from './bytes.ts';
import { type SealedEnvelope, sealEnvelope } from './envelope.ts';
import { ensure } from './errors.ts';
import { buildEvent, cosignEvent, eventLeaf, signEvent } from './event.ts';
import { encodeFacts, hashFacts } from './facts.ts';
import { type ExpectedPromise, parseAnswer, type SubmissionAnswer, verifyPromise } from './promise.ts';
import type { MailboxKeys } from './receipt-code.ts';
import { authorHash, encodeSubmission } from './submission.ts';
import type { SignKeyPair, Suite, Verifier } from './suite.ts';
import { epochRecipient } from './wraps.ts';

/** An operator who writes for a caller, and signs beside them. */
export interface SigningOperator extends OperatorName {
  readonly signer: SignKeyPair;
}

/** Where a tip goes: what `targetForUnit` found in a verified directory. */
export interface TipTarget {
  readonly unit: UnitId;
  readonly epoch: number;
  readonly publicKey: Uint8Array;
  readonly directoryHash: Hash;
}

export interface TipInput {
  readonly instance: string;
  readonly target: TipTarget;
  /** UTF-8 JSON, see `encodeTipContent`. */
  readonly content: Uint8Array;
  /** Exact manifest of what is attached, in the order of the content's entries; none without it. */
  readonly manifest?: Uint8Array;
  readonly keys: MailboxKeys;
  readonly urgent: boolean;
  readonly conductGroup: ConductGroup;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  /** Drawn beforehand by whoever committed to it; drawn here otherwise. */
  readonly tip?: TipId;
}

/** A sealed tip that waits for its challenge. Kept over retries, so that a second try is the same tip. */
export interface SealedTip {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly instance: string;
  readonly assurance: Assurance;
  readonly envelope: SealedEnvelope;
  readonly facts: Uint8Array;
  /** What the challenge is asked for with. */
  readonly sealHash: Hash;
}

/** A frame ready to be sent and what is needed to check the answer. */
export interface PreparedSubmission {
  readonly frame: Uint8Array;
  readonly record: Uint8Array;
  readonly sealed: SealedTip;
  readonly t0: Hour;
}

/** First step of sending: seals the content to the unit's epoch and to nobody else, not even to the citizen's own mailbox. */
export function sealTip(suite: Suite, input: TipInput): SealedTip {
  const { instance, target, keys, tip = toHex(suite.randomBytes(16)) as TipId } = input;
  const envelope = sealEnvelope(suite, {
    kind: 'tip',
    instance,
    tip,
    unit: target.unit,
    epoch: target.epoch,
    directory: target.directoryHash,
    author: keys.author,
    no: 1,
    prev: null,
    content: input.content,
    ...(input.manifest === undefined ? {} : { manifest: input.manifest }),
    recipients: [{ id: epochRecipient(target.unit, target.epoch), publicKey: target.publicKey }],
  });
  const facts = encodeFacts({
    unit: target.unit,
    epoch: target.epoch,
    urgent: input.urgent,
    conductGroup: input.conductGroup,
    channel: input.channel,
    assurance: input.assurance,
    mailbox: {
      locator: keys.locator,
      loginKey: keys.login.publicKey,
      mailboxKey: keys.mailbox.publicKey,
    },
  });
  return {
    tip,
    unit: target.unit,
    instance,
    assurance: input.assurance,
    envelope,
    facts,
    sealHash: envelope.sealHash,
  };
}

/**
 * Second step: the author signs the SUBMITTED event with the hour that came with the challenge. `solution` is the solved challenge
 * (UTF-8 JSON), empty for the server's own sealer. An operator who took the tip down signs the same bytes after the author.
 */
export function finishSubmission(
  suite: Suite,
  sealed: SealedTip,
  keys: Pick<MailboxKeys, 'author'>,
  challenge: { readonly t0: Hour; readonly solution: Uint8Array },
  taken?: SigningOperator,
): PreparedSubmission {
  const { citizen, restricted } = submittedParts({
    unit: sealed.unit,
    seal: sealed.sealHash,
    facts: toHex(hashFacts(suite, sealed.facts)) as Hash,
    author: authorHash(suite, sealed.tip, keys.author.publicKey),
    taken: taken ?? null,
  });
  const event = buildEvent(
    suite,
    {
      type: 'submitted',
      instance: sealed.instance,
      subject: `tip:${sealed.tip}`,
      no: 1,
      prev: null,
      time: { t0: challenge.t0 },
    },
    citizen,
    restricted,
  );
  const signed = signEvent(suite, event, keys.author);
  const record = taken === undefined ? signed : cosignEvent(suite, signed, taken.signer);
  const { seal, core, wraps, body, manifest } = sealed.envelope;
  const { citizenPart, citizenSalt, restrictedPart, restrictedSalt } = event;
  const frame = encodeSubmission({
    facts: sealed.facts,
    seal,
    core,
    wraps,
    body,
    record,
    citizenPart,
    citizenSalt,
    restrictedPart,
    restrictedSalt,
    solution: challenge.solution,
    manifest,
  });
  return { frame, record, sealed, t0: challenge.t0 };
}

/**
 * Third step: checks the server's answer to a submission. `now` is the browser's clock (UTC seconds). Throws the `promise_…` codes;
 * `promise_clock` alone means that the promise is good but a clock is off.
 */
export function checkAnswer(
  verifier: Verifier,
  prepared: PreparedSubmission,
  answer: Uint8Array,
  ledger: { readonly origin: string; readonly publicKey: Uint8Array },
  now: number,
): SubmissionAnswer {
  const parsed = parseAnswer(answer);
  ensure(parsed.leafSalt.length === 32, 'promise_malformed', 'leafSalt');
  const { sealed, record, t0 } = prepared;
  const expected: ExpectedPromise = {
    origin: ledger.origin,
    leaf: eventLeaf(verifier, parsed.leafSalt, record),
    seal: sealed.sealHash,
    unit: sealed.unit,
    t0,
    assurance: sealed.assurance,
  };
  verifyPromise(verifier, parsed.promise, ledger.publicKey, expected, now);
  return parsed;
}
