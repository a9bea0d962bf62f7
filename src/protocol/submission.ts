import type { OperatorName } from '../domain/citizen-parts.ts';
import type { Hash, Hour, TipId } from '../domain/ids.ts';
import type { Assurance } from '../domain/terms.ts';
import { isBodyLength, MAX_BODY_BYTES } from './body.ts';
import { equalBytes, toHex } from './bytes.ts';
import { type Core, MAX_CORE_BYTES, parseCore } from './core.ts';
import { keyId } from './dsse.ts';
import { ensure } from './errors.ts';
import {
  checkEventParts,
  type EventParts,
  eventMessage,
  MAX_RECORD_BYTES,
  type ParsedEvent,
  parseEvent,
  parsePart,
} from './event.ts';
import { type Facts, hashFacts, MAX_FACTS_BYTES, parseFacts } from './facts.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { taggedHash } from './hash.ts';
import { Reader } from './json.ts';
import { EMPTY_MANIFEST, MAX_MANIFEST_BYTES, type ManifestEntry, parseManifest } from './manifest.ts';
import { checkSeal, hashSeal, MAX_SEAL_BYTES, parseSeal, type Seal } from './seal.ts';
import type { Hashes } from './suite.ts';
import { epochRecipient, MAX_WRAPS_BYTES, parseWraps } from './wraps.ts';

const MAGIC = 'TK1S';
/** Version 1 has no attachments, version 2 has. */
const VERSIONS = { plain: 1, attached: 2 } as const;
/** Largest submission, in bytes: what `POST /api/tips` reads at most. */
export const MAX_SUBMISSION_BYTES = 512 * 1024;
const MAX_SUBMITTED_PART = 1024;
/** Largest challenge solution, in bytes. */
export const MAX_SOLUTION_BYTES = 4 * 1024;

/** The exact bytes of a submission, section by section in the frame's order. */
export interface SubmissionSections extends EventParts {
  readonly facts: Uint8Array;
  readonly seal: Uint8Array;
  readonly core: Uint8Array;
  readonly wraps: Uint8Array;
  readonly body: Uint8Array;
  /** SUBMITTED event, signed by the author. */
  readonly record: Uint8Array;
  /** Solution of the challenge (UTF-8 JSON), or nothing. */
  readonly solution: Uint8Array;
  /** Exact manifest; `EMPTY_MANIFEST` in version 1. */
  readonly manifest: Uint8Array;
}

/** A decoded submission: exact bytes (views into the frame) and what they say. Nothing is verified yet. */
export interface DecodedSubmission extends SubmissionSections {
  readonly parsed: {
    readonly facts: Facts;
    readonly seal: Seal;
    readonly core: Core;
    readonly event: ParsedEvent;
    readonly manifest: readonly ManifestEntry[];
  };
}

const LIMITS = [
  MAX_FACTS_BYTES,
  MAX_SEAL_BYTES,
  MAX_CORE_BYTES,
  MAX_WRAPS_BYTES,
  MAX_BODY_BYTES,
  MAX_RECORD_BYTES,
  MAX_SUBMITTED_PART,
  32,
  MAX_SUBMITTED_PART,
  32,
  MAX_SOLUTION_BYTES,
] as const;

/** The body of `POST /api/tips`: magic `TK1S`; version 1 with eleven length-prefixed sections, or 2 with the manifest as a twelfth. */
export function encodeSubmission(sections: SubmissionSections): Uint8Array {
  const eleven = [
    sections.facts,
    sections.seal,
    sections.core,
    sections.wraps,
    sections.body,
    sections.record,
    sections.citizenPart,
    sections.citizenSalt,
    sections.restrictedPart,
    sections.restrictedSalt,
    sections.solution,
  ];
  return equalBytes(sections.manifest, EMPTY_MANIFEST)
    ? encodeFrame(MAGIC, VERSIONS.plain, eleven)
    : encodeFrame(MAGIC, VERSIONS.attached, [...eleven, sections.manifest]);
}

const NOTHING = new Uint8Array(0);

/**
 * The sections of a frame as views, without parsing any. Throws `frame_too_large`, `frame_malformed`, also for version 2 with nothing
 * attached: one submission has one spelling.
 */
export function splitSubmission(bytes: Uint8Array): SubmissionSections {
  ensure(bytes.length <= MAX_SUBMISSION_BYTES, 'frame_too_large');
  const attached = bytes[4] === VERSIONS.attached;
  const version = attached ? VERSIONS.attached : VERSIONS.plain;
  const limits = attached ? [...LIMITS, MAX_MANIFEST_BYTES] : LIMITS;
  const sections = decodeFrame(bytes, MAGIC, version, limits, 'frame_malformed');
  const [facts, seal, core, wraps, body, record] = sections;
  const [citizenPart, citizenSalt, restrictedPart, restrictedSalt, solution, manifest] = sections.slice(6);
  ensure(manifest === undefined || manifest.length > EMPTY_MANIFEST.length, 'frame_malformed', 'manifest');
  return {
    facts: facts ?? NOTHING,
    seal: seal ?? NOTHING,
    core: core ?? NOTHING,
    wraps: wraps ?? NOTHING,
    body: body ?? NOTHING,
    record: record ?? NOTHING,
    citizenPart: citizenPart ?? NOTHING,
    citizenSalt: citizenSalt ?? NOTHING,
    restrictedPart: restrictedPart ?? NOTHING,
    restrictedSalt: restrictedSalt ?? NOTHING,
    solution: solution ?? NOTHING,
    manifest: manifest ?? EMPTY_MANIFEST,
  };
}

/**
 * Decodes a submission (attacker-controlled) in one pass. Throws `frame_too_large`, `frame_malformed` and the `…_malformed` code of
 * the section that is wrong. The seal's hash can be taken before this, from `splitSubmission`, to answer a replay at once.
 */
export function decodeSubmission(bytes: Uint8Array): DecodedSubmission {
  const sections = splitSubmission(bytes);
  return {
    ...sections,
    parsed: {
      facts: parseFacts(sections.facts),
      seal: parseSeal(sections.seal),
      core: parseCore(sections.core),
      event: parseEvent(sections.record),
      manifest: parseManifest(sections.manifest),
    },
  };
}

/** What the server knows and the submission must agree with. */
export interface ExpectedSubmission {
  readonly instance: string;
  /** Assurances that this door takes: `e2ee` for browsers, `server-sealed` for the script-less sealer. */
  readonly assurances: readonly Assurance[];
  /** The operator whose session it came through: then assurance and channel say so, the event names them, and they signed it, too. */
  readonly taken?: OperatorName;
}

/** A submission whose every part fits every other; only signature, epoch and challenge remain to be checked. */
export interface CheckedSubmission {
  readonly tip: TipId;
  readonly sealHash: Hash;
  readonly facts: Facts;
  readonly t0: Hour;
  /** Ed25519, 32 bytes. */
  readonly authorKey: Uint8Array;
  /** What is attached: uploads that must be there, whole. */
  readonly attachments: readonly ManifestEntry[];
  /** Who took it down; null for what its sender sealed. */
  readonly taken: OperatorName | null;
}

/** Hash by which the restricted part names the author without showing the key: H('tk1/author', tip, public key), hex. */
export const authorHash = (hashes: Pick<Hashes, 'blake2b512'>, tip: TipId, author: Uint8Array): Hash =>
  toHex(taggedHash(hashes, 'tk1/author', tip, author)) as Hash;

/**
 * Every check of a submission that needs neither a signature nor the server's state: facts, core, seal, wraps, body and event must all
 * speak of the same tip, unit, epoch and bytes. Throws `core_mismatch`, `facts_mismatch`, `epoch_mismatch`, `assurance_mismatch`,
 * `seal_mismatch`, `manifest_mismatch`, `wraps_malformed`, `wrap_foreign`, `body_size`, `event_mismatch`, `event_part`, each with the field. Needs only
 * hashes, so that the server runs it without WebAssembly.
 */
export function checkSubmission(
  hashes: Hashes,
  submission: DecodedSubmission,
  expected: ExpectedSubmission,
): CheckedSubmission {
  const { facts, seal, core, event } = submission.parsed;

  ensure(core.kind === 'tip', 'core_mismatch', 'kind');
  ensure(core.instance === expected.instance, 'core_mismatch', 'instance');
  ensure(facts.unit === core.unit, 'facts_mismatch', 'unit');
  ensure(facts.epoch === core.epoch, 'epoch_mismatch');
  const { taken = null } = expected;
  ensure(expected.assurances.includes(facts.assurance), 'assurance_mismatch');
  ensure((facts.assurance === 'operator') === (taken !== null), 'assurance_mismatch');
  // The true channel is inside the envelope; for the service every tip that an operator took down came over the hotline.
  ensure(taken === null || facts.channel === 'hotline', 'facts_mismatch', 'channel');

  ensure(seal.tip === core.tip, 'seal_mismatch', 'tip');
  ensure(seal.unit === core.unit, 'seal_mismatch', 'unit');
  ensure(seal.epoch === core.epoch, 'seal_mismatch', 'epoch');
  ensure(isBodyLength(submission.body.length), 'body_size');
  checkSeal(hashes, seal, submission);

  const wraps = parseWraps(submission.wraps);
  ensure(wraps.length === 1 && wraps[0]?.id === epochRecipient(core.unit, core.epoch), 'wrap_foreign');

  const sealHash = hashSeal(hashes, submission.seal);
  const t0 = checkSubmittedEvent(hashes, event, core, taken === null ? 1 : 2);
  checkEventParts(hashes, event, submission);
  checkParts(hashes, submission, sealHash, taken);
  return {
    tip: core.tip,
    sealHash,
    facts,
    t0,
    authorKey: core.author,
    attachments: submission.parsed.manifest,
    taken,
  };
}

/** The event must be the first of this tip, signed under the author's key id, then by an operator if one took part; its only time is an hour. */
function checkSubmittedEvent(hashes: Hashes, event: ParsedEvent, core: Core, signers: 1 | 2): Hour {
  const { header, envelope } = event;
  ensure(header.type === 'submitted', 'event_mismatch', 'type');
  ensure(header.instance === core.instance, 'event_mismatch', 'instance');
  ensure(header.subject === `tip:${core.tip}`, 'event_mismatch', 'subject');
  ensure(header.no === 1, 'event_mismatch', 'no');
  ensure('t0' in header.time, 'event_mismatch', 't0');
  const [signature] = envelope.signatures;
  ensure(
    envelope.signatures.length === signers && signature?.keyid === keyId(hashes, core.author),
    'event_mismatch',
    'keyid',
  );
  return header.time.t0;
}

function checkParts(
  hashes: Hashes,
  submission: DecodedSubmission,
  sealHash: Hash,
  taken: OperatorName | null,
): void {
  const { facts, core } = submission.parsed;
  const citizen = new Reader(parsePart(submission.citizenPart), 'event_part', 'citizen');
  citizen.oneOf('state', ['submitted']);
  citizen.oneOf('unit', [facts.unit]);
  citizen.oneOf('seal', [sealHash]);
  citizen.done();
  const restricted = new Reader(parsePart(submission.restrictedPart), 'event_part', 'restricted');
  ensure(equalBytes(restricted.hex('facts', 32), hashFacts(hashes, submission.facts)), 'facts_mismatch');
  restricted.oneOf('seal', [sealHash]);
  restricted.oneOf('author', [authorHash(hashes, core.tip, core.author)]);
  if (taken !== null) {
    const named = restricted.object('taken');
    named.oneOf('staff', [taken.staff]);
    named.oneOf('unit', [taken.unit]);
    named.done();
  }
  restricted.done();
}

/**
 * Signatures of a checked submission, for the server's own Ed25519: message (DSSE PAE), the author's signature (64 bytes) with their key
 * (32 bytes), and the operator's with its key id, where one took it down.
 */
export function submissionSignatures(submission: DecodedSubmission): {
  readonly message: Uint8Array;
  readonly author: { readonly signature: Uint8Array; readonly publicKey: Uint8Array };
  readonly staff: { readonly signature: Uint8Array; readonly keyid: string } | null;
} {
  const { event, core } = submission.parsed;
  const [author, staff] = event.envelope.signatures;
  ensure(author !== undefined, 'event_signature');
  return {
    message: eventMessage(event),
    author: { signature: author.sig, publicKey: core.author },
    staff: staff === undefined ? null : { signature: staff.sig, keyid: staff.keyid },
  };
}
