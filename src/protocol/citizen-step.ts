import { addDays } from '../domain/calendar.ts';
import { citizenStepParts, type OperatorName } from '../domain/citizen-parts.ts';
import type { CitizenAct } from '../domain/conversation.ts';
import { CITIZEN_STEPS } from '../domain/conversation.ts';
import type { Day, Hash, TipId, UnitId } from '../domain/ids.ts';
import { isHash, isUnitId } from '../domain/ids.ts';
import type { TipChange, TipState } from '../domain/life-cycle-types.ts';
import { equalBytes, utf8 } from './bytes.ts';
import type { DecodedCitizenStep } from './citizen-frame.ts';
import { keyId } from './dsse.ts';
import { ensure } from './errors.ts';
import { checkEventParts, eventMessage, parsePart } from './event.ts';
import { Reader } from './json.ts';
import { hashMailboxFacts, type MailboxFacts } from './mailbox-facts.ts';
import type { ManifestEntry } from './manifest.ts';
import { hashSeal } from './seal.ts';
import { checkArrival, type SealedTo } from './sealed-check.ts';
import { authorHash } from './submission.ts';
import type { Hashes } from './suite.ts';

/** What the server knows of the tip and the step must agree with. */
export interface ExpectedCitizenStep {
  readonly instance: string;
  readonly tip: TipId;
  /** Newest event of the tip. */
  readonly head: { readonly no: number; readonly leaf: Hash };
  /** Newest envelope of the thread. */
  readonly thread: { readonly no: number; readonly seal: Hash };
  /** Units that a message is sealed to: the holder, then the one that a transfer is on its way to. */
  readonly readers: readonly UnitId[];
  /** Newest author key, 32 bytes. */
  readonly authorKey: Uint8Array;
  /** Today in UTC+7. The event may carry the day before or after: midnight passes, clocks differ. */
  readonly day: Day;
  readonly state: Pick<TipState, 'unit'>;
  /** From `decideCitizen` for the event's type. */
  readonly change: Pick<TipChange, 'stage' | 'overlay' | 'outcome'>;
  /** The operator whose session it came through; null for a citizen's own browser. */
  readonly operator: OperatorName | null;
}

/** A step whose every part fits every other and the tip; signatures, epochs, uploads and challenge remain to be checked. */
export interface CheckedCitizenStep {
  readonly act: CitizenAct;
  /** Day that the event carries. */
  readonly day: Day;
  readonly attachments: readonly ManifestEntry[];
  /** Epochs that the message is sealed to: each must be live. Empty without a message. */
  readonly epochs: readonly SealedTo[];
  /** Keys of the new code; null for other steps. */
  readonly mailbox: MailboxFacts | null;
}

/** The step that a decoded frame is about: what the server decides before it checks. Throws `event_mismatch`. */
export function citizenStepOf(step: DecodedCitizenStep): CitizenAct['step'] {
  const { type } = step.parsed.event.header;
  const found = CITIZEN_STEPS.find((candidate) => candidate === type);
  ensure(found !== undefined, 'event_mismatch', 'type');
  return found;
}

/**
 * Every check of a citizen's step but signatures and epochs. Throws `event_mismatch` (type, instance, subject, number, predecessor, day,
 * signers), `core_mismatch`, `author_mismatch`, `epoch_mismatch`, `seal_mismatch`, `manifest_mismatch`, `body_size`, `wraps_malformed`,
 * `wrap_foreign` (not for exactly the readers, or for the mailbox), `facts_mismatch`, `event_part`, each with the field. Needs only hashes.
 */
export function checkCitizenStep(
  hashes: Hashes,
  step: DecodedCitizenStep,
  expected: ExpectedCitizenStep,
): CheckedCitizenStep {
  const type = citizenStepOf(step);
  const day = checkHeader(hashes, step, expected);
  const { envelope, mailbox } = step.parsed;
  ensure((envelope !== null) === (type === 'message_received'), 'event_mismatch', 'seal');
  ensure((mailbox !== null) === (type === 'mailbox_changed'), 'event_mismatch', 'facts');
  const epochs =
    envelope === null
      ? []
      : checkArrival(hashes, step, envelope, {
          ...{ kind: 'message', instance: expected.instance, tip: expected.tip, last: expected.thread },
          ...{ readers: expected.readers, author: expected.authorKey },
        });
  checkEventParts(hashes, step.parsed.event, step);
  const act = readAct(step.restrictedPart);
  ensure(act.step === type, 'event_part', 'act');
  if (act.step === 'mailbox_changed') checkMailbox(hashes, step, expected.tip, act);
  checkParts(hashes, step, act, expected);
  return { act, day, attachments: envelope?.manifest ?? [], epochs, mailbox };
}

/** The event must be the tip's next one, of about today, signed by the author and then by the operator, if one took part. */
function checkHeader(hashes: Hashes, step: DecodedCitizenStep, expected: ExpectedCitizenStep): Day {
  const { header, envelope } = step.parsed.event;
  ensure(header.instance === expected.instance, 'event_mismatch', 'instance');
  ensure(header.subject === `tip:${expected.tip}`, 'event_mismatch', 'subject');
  ensure(header.no === expected.head.no + 1, 'event_mismatch', 'no');
  ensure(header.prev === expected.head.leaf, 'event_mismatch', 'prev');
  ensure('day' in header.time, 'event_mismatch', 'day');
  const near = [-1, 0, 1].map((days) => addDays(expected.day, days));
  ensure(near.includes(header.time.day), 'event_mismatch', 'day');
  const [author] = envelope.signatures;
  const right = author?.keyid === keyId(hashes, expected.authorKey);
  const count = expected.operator === null ? 1 : 2;
  ensure(right && envelope.signatures.length === count, 'event_mismatch', 'keyid');
  return header.time.day;
}

/** Which act the restricted part records. Throws `event_part`. */
function readAct(restrictedPart: Uint8Array): CitizenAct {
  const whole = new Reader(parsePart(restrictedPart), 'event_part', 'restricted');
  const reader = whole.object('act');
  const step = reader.oneOf('step', CITIZEN_STEPS);
  if (step === 'consent_answered')
    return { step, unit: reader.guarded('unit', 40, isUnitId), yes: reader.boolean('yes') };
  if (step === 'mailbox_changed')
    return {
      step,
      mailbox: reader.guarded('mailbox', 64, isHash),
      next: reader.guarded('next', 64, isHash),
    };
  return { step };
}

function checkMailbox(
  hashes: Hashes,
  step: DecodedCitizenStep,
  tip: TipId,
  act: CitizenAct & { readonly step: 'mailbox_changed' },
): void {
  const { mailbox } = step.parsed;
  ensure(mailbox !== null && act.mailbox === hashMailboxFacts(hashes, step.facts), 'facts_mismatch');
  ensure(act.next === authorHash(hashes, tip, mailbox.authorKey), 'facts_mismatch', 'authorKey');
}

/** Both parts are built again; only equal bytes are taken, so that nothing unforeseen hides in a signed event. */
function checkParts(
  hashes: Hashes,
  step: DecodedCitizenStep,
  act: CitizenAct,
  expected: ExpectedCitizenStep,
): void {
  const { envelope } = step.parsed;
  const parts = citizenStepParts({
    state: expected.state,
    change: expected.change,
    act,
    author: authorHash(hashes, expected.tip, expected.authorKey),
    message: envelope === null ? null : { no: envelope.core.no, seal: hashSeal(hashes, step.seal) },
    operator: expected.operator,
  });
  ensure(equalBytes(step.citizenPart, utf8(JSON.stringify(parts.citizen))), 'event_part', 'citizen');
  const restricted = utf8(JSON.stringify(parts.restricted));
  ensure(equalBytes(step.restrictedPart, restricted), 'event_part', 'restricted');
}

/** Signatures of a checked step, for the server's own Ed25519: the author's, and the operator's where there is one. */
export function citizenStepSignatures(step: DecodedCitizenStep): {
  readonly message: Uint8Array;
  readonly author: { readonly signature: Uint8Array; readonly keyid: string };
  readonly staff: { readonly signature: Uint8Array; readonly keyid: string } | null;
} {
  const [author, staff] = step.parsed.event.envelope.signatures;
  ensure(author !== undefined, 'event_signature');
  return {
    message: eventMessage(step.parsed.event),
    author: { signature: author.sig, keyid: author.keyid },
    staff: staff === undefined ? null : { signature: staff.sig, keyid: staff.keyid },
  };
}
