import type { Hash, Hour, UnitId } from '../domain/ids.ts';
import { isHash, isUnitId } from '../domain/ids.ts';
import { ASSURANCES, type Assurance } from '../domain/terms.ts';
import { buildTree, entryHash, verifyInclusion } from '../ledger/tree.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { fromHex, fromUtf8, toHex, utf8 } from './bytes.ts';
import { type Dsse, encodeDsse, keyId, pae, readDsse, validSigners } from './dsse.ts';
import { ensure, ProtocolError } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import type { Hashes, Verifier } from './suite.ts';

export const PROMISE_BATCH_TYPE = 'application/vnd.tinkin.promise-batch+json';
/** Largest answer to a submission, in bytes. */
export const MAX_ANSWER_BYTES = 16 * 1024;
const HOUR = 3600;

/** A published checkpoint as something signed names it. */
export interface PublishedPoint {
  readonly size: number;
  /** Hex. */
  readonly root: Hash;
}

/** What the instance promises about one accepted submission, countersigning its SUBMITTED event. */
export interface PromiseTerms {
  /** Name of the log (directory's `logOrigin`). */
  readonly origin: string;
  /** Leaf hash of the SUBMITTED record. */
  readonly leaf: Hash;
  readonly seal: Hash;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly assurance: Assurance;
  /** The newest checkpoint that was published then: every later one must begin with it. Null before the first. */
  readonly checkpoint: PublishedPoint | null;
  /** UTC seconds by which the leaf must be in a published checkpoint. */
  readonly includeBy: number;
}

/** One submission's promise: its payload, and the way from there to the root that was signed for the whole batch. */
export interface PromiseProof {
  readonly terms: PromiseTerms;
  /** Exact UTF-8 JSON bytes of the terms. */
  readonly payload: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
  readonly batch: Dsse;
}

/** The answer to a submission: the promise and the salt that opens its leaf. */
export interface SubmissionAnswer {
  readonly promise: PromiseProof;
  /** 32 bytes. */
  readonly leafSalt: Uint8Array;
}

/** The ledger key's signing side, as the server has it. */
export interface PromiseSigner {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Exact payload bytes of a promise. */
export const promisePayload = (terms: PromiseTerms): Uint8Array =>
  utf8(
    JSON.stringify({
      type: 'promise',
      origin: terms.origin,
      leaf: terms.leaf,
      seal: terms.seal,
      unit: terms.unit,
      t0: terms.t0,
      assurance: terms.assurance,
      checkpoint:
        terms.checkpoint === null ? null : { size: terms.checkpoint.size, root: terms.checkpoint.root },
      includeBy: terms.includeBy,
    }),
  );

/**
 * Promises for all submissions of one group commit under one signature: answer bodies in the batch's order, exact UTF-8 JSON
 * `{"promise":{payload,index,size,path,batch},"leafSalt":…}`. They may be sent only once the commit is on disk.
 */
export function makeAnswers(
  hashes: Hashes,
  signer: PromiseSigner,
  batch: readonly { readonly terms: PromiseTerms; readonly leafSalt: Uint8Array }[],
): Uint8Array[] {
  const sha256 = (data: Uint8Array) => hashes.sha256(data);
  const payloads = batch.map(({ terms }) => promisePayload(terms));
  const tree = buildTree(
    sha256,
    payloads.map((payload) => entryHash(sha256, payload)),
  );
  const statement = batchPayload(tree.root, tree.size);
  const sig = signer.sign(pae(PROMISE_BATCH_TYPE, statement));
  const keyid = keyId(hashes, signer.publicKey);
  const dsse = fromUtf8(
    encodeDsse({ payloadType: PROMISE_BATCH_TYPE, payload: statement, signatures: [{ keyid, sig }] }),
  );
  return batch.map(({ leafSalt }, index) => {
    const payload = payloads[index] ?? new Uint8Array(0);
    const promise = promiseText({ payload, index, size: tree.size, path: tree.path(index) }, dsse);
    return utf8(`{"promise":${promise},"leafSalt":"${toHex(leafSalt)}"}`);
  });
}

const promiseText = (
  { payload, index, size, path }: Pick<PromiseProof, 'payload' | 'index' | 'size' | 'path'>,
  batch: string,
): string =>
  `{"payload":"${toBase64(payload)}","index":${index},"size":${size},"path":[${path.map((node) => `"${toHex(node)}"`)}],"batch":${batch}}`;

/** A promise alone as JSON, the way an answer holds it; without the salt that opens its leaf. */
export const encodePromise = (promise: PromiseProof): string =>
  promiseText(promise, fromUtf8(encodeDsse(promise.batch)));

const batchPayload = (root: Uint8Array, size: number): Uint8Array =>
  utf8(JSON.stringify({ type: 'promise-batch', root: toHex(root), size }));

/** Parses an answer (attacker-controlled). Throws `promise_malformed`. */
export function parseAnswer(bytes: Uint8Array): SubmissionAnswer {
  const reader = new Reader(parseObject(bytes, MAX_ANSWER_BYTES, 'promise_malformed'), 'promise_malformed');
  const promise = readPromise(reader.object('promise'));
  const leafSalt = reader.hex('leafSalt', 32);
  reader.done();
  return { promise, leafSalt };
}

/** Reads a promise that stands alone (`encodePromise`; attacker-controlled). Throws `promise_malformed`. */
export const parsePromise = (bytes: Uint8Array): PromiseProof =>
  readPromise(new Reader(parseObject(bytes, MAX_ANSWER_BYTES, 'promise_malformed'), 'promise_malformed'));

function readPromise(reader: Reader): PromiseProof {
  const payload = base64(reader, 'payload');
  const index = reader.integer('index', 0, 1_000_000);
  const size = reader.integer('size', 1, 1_000_000);
  const path = reader.strings('path', 20, 64).map((node) => {
    if (!isHash(node)) reader.fail('path');
    return fromHex(node);
  });
  const batch = readDsse(reader.object('batch'));
  reader.done();
  return { terms: readTerms(payload), payload, index, size, path, batch };
}

function base64(reader: Reader, key: string): Uint8Array {
  try {
    return fromBase64(reader.string(key, 4096));
  } catch {
    return reader.fail(key);
  }
}

function readTerms(payload: Uint8Array): PromiseTerms {
  const reader = new Reader(parseObject(payload, 2048, 'promise_malformed'), 'promise_malformed');
  reader.oneOf('type', ['promise']);
  const terms: PromiseTerms = {
    origin: reader.string('origin', 200),
    leaf: reader.guarded('leaf', 64, isHash),
    seal: reader.guarded('seal', 64, isHash),
    unit: reader.guarded('unit', 40, isUnitId),
    t0: reader.integer('t0', 0, 10_000_000) as Hour,
    assurance: reader.oneOf('assurance', ASSURANCES),
    checkpoint: reader.isNull('checkpoint')
      ? reader.null('checkpoint')
      : readPoint(reader.object('checkpoint')),
    includeBy: reader.integer('includeBy', 0, 100_000_000_000),
  };
  reader.done();
  return terms;
}

/** Reads size and root of a published checkpoint; fails with the reader's code. */
export function readPoint(reader: Reader): PublishedPoint {
  const point = {
    size: reader.integer('size', 1, Number.MAX_SAFE_INTEGER),
    root: reader.guarded('root', 64, isHash),
  };
  reader.done();
  return point;
}

/** What the browser knows of its own submission. */
export interface ExpectedPromise
  extends Pick<PromiseTerms, 'origin' | 'leaf' | 'seal' | 'unit' | 't0' | 'assurance'> {}

/**
 * Checks a promise against what was sent: the leaf of one's own record and salt, seal, unit, hour, assurance; the path to the batch's
 * root; the ledger key's signature over that root. `now` is the browser's clock in UTC seconds: when it lies more than an hour outside the
 * period that T0 begins (`span` seconds: an hour for a tip, a day for other acts of citizens), it throws `promise_clock`, which is a warning about a clock, thrown after everything else was found right. Other codes: `promise_leaf`,
 * `promise_mismatch`, `promise_path`, `promise_signature`.
 */
export function verifyPromise(
  verifier: Verifier,
  promise: PromiseProof,
  ledgerPublicKey: Uint8Array,
  expected: ExpectedPromise,
  now: number,
  span: number = HOUR,
): void {
  const { terms } = promise;
  ensure(terms.leaf === expected.leaf, 'promise_leaf');
  for (const field of ['origin', 'seal', 'unit', 't0', 'assurance'] as const) {
    if (terms[field] !== expected[field]) throw new ProtocolError('promise_mismatch', field);
  }
  ensure(terms.includeBy > terms.t0 * HOUR, 'promise_mismatch', 'includeBy');
  verifyPromiseSignature(verifier, promise, ledgerPublicKey);
  const early = now < (terms.t0 - 1) * HOUR;
  const late = now >= (terms.t0 + 1) * HOUR + span;
  ensure(!early && !late, 'promise_clock');
}

/** The part that anybody can check, whoever sent the tip. Throws `promise_malformed`, `promise_path`, `promise_signature`. */
export function verifyPromiseSignature(
  verifier: Verifier,
  promise: PromiseProof,
  ledgerPublicKey: Uint8Array,
): void {
  const sha256 = (data: Uint8Array) => verifier.sha256(data);
  ensure(promise.batch.payloadType === PROMISE_BATCH_TYPE, 'promise_malformed', 'payloadType');
  const signed = new Reader(
    parseObject(promise.batch.payload, 1024, 'promise_malformed'),
    'promise_malformed',
  );
  signed.oneOf('type', ['promise-batch']);
  const root = signed.hex('root', 32);
  const size = signed.integer('size', 1, 1_000_000);
  signed.done();
  const entry = entryHash(sha256, promise.payload);
  const included = verifyInclusion(sha256, entry, promise.index, size, promise.path, root);
  ensure(size === promise.size && included, 'promise_path');
  ensure(validSigners(verifier, promise.batch, [ledgerPublicKey]).length === 1, 'promise_signature');
}
