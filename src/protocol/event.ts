import type { Day, Hash, Hour, Seconds } from '../domain/ids.ts';
import { isDay, isHash } from '../domain/ids.ts';
import { leafHash, saltedHash } from '../ledger/leaf.ts';
import { equalBytes, fromHex, toHex, utf8 } from './bytes.ts';
import { cosignDsse, type Dsse, pae, parseDsse, readDsse, signDsse, validSigners } from './dsse.ts';
import { ensure, ProtocolError } from './errors.ts';
import { parseObject, parseObjectText, Reader } from './json.ts';
import type { Hashes, SignKeyPair, Suite, Verifier } from './suite.ts';

export const EVENT_TYPE = 'application/vnd.tinkin.event+json';
/** Largest record (DSSE bytes) and largest part, in bytes. */
export const MAX_RECORD_BYTES = 8 * 1024;
export const MAX_PART_BYTES = 16 * 1024;
const MAX_PAYLOAD_BYTES = 2 * 1024;
const SUBJECT = /^(?:tip:[0-9a-f]{32}|(?:reader|staff):[0-9a-f]{32}|unit:[a-z0-9-]{1,40}|directory|log)$/;
const TYPE = /^[a-z0-9_]{1,40}$/;

/** The only time that an event carries: the hour for SUBMITTED, the day for other acts of citizens, seconds for staff. */
export type EventTime = { readonly t0: Hour } | { readonly day: Day } | { readonly at: Seconds };

/** What is signed of an event in the clear. */
export interface EventHeader {
  readonly type: string;
  readonly instance: string;
  /** `tip:<id>`, `reader:<staff>`, `staff:<id>`, `unit:<code>`, `directory` or `log`. */
  readonly subject: string;
  /** 1 for the first event of the subject. */
  readonly no: number;
  /** Leaf hash of the subject's previous event; null for number 1 alone. */
  readonly prev: Hash | null;
  readonly time: EventTime;
}

/** The two halves of an event's content with their 32-byte salts. Each is shown alone, to whom it concerns. */
export interface EventParts {
  readonly citizenPart: Uint8Array;
  readonly citizenSalt: Uint8Array;
  readonly restrictedPart: Uint8Array;
  readonly restrictedSalt: Uint8Array;
}

/** An event ready to be signed. */
export interface BuiltEvent extends EventParts {
  readonly header: EventHeader;
  /** Exact UTF-8 JSON bytes that are signed. */
  readonly payload: Uint8Array;
}

/** What a JSON part may hold. */
export type PartValue =
  | string
  | number
  | boolean
  | null
  | readonly PartValue[]
  | { readonly [key: string]: PartValue };
export type Part = { readonly [key: string]: PartValue };

/** A parsed record; its signatures are not checked yet. */
export interface ParsedEvent {
  readonly header: EventHeader;
  /** SHA-256(salt ‖ part), 32 bytes each. */
  readonly citizenHash: Uint8Array;
  readonly restrictedHash: Uint8Array;
  readonly envelope: Dsse;
}

/** Builds an event from its header and parts with fresh salts. The parts' JSON bytes are made here, once, and kept as they are. */
export function buildEvent(
  suite: Pick<Suite, 'sha256' | 'randomBytes'>,
  header: EventHeader,
  citizen: Part,
  restricted: Part,
): BuiltEvent {
  const citizenPart = utf8(JSON.stringify(citizen));
  const restrictedPart = utf8(JSON.stringify(restricted));
  ensure(citizenPart.length <= MAX_PART_BYTES, 'event_malformed', 'citizen');
  ensure(restrictedPart.length <= MAX_PART_BYTES, 'event_malformed', 'restricted');
  const citizenSalt = suite.randomBytes(32);
  const restrictedSalt = suite.randomBytes(32);
  const payload = utf8(
    JSON.stringify({
      type: header.type,
      instance: header.instance,
      subject: header.subject,
      no: header.no,
      prev: header.prev,
      ...header.time,
      citizen: toHex(saltedHash(suite.sha256, citizenSalt, citizenPart)),
      restricted: toHex(saltedHash(suite.sha256, restrictedSalt, restrictedPart)),
    }),
  );
  return { header, payload, citizenPart, citizenSalt, restrictedPart, restrictedSalt };
}

/** Signs a built event: the exact record bytes (DSSE) that are stored and hashed. */
export const signEvent = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  event: Pick<BuiltEvent, 'payload'>,
  signer: SignKeyPair,
): Uint8Array => signDsse(suite, EVENT_TYPE, event.payload, [signer]);

/** Adds a second person's signature over the same payload bytes: a new record. Throws `statement_malformed`. */
export const cosignEvent = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  record: Uint8Array,
  signer: SignKeyPair,
): Uint8Array => cosignDsse(suite, record, signer);

/** Parses record bytes (attacker-controlled). Throws `event_malformed`, `statement_malformed`. */
export function parseEvent(record: Uint8Array): ParsedEvent {
  ensure(record.length <= MAX_RECORD_BYTES, 'event_malformed');
  return eventIn(parseDsse(record));
}

/** The same for a record as text without lone surrogates, whose bytes are known to be within their bound. */
export const parseEventText = (record: string): ParsedEvent =>
  eventIn(readDsse(new Reader(parseObjectText(record, 'statement_malformed'), 'statement_malformed')));

function eventIn(envelope: Dsse): ParsedEvent {
  ensure(envelope.payloadType === EVENT_TYPE, 'event_malformed', 'payloadType');
  const reader = new Reader(
    parseObject(envelope.payload, MAX_PAYLOAD_BYTES, 'event_malformed'),
    'event_malformed',
  );
  const header: EventHeader = {
    type: reader.string('type', 40, TYPE),
    instance: reader.string('instance', 64),
    subject: reader.string('subject', 50, SUBJECT),
    no: reader.integer('no', 1, 1_000_000_000),
    prev: reader.isNull('prev') ? reader.null('prev') : reader.guarded('prev', 64, isHash),
    time: readTime(reader),
  };
  const citizenHash = reader.hex('citizen', 32);
  const restrictedHash = reader.hex('restricted', 32);
  reader.done();
  ensure((header.no === 1) === (header.prev === null), 'event_malformed', 'prev');
  return { header, citizenHash, restrictedHash, envelope };
}

function readTime(reader: Reader): EventTime {
  if (reader.has('t0')) return { t0: reader.integer('t0', 0, 10_000_000) as Hour };
  if (reader.has('day')) return { day: reader.guarded('day', 10, isDay) };
  return { at: reader.integer('at', 0, 100_000_000_000) as Seconds };
}

/** Bytes under an event's signatures, for servers that verify with their own Ed25519. */
export const eventMessage = (event: ParsedEvent): Uint8Array =>
  pae(event.envelope.payloadType, event.envelope.payload);

/** Throws `event_part` unless both parts with their salts are those that were signed. */
export function checkEventParts(hashes: Pick<Hashes, 'sha256'>, event: ParsedEvent, parts: EventParts): void {
  checkPart(hashes, event.citizenHash, parts.citizenSalt, parts.citizenPart, 'citizen');
  checkPart(hashes, event.restrictedHash, parts.restrictedSalt, parts.restrictedPart, 'restricted');
}

function checkPart(
  hashes: Pick<Hashes, 'sha256'>,
  expected: Uint8Array,
  salt: Uint8Array,
  part: Uint8Array,
  name: string,
): void {
  ensure(salt.length === 32 && part.length <= MAX_PART_BYTES, 'event_part', name);
  const sha256 = (data: Uint8Array) => hashes.sha256(data);
  if (!equalBytes(saltedHash(sha256, salt, part), expected)) throw new ProtocolError('event_part', name);
}

/**
 * Parses a record and checks that at least `required` of the given public keys signed it. Returns the signers found. Throws
 * `event_malformed`, `event_signature`.
 */
export function verifyEvent(
  verifier: Verifier,
  record: Uint8Array,
  publicKeys: readonly Uint8Array[],
  required = 1,
): { readonly event: ParsedEvent; readonly signers: readonly Uint8Array[] } {
  const event = parseEvent(record);
  const signers = validSigners(verifier, event.envelope, publicKeys);
  ensure(signers.length >= required, 'event_signature');
  return { event, signers };
}

/** A part's JSON object, for showing. Throws `event_part`. */
export const parsePart = (part: Uint8Array): { readonly [key: string]: unknown } =>
  parseObject(part, MAX_PART_BYTES, 'event_part');

/** Leaf hash of a record as hex: what the next event of the subject names as `prev`. */
export const eventLeaf = (hashes: Pick<Hashes, 'sha256'>, leafSalt: Uint8Array, record: Uint8Array): Hash =>
  toHex(leafHash((data) => hashes.sha256(data), leafSalt, record)) as Hash;

/** Bytes of a hash in hex. Throws `encoding`. */
export const hashBytes = (hash: Hash): Uint8Array => fromHex(hash);
