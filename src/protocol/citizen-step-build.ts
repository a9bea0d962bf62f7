import { endOfDay, startOfDay } from '../domain/calendar.ts';
import { citizenStepParts } from '../domain/citizen-parts.ts';
import type { CitizenAct, CitizenMessage } from '../domain/conversation.ts';
import { type Day, type Hash, hourOf, type TipId } from '../domain/ids.ts';
import type { TipState } from '../domain/life-cycle-types.ts';
import { citizenStepKey, encodeCitizenStep, encodeRewraps, type Rewrap } from './citizen-frame.ts';
import { checkEntries, encodeCitizenMessage } from './content.ts';
import { parseCore } from './core.ts';
import { type SealedEnvelope, sealEnvelope } from './envelope.ts';
import { ensure } from './errors.ts';
import { buildEvent, cosignEvent, eventLeaf, signEvent } from './event.ts';
import { encodeMailboxFacts, hashMailboxFacts } from './mailbox-facts.ts';
import { parseManifest } from './manifest.ts';
import type { SigningOperator, TipTarget } from './prepare.ts';
import {
  type ExpectedPromise,
  type PromiseTerms,
  parseAnswer,
  type SubmissionAnswer,
  verifyPromise,
} from './promise.ts';
import type { MailboxKeys } from './receipt-code.ts';
import { authorHash } from './submission.ts';
import type { Suite, Verifier } from './suite.ts';
import { epochRecipient } from './wraps.ts';

const NOTHING = new Uint8Array(0);

/** A new code for an open mailbox. */
export interface MailboxChange {
  readonly keys: MailboxKeys;
  /** New wraps of every message of the unit (`changeMailboxWrap`), ascending numbers. */
  readonly rewraps: readonly Rewrap[];
}

/**
 * Seals a message of the citizen to the live epoch of each unit that may read it, the holder first, and not to the mailbox. Throws
 * `content_malformed`, `content_too_large`, `manifest_malformed`, `manifest_mismatch`, `epoch_missing` (no reader).
 */
export function sealCitizenMessage(
  suite: Suite,
  input: {
    readonly instance: string;
    readonly tip: TipId;
    readonly keys: Pick<MailboxKeys, 'author'>;
    readonly thread: { readonly no: number; readonly seal: Hash };
    readonly readers: readonly TipTarget[];
    readonly message: CitizenMessage;
    readonly manifest: Uint8Array;
  },
): SealedEnvelope {
  const { readers, message, manifest, thread } = input;
  const [holder] = readers;
  ensure(holder !== undefined, 'epoch_missing');
  checkEntries(message.attachments, parseManifest(manifest));
  return sealEnvelope(suite, {
    kind: 'message',
    instance: input.instance,
    tip: input.tip,
    unit: holder.unit,
    epoch: holder.epoch,
    directory: holder.directoryHash,
    author: input.keys.author,
    no: thread.no + 1,
    prev: thread.seal,
    content: encodeCitizenMessage(message),
    manifest,
    recipients: readers.map(({ unit, epoch, publicKey }) => ({
      id: epochRecipient(unit, epoch),
      publicKey,
    })),
  });
}

/** The act of changing to a new code, as the old author key signs it. */
export const mailboxChangedAct = (
  suite: Pick<Suite, 'blake2b512'>,
  tip: TipId,
  keys: MailboxKeys,
): CitizenAct => ({
  step: 'mailbox_changed',
  mailbox: hashMailboxFacts(suite, encodeMailboxFacts(keys)),
  next: authorHash(suite, tip, keys.author.publicKey),
});

/** A signed step that waits for its proof of work. Kept over retries, so that a second try is the same step. */
export interface BuiltCitizenStep {
  /** Idempotency key, and what the challenge is asked for with. */
  readonly key: Hash;
  readonly record: Uint8Array;
  /** What the server's answer must promise, but for log and leaf. */
  readonly promised: StepPromise;
  readonly day: Day;
  /** The frame with a solved challenge (UTF-8 JSON); empty for an operator. */
  frame(solution: Uint8Array): Uint8Array;
}

/** The part of a promise that follows from the step itself. */
export type StepPromise = Pick<PromiseTerms, 'seal' | 'unit' | 't0' | 'assurance'>;

/**
 * What the service promises about a citizen's step: the key in the place of the seal, and the first hour of its day (UTC+7), because
 * nothing finer is kept of what a citizen does. `includeBy` counts from the end of that day.
 */
export const stepPromise = (of: {
  readonly key: Hash;
  readonly unit: PromiseTerms['unit'];
  readonly day: Day;
  readonly byOperator: boolean;
}): StepPromise => ({
  seal: of.key,
  unit: of.unit,
  t0: hourOf(startOfDay(of.day)),
  assurance: of.byOperator ? 'operator' : 'e2ee',
});

/** Builds and signs a step with the newest author key. `state` is what the mailbox told. Throws `frame_malformed` for a message without an envelope and the like. */
export function buildCitizenStep(
  suite: Suite,
  input: {
    readonly act: CitizenAct;
    readonly instance: string;
    readonly tip: TipId;
    readonly head: { readonly no: number; readonly leaf: Hash };
    readonly day: Day;
    readonly state: Pick<TipState, 'unit' | 'stage' | 'overlay' | 'outcome'>;
    readonly keys: Pick<MailboxKeys, 'author'>;
    readonly envelope: SealedEnvelope | null;
    readonly operator?: SigningOperator;
    readonly change?: MailboxChange;
  },
): BuiltCitizenStep {
  const { act, instance, tip, head, day, state, keys, envelope, operator, change } = input;
  ensure((envelope !== null) === (act.step === 'message_received'), 'frame_malformed', 'seal');
  ensure((change !== undefined) === (act.step === 'mailbox_changed'), 'frame_malformed', 'facts');
  const parts = citizenStepParts({
    state,
    change: state,
    act,
    author: authorHash(suite, tip, keys.author.publicKey),
    message: envelope === null ? null : { no: parseCore(envelope.core).no, seal: envelope.sealHash },
    operator: operator ?? null,
  });
  const event = buildEvent(
    suite,
    {
      type: act.step,
      instance,
      subject: `tip:${tip}`,
      no: head.no + 1,
      prev: head.leaf,
      time: { day },
    },
    parts.citizen,
    parts.restricted,
  );
  const signed = signEvent(suite, event, keys.author);
  const record = operator === undefined ? signed : cosignEvent(suite, signed, operator.signer);
  const { citizenPart, citizenSalt, restrictedPart, restrictedSalt } = event;
  const sections = {
    facts: change === undefined ? NOTHING : encodeMailboxFacts(change.keys),
    seal: envelope?.seal ?? NOTHING,
    core: envelope?.core ?? NOTHING,
    wraps: envelope?.wraps ?? NOTHING,
    body: envelope?.body ?? NOTHING,
    manifest: envelope?.manifest ?? NOTHING,
    ...{ record, citizenPart, citizenSalt, restrictedPart, restrictedSalt },
    rewraps: change === undefined ? NOTHING : encodeRewraps(change.rewraps),
  };
  const key = citizenStepKey(suite, sections);
  return {
    key,
    record,
    day,
    promised: stepPromise({ key, unit: state.unit, day, byOperator: operator !== undefined }),
    frame: (solution) => encodeCitizenStep({ ...sections, solution }),
  };
}

/**
 * Checks the server's answer to a step. `now` is the browser's clock (UTC seconds). Throws the `promise_…` codes; `promise_clock` alone
 * means that the promise is good but a clock is more than an hour outside the step's day.
 */
export function checkCitizenAnswer(
  verifier: Verifier,
  step: Pick<BuiltCitizenStep, 'record' | 'promised' | 'day'>,
  answer: Uint8Array,
  ledger: { readonly origin: string; readonly publicKey: Uint8Array },
  now: number,
): SubmissionAnswer {
  const parsed = parseAnswer(answer);
  const expected: ExpectedPromise = {
    ...step.promised,
    origin: ledger.origin,
    leaf: eventLeaf(verifier, parsed.leafSalt, step.record),
  };
  const span = endOfDay(step.day) + 1 - startOfDay(step.day);
  verifyPromise(verifier, parsed.promise, ledger.publicKey, expected, now, span);
  return parsed;
}
