import type { Seconds } from '../domain/ids.ts';
import { isHash } from '../domain/ids.ts';
import { type Checkpoint, parseCheckpoint } from '../ledger/checkpoint.ts';
import { witnessesOf } from '../ledger/cosignature.ts';
import { eventEntry } from '../ledger/entry.ts';
import { isSignedBy, type Note, type NoteKey, noteKey, parseNote, parseVkey } from '../ledger/note.ts';
import { entryHash, verifyInclusion } from '../ledger/tree.ts';
import { fromBase64Url } from './base64.ts';
import { fromHex, utf8 } from './bytes.ts';
import { ensure, ProtocolError } from './errors.ts';
import { checkEventParts, eventLeaf, hashBytes, MAX_PART_BYTES, verifyEvent } from './event.ts';
import { parseObject, Reader } from './json.ts';
import { readPoint } from './promise.ts';
import type { Hashes, Verifier } from './suite.ts';
import type { BatchHeadPart, Freshness, OpenLeaf } from './wire-ledger.ts';

/** How old a checkpoint may be that somebody relies on, and how far ahead of the reader's clock; seconds. */
export const CHECKPOINT_AGE = { most: 48 * 3600, ahead: 300 } as const;

/** Whose cosignatures are asked for, and how many of them. */
export interface WitnessPolicy {
  readonly witnesses: readonly NoteKey[];
  readonly min: number;
}

/** The log as the verified directory names it, and whose cosignatures are asked for. */
export interface LogContext {
  readonly log: NoteKey;
  readonly policy: WitnessPolicy;
}

/** The log of a verified directory; a witness whose key is of another form counts for nobody. */
export function logContext(
  hashes: Pick<Hashes, 'sha256'>,
  directory: {
    readonly logOrigin: string;
    readonly ledgerKey: Uint8Array;
    readonly witnesses: readonly string[];
  },
  minWitnesses: number,
): LogContext {
  const sha256 = (data: Uint8Array) => hashes.sha256(data);
  return {
    log: noteKey(sha256, directory.logOrigin, directory.ledgerKey),
    policy: {
      witnesses: directory.witnesses.flatMap((vkey) => parseVkey(sha256, vkey) ?? []),
      min: minWitnesses,
    },
  };
}

/** A checkpoint that may be relied on. */
export interface CheckedCheckpoint extends Checkpoint {
  readonly note: Note;
  /** Newest cosignature, else the head's time; UTC seconds. */
  readonly seenAt: Seconds;
  /** How many of the policy's witnesses cosigned. */
  readonly witnessed: number;
  readonly head: BatchHeadPart;
  /** When the head was made, UTC seconds: what the directory's state in it is judged by. */
  readonly at: number;
}

/**
 * Checks a served checkpoint (attacker-controlled) in this order: note, origin, the log's signature, the witnesses', the batch head as its last
 * leaf, its age. `now` in UTC seconds. Throws `checkpoint_malformed`, `checkpoint_signature`, `checkpoint_witnesses`, `leaf_missing`,
 * `checkpoint_stale` (docs/protocol.md, Log).
 */
export function checkCheckpoint(
  verifier: Verifier,
  log: NoteKey,
  policy: WitnessPolicy,
  given: Pick<Freshness, 'note' | 'head' | 'headPath'>,
  now: number,
): CheckedCheckpoint {
  const verify: Verifier['verify'] = (signature, message, key) => verifier.verify(signature, message, key);
  const note = parseNote(utf8(given.note));
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  ensure(note !== null && checkpoint !== null && checkpoint.size > 0, 'checkpoint_malformed', 'note');
  ensure(checkpoint.origin === log.name, 'checkpoint_malformed', 'origin');
  ensure(isSignedBy(note, log, verify), 'checkpoint_signature');
  const cosigned = witnessesOf(note, policy.witnesses, verify);
  ensure(cosigned.length >= policy.min, 'checkpoint_witnesses');
  const { part, at } = checkHead(verifier, log, checkpoint, given);
  const seenAt = cosigned.length === 0 ? at : Math.max(...cosigned.map(({ time }) => time));
  const current = now - seenAt <= CHECKPOINT_AGE.most && seenAt - now <= CHECKPOINT_AGE.ahead;
  ensure(current, 'checkpoint_stale');
  return { ...checkpoint, note, seenAt: seenAt as Seconds, witnessed: cosigned.length, head: part, at };
}

/** The batch head: signed by the log's key, the last leaf of this very tree, and of its size. */
function checkHead(
  verifier: Verifier,
  log: NoteKey,
  { size, root }: Checkpoint,
  { head, headPath }: Pick<Freshness, 'head' | 'headPath'>,
): { readonly part: BatchHeadPart; readonly at: number } {
  const sha256 = (data: Uint8Array) => verifier.sha256(data);
  ensure(head.index === size - 1, 'leaf_missing', 'head');
  const { event, entry, restrictedPart } = openLeaf(verifier, log.publicKey, head);
  const path = headPath.map(hash32);
  const included = verifyInclusion(sha256, entryHash(sha256, entry), head.index, size, path, root);
  ensure(included, 'leaf_missing', 'head');
  const { subject, type, time } = event.header;
  ensure(subject === 'log' && type === 'batch_sealed' && 'at' in time, 'checkpoint_malformed', 'head');
  const part = readBatchHead(restrictedPart);
  ensure(part.size === size, 'checkpoint_malformed', 'head');
  return { part, at: time.at };
}

/** An opened leaf's event and entry. Throws `checkpoint_malformed`, `checkpoint_signature`. */
function openLeaf(verifier: Verifier, key: Uint8Array, leaf: OpenLeaf) {
  try {
    const record = fromBase64Url(leaf.record);
    const parts = {
      citizenPart: fromBase64Url(leaf.citizenPart),
      citizenSalt: fromBase64Url(leaf.citizenSalt),
      restrictedPart: fromBase64Url(leaf.restrictedPart),
      restrictedSalt: fromBase64Url(leaf.restrictedSalt),
    };
    const leafSalt = fromBase64Url(leaf.leafSalt);
    ensure(leafSalt.length === 32, 'checkpoint_malformed', 'head');
    const { event } = verifyEvent(verifier, record, [key]);
    checkEventParts(verifier, event, parts);
    return { event, entry: entryOf(verifier, event, leafSalt, record), restrictedPart: parts.restrictedPart };
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'event_signature')
      throw new ProtocolError('checkpoint_signature', 'head');
    throw new ProtocolError('checkpoint_malformed', 'head');
  }
}

/** The 64 bytes that an event is in the log. */
const entryOf = (
  hashes: Pick<Hashes, 'sha256'>,
  { header, citizenHash }: ReturnType<typeof verifyEvent>['event'],
  leafSalt: Uint8Array,
  record: Uint8Array,
): Uint8Array =>
  eventEntry((data) => hashes.sha256(data), fromHex(eventLeaf(hashes, leafSalt, record)), {
    citizenHash,
    prev: header.prev === null ? null : hashBytes(header.prev),
    no: header.no,
  });

/** A hash as it travels. Throws `checkpoint_malformed`. */
export function hash32(text: string): Uint8Array {
  try {
    const bytes = fromBase64Url(text);
    if (bytes.length === 32) return bytes;
  } catch {
    // Said below, as for one of another length.
  }
  throw new ProtocolError('checkpoint_malformed', 'hash');
}

/** Restricted part of `batch_sealed` (attacker-controlled). Throws `checkpoint_malformed`. */
export function readBatchHead(part: Uint8Array): BatchHeadPart {
  const code = 'checkpoint_malformed';
  const reader = new Reader(parseObject(part, MAX_PART_BYTES, code), code);
  const most = Number.MAX_SAFE_INTEGER;
  reader.integer('v', 1, 1);
  const log = reader.integer('log', 1, 1_000_000);
  const from = reader.integer('from', 0, most);
  const size = reader.integer('size', from + 1, most);
  const directory = reader.object('directory');
  const state = {
    no: directory.integer('no', 0, 1_000_000_000),
    leaf: directory.isNull('leaf') ? directory.null('leaf') : directory.guarded('leaf', 64, isHash),
    units: directory.integer('units', 0, 1_000_000),
    root: directory.guarded('root', 64, isHash),
    ...(directory.has('ahead') ? { ahead: directory.integer('ahead', 0, most) } : {}),
  };
  directory.done();
  const published = reader.isNull('published')
    ? reader.null('published')
    : readPoint(reader.object('published'));
  reader.done();
  return { v: 1, log, from, size, directory: state, published };
}
