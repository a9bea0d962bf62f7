import type { Hash, Seconds, TipId } from '../domain/ids.ts';
import { isHash, isTipId } from '../domain/ids.ts';
import { buildTree, entryHash, verifyInclusion } from '../ledger/tree.ts';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { type Dsse, parseDsse, signDsse, statementHash, validSigners } from './dsse.ts';
import { ensure } from './errors.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import { MAX_SECONDS } from './statement.ts';
import type { Hashes, SignKeyPair, Suite, Verifier } from './suite.ts';

export const AUDITED_TYPE = 'application/vnd.tinkin.audited-checkpoint+json';
export const CLOSED_TYPE = 'application/vnd.tinkin.canaries-closed+json';
export const CANARIES_TYPE = 'application/vnd.tinkin.canaries+json';

/** Most tips that one statement leaves out, and most canaries of one set. */
export const AUDITOR_LIMITS = { exceptions: 1000, canaries: 1000 } as const;

/** A checkpoint of the public log whose every leaf an independent auditor has verified. */
export interface AuditedCheckpoint {
  readonly instance: string;
  /** The auditor's id in the directory. */
  readonly auditor: string;
  readonly origin: string;
  readonly size: number;
  /** Root at that size, hex. */
  readonly root: Hash;
  /** `auditReportHash` of what the verifier reported. */
  readonly report: Hash;
  /** Tips whose words have to stay although the checkpoint covers them; ascending. */
  readonly exceptions: readonly TipId[];
  readonly at: Seconds;
}

/** Test tips that an auditor commits to before they send any: only their number is told. */
export interface CanarySet {
  readonly instance: string;
  readonly auditor: string;
  readonly n: number;
  /** RFC 6962 root over the commitments (`canaryCommitment`, 32 bytes an entry) in random order, hex. */
  readonly root: Hash;
  readonly at: Seconds;
}

/** The end of a set: what is in neither list was revealed. */
export interface CanariesClosed {
  readonly instance: string;
  readonly auditor: string;
  /** Hash of the statement that committed to the set. */
  readonly set: Hash;
  /** Places of tips that were never accepted, and of those that were promised and are nowhere; ascending. */
  readonly unused: readonly number[];
  readonly lost: readonly number[];
  readonly at: Seconds;
}

/** A parsed statement of an auditor with its hash; who signed it is checked by `requireAuditor`. */
export interface AuditorStatement<T> {
  readonly statement: T;
  readonly hash: Hash;
  readonly envelope: Dsse;
}

type Signing = Pick<Suite, 'blake2b512' | 'sign'>;

/** An auditor's statement over a checkpoint. Exact fields: docs/protocol.md, Auditors. */
export function signAudited(suite: Signing, audited: AuditedCheckpoint, signer: SignKeyPair): Uint8Array {
  const { instance, auditor, origin, size, root, report, exceptions, at } = audited;
  const body = { type: 'audited-checkpoint', instance, auditor, origin, size, root, report, exceptions, at };
  return signDsse(suite, AUDITED_TYPE, utf8(JSON.stringify(body)), [signer]);
}

/** An auditor's commitment to a set of test tips. */
export function signCanaries(suite: Signing, set: CanarySet, signer: SignKeyPair): Uint8Array {
  const { instance, auditor, n, root, at } = set;
  const body = { type: 'canaries', instance, auditor, n, root, at };
  return signDsse(suite, CANARIES_TYPE, utf8(JSON.stringify(body)), [signer]);
}

/** An auditor's word on the end of a set. */
export function signClosed(suite: Signing, closed: CanariesClosed, signer: SignKeyPair): Uint8Array {
  const { instance, auditor, set, unused, lost, at } = closed;
  const body = { type: 'canaries-closed', instance, auditor, set, unused, lost, at };
  return signDsse(suite, CLOSED_TYPE, utf8(JSON.stringify(body)), [signer]);
}

/** Parses an auditor's word on the end of a set (attacker-controlled); its signature is not checked. Throws `statement_malformed`. */
export function parseClosed(
  hashes: Pick<Hashes, 'blake2b512'>,
  bytes: Uint8Array,
): AuditorStatement<CanariesClosed> {
  return opened(hashes, bytes, CLOSED_TYPE, 'canaries-closed', (reader) => ({
    ...who(reader),
    set: reader.guarded('set', 64, isHash),
    unused: placesIn(reader, 'unused'),
    lost: placesIn(reader, 'lost'),
    at: reader.integer('at', 0, MAX_SECONDS) as Seconds,
  }));
}

function placesIn(reader: Reader, key: string): readonly number[] {
  const places = reader.array(key, AUDITOR_LIMITS.canaries);
  const ascending = places.every(
    (place, i): place is number =>
      typeof place === 'number' &&
      Number.isSafeInteger(place) &&
      place >= 0 &&
      (i === 0 || (places[i - 1] as number) < place),
  );
  return ascending ? (places as readonly number[]) : reader.fail(key);
}

/** Parses the statement over a checkpoint (attacker-controlled); its signature is not checked. Throws `statement_malformed`. */
export function parseAudited(
  hashes: Pick<Hashes, 'blake2b512'>,
  bytes: Uint8Array,
): AuditorStatement<AuditedCheckpoint> {
  return opened(hashes, bytes, AUDITED_TYPE, 'audited-checkpoint', (reader) => {
    const statement = {
      ...who(reader),
      origin: reader.string('origin', 200, /^[^\s+]+$/),
      size: reader.integer('size', 1, Number.MAX_SAFE_INTEGER),
      root: reader.guarded('root', 64, isHash),
      report: reader.guarded('report', 64, isHash),
      exceptions: reader
        .strings('exceptions', AUDITOR_LIMITS.exceptions, 32)
        .map((tip) => (isTipId(tip) ? tip : reader.fail('exceptions'))),
      at: reader.integer('at', 0, MAX_SECONDS) as Seconds,
    };
    const ascending = statement.exceptions.every((tip, i, all) => i === 0 || (all[i - 1] ?? '') < tip);
    return ascending ? statement : reader.fail('exceptions');
  });
}

/** Parses a commitment to test tips (attacker-controlled); its signature is not checked. Throws `statement_malformed`. */
export function parseCanaries(
  hashes: Pick<Hashes, 'blake2b512'>,
  bytes: Uint8Array,
): AuditorStatement<CanarySet> {
  return opened(hashes, bytes, CANARIES_TYPE, 'canaries', (reader) => ({
    ...who(reader),
    n: reader.integer('n', 1, AUDITOR_LIMITS.canaries),
    root: reader.guarded('root', 64, isHash),
    at: reader.integer('at', 0, MAX_SECONDS) as Seconds,
  }));
}

const who = (reader: Reader) => ({
  instance: reader.string('instance', 64),
  auditor: reader.string('auditor', 60, /^[a-z0-9-]+$/),
});

function opened<T>(
  hashes: Pick<Hashes, 'blake2b512'>,
  bytes: Uint8Array,
  payloadType: string,
  type: string,
  read: (reader: Reader) => T,
): AuditorStatement<T> {
  const envelope = parseDsse(bytes);
  ensure(envelope.payloadType === payloadType, 'statement_malformed', 'payloadType');
  const object = parseObject(envelope.payload, envelope.payload.length, 'statement_malformed');
  const reader = new Reader(object, 'statement_malformed');
  reader.oneOf('type', [type]);
  const statement = read(reader);
  reader.done();
  return { statement, hash: toHex(statementHash(hashes, envelope)) as Hash, envelope };
}

/** Who of the directory's auditors may have signed: those of this id with a signing key. */
interface Named {
  readonly id: string;
  readonly signKey: Uint8Array | null;
}

/** Throws `auditor_signers` unless the auditor whom the statement names signed it, alone, with the key that the directory gives them. */
export function requireAuditor(
  verifier: Verifier,
  { statement, envelope }: AuditorStatement<{ readonly auditor: string }>,
  auditors: readonly Named[],
): void {
  const keys = auditors.flatMap(({ id, signKey }) =>
    id === statement.auditor && signKey !== null ? [signKey] : [],
  );
  ensure(envelope.signatures.length === 1, 'auditor_signers', 'signatures');
  ensure(validSigners(verifier, envelope, keys).length === 1, 'auditor_signers');
}

/** How a test tip is shown to be of a set: where its commitment stands, the way to the root, and what opens it. All hex. */
export interface CanaryOpening {
  readonly index: number;
  readonly size: number;
  /** RFC 6962 path, 32 bytes a node. */
  readonly path: readonly Hash[];
  /** 32 bytes. */
  readonly salt: Hash;
}

/** True when a tip is one of a set's, by an opening that may come from anybody. */
export function isOfSet(
  hashes: Pick<Hashes, 'blake2b512' | 'sha256'>,
  set: Pick<CanarySet, 'n' | 'root'>,
  tip: TipId,
  { index, size, path, salt }: CanaryOpening,
): boolean {
  if (size !== set.n || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  const sha256 = (data: Uint8Array) => hashes.sha256(data);
  const entry = entryHash(sha256, canaryCommitment(hashes, fromHex(salt), tip));
  return verifyInclusion(sha256, entry, index, size, path.map(fromHex), fromHex(set.root));
}

/** The root of a set's commitments in their order, hex, and the way of each to it. `entries`: `canaryCommitment` of each. */
export function canaryTree(
  hashes: Pick<Hashes, 'sha256'>,
  entries: readonly Uint8Array[],
): { readonly root: Hash; readonly paths: readonly (readonly Hash[])[] } {
  const sha256 = (data: Uint8Array) => hashes.sha256(data);
  const tree = buildTree(
    sha256,
    entries.map((entry) => entryHash(sha256, entry)),
  );
  return {
    root: toHex(tree.root) as Hash,
    paths: entries.map((_, i) => tree.path(i).map((node) => toHex(node) as Hash)),
  };
}

/** Hash of a verifier's report as an auditor signs it, hex: over the report's exact JSON bytes. */
export const auditReportHash = (hashes: Pick<Hashes, 'blake2b512'>, report: Uint8Array): Hash =>
  toHex(taggedHash(hashes, 'tk1/audit-report', report)) as Hash;

/** What hides a test tip until it is revealed, 32 bytes: over a salt of 32 random bytes and the tip id that was drawn beforehand. */
export const canaryCommitment = (
  hashes: Pick<Hashes, 'blake2b512'>,
  salt: Uint8Array,
  tip: TipId,
): Uint8Array => taggedHash(hashes, 'tk1/canary', salt, tip);
