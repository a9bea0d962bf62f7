import type { Hash } from '../domain/ids.ts';
import { toHex, utf8 } from './bytes.ts';
import { cosignDsse, type Dsse, parseDsse, signDsse, statementHash, validSigners } from './dsse.ts';
import { ensure, type ProtocolErrorCode } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import type { Hashes, SignKeyPair, Suite, Verifier } from './suite.ts';

/** The signed statements of which the key directory is made. */
export const STATEMENT_KINDS = ['directory-keys', 'directory', 'member', 'epoch', 'revocation'] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

export const statementType = (kind: StatementKind): string => `application/vnd.tinkin.${kind}+json`;

/** Exact payload bytes of a statement: UTF-8 JSON with `type` and `instance` first. Strings of people are NFC already. */
export const statementPayload = (
  kind: StatementKind,
  instance: string,
  fields: { readonly [key: string]: unknown },
): Uint8Array => utf8(JSON.stringify({ type: kind, instance, ...fields }));

/** Signs a statement with one key or several. */
export const signStatement = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  kind: StatementKind,
  payload: Uint8Array,
  signers: readonly SignKeyPair[],
): Uint8Array => signDsse(suite, statementType(kind), payload, signers);

/** Adds another signer to a statement, over the same bytes. Throws `statement_malformed`. */
export const cosignStatement = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  statement: Uint8Array,
  signer: SignKeyPair,
): Uint8Array => cosignDsse(suite, statement, signer);

/** A parsed envelope whose payload is being read. */
export interface OpenStatement {
  readonly envelope: Dsse;
  /** Positioned after `type` and `instance`. */
  readonly reader: Reader;
  readonly instance: string;
  readonly hash: Hash;
}

/** Opens statement bytes (attacker-controlled) of one kind; its signatures are not checked. Throws `code`, `statement_malformed`. */
export function openStatement(
  hashes: Pick<Hashes, 'blake2b512'>,
  kind: StatementKind,
  bytes: Uint8Array,
  code: ProtocolErrorCode = 'statement_malformed',
): OpenStatement {
  const envelope = parseDsse(bytes);
  ensure(envelope.payloadType === statementType(kind), code, 'payloadType');
  const reader = new Reader(parseObject(envelope.payload, envelope.payload.length, code), code);
  reader.oneOf('type', [kind]);
  const instance = reader.string('instance', 64);
  return { envelope, reader, instance, hash: toHex(statementHash(hashes, envelope)) as Hash };
}

/** Kind of some statement bytes by their payload type; null for another kind of envelope. Throws `statement_malformed`. */
export function statementKind(bytes: Uint8Array): StatementKind | null {
  const { payloadType } = parseDsse(bytes);
  return STATEMENT_KINDS.find((kind) => statementType(kind) === payloadType) ?? null;
}

/** Throws `code` unless at least `threshold` of the keys signed. */
export function requireThreshold(
  verifier: Verifier,
  envelope: Dsse,
  keys: readonly Uint8Array[],
  threshold: number,
  code: ProtocolErrorCode,
): void {
  ensure(validSigners(verifier, envelope, keys).length >= threshold, code);
}

/** Latest moment that a statement may name, in UTC seconds. */
export const MAX_SECONDS = 100_000_000_000;
