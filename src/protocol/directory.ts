import type { Hash } from '../domain/ids.ts';
import { isHash } from '../domain/ids.ts';
import { toBase64Url } from './base64.ts';
import type { Dsse } from './dsse.ts';
import type { Reader } from './json.ts';
import { MAX_SECONDS, openStatement, signStatement, statementPayload } from './statement.ts';
import { type Hashes, SIZES, type SignKeyPair, type Suite } from './suite.ts';

/** A person or body outside the units with an X-Wing key: recovery holder or independent auditor. */
export interface KeyHolder {
  /** 1–60 characters of [a-z0-9-]. */
  readonly id: string;
  readonly name: string;
  /** X-Wing public key, 1216 bytes. */
  readonly kemKey: Uint8Array;
}

/** An independent auditor of the whole instance, and with which key they sign what they have found. */
export interface DirectoryAuditor extends KeyHolder {
  /** Ed25519 public key, 32 bytes; null for one who may receive a bundle and sign nothing. */
  readonly signKey: Uint8Array | null;
}

/** What one version of the directory says. */
export interface DirectoryFields {
  readonly version: number;
  /** Hash of the previous version; null for version 1 alone. */
  readonly prev: Hash | null;
  /** UTC seconds. */
  readonly issued: number;
  readonly expires: number;
  /** Ed25519 key with which the server signs promises, 32 bytes. */
  readonly ledgerKey: Uint8Array;
  readonly logOrigin: string;
  /** Verifier keys of the witnesses (C2SP); empty where nobody cosigns. */
  readonly witnesses: readonly string[];
  readonly recoveryHolders: readonly KeyHolder[];
  readonly auditors: readonly DirectoryAuditor[];
  readonly shards: readonly { readonly province: string; readonly hash: Hash }[];
  /** Hashes of earlier key sets whose signatures under MEMBER and REVOCATION statements still count. */
  readonly formerKeySets: readonly Hash[];
}

export interface ParsedDirectory extends DirectoryFields {
  readonly instance: string;
  readonly hash: Hash;
  readonly envelope: Dsse;
}

const holder = ({ id, name, kemKey }: KeyHolder) => ({
  id,
  name: name.normalize('NFC'),
  kemKey: toBase64Url(kemKey),
});

const auditor = ({ signKey, ...named }: DirectoryAuditor) => ({
  ...holder(named),
  ...(signKey === null ? {} : { signKey: toBase64Url(signKey) }),
});

/** Payload of a directory, for the holders of directory keys to sign. */
export const directoryPayload = (instance: string, fields: DirectoryFields): Uint8Array =>
  statementPayload('directory', instance, {
    version: fields.version,
    prev: fields.prev,
    issued: fields.issued,
    expires: fields.expires,
    ledgerKey: toBase64Url(fields.ledgerKey),
    logOrigin: fields.logOrigin,
    witnesses: fields.witnesses,
    recoveryHolders: fields.recoveryHolders.map(holder),
    auditors: fields.auditors.map(auditor),
    shards: fields.shards.map(({ province, hash }) => ({ province, hash })),
    formerKeySets: fields.formerKeySets,
  });

/** A directory signed by directory keys at once. */
export const signDirectory = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  instance: string,
  fields: DirectoryFields,
  directoryKeys: readonly SignKeyPair[],
): Uint8Array => signStatement(suite, 'directory', directoryPayload(instance, fields), directoryKeys);

/** Parses a directory statement without checking its signatures. Throws `statement_malformed`. */
export function parseDirectory(hashes: Pick<Hashes, 'blake2b512'>, bytes: Uint8Array): ParsedDirectory {
  const { envelope, reader, instance, hash } = openStatement(hashes, 'directory', bytes);
  const directory: ParsedDirectory = {
    version: reader.integer('version', 1, 1_000_000_000),
    prev: reader.isNull('prev') ? reader.null('prev') : reader.guarded('prev', 64, isHash),
    issued: reader.integer('issued', 0, MAX_SECONDS),
    expires: reader.integer('expires', 0, MAX_SECONDS),
    ledgerKey: reader.bytes('ledgerKey', SIZES.signPublicKey),
    logOrigin: reader.string('logOrigin', 200),
    witnesses: reader.strings('witnesses', 20, 200),
    recoveryHolders: reader.objects('recoveryHolders', 3).map(readHolder),
    auditors: reader.objects('auditors', 10).map(readAuditor),
    shards: reader.objects('shards', 100).map(readShardHash),
    formerKeySets: reader
      .strings('formerKeySets', 20, 64)
      .map((text) => (isHash(text) ? text : reader.fail('formerKeySets'))),
    instance,
    hash,
    envelope,
  };
  reader.done();
  if ((directory.version === 1) !== (directory.prev === null)) reader.fail('prev');
  if (directory.expires <= directory.issued) reader.fail('expires');
  return directory;
}

const holderFields = (reader: Reader): KeyHolder => ({
  id: reader.string('id', 60, /^[a-z0-9-]+$/),
  name: reader.string('name', 300),
  kemKey: reader.bytes('kemKey', SIZES.kemPublicKey),
});

function readHolder(reader: Reader): KeyHolder {
  const fields = holderFields(reader);
  reader.done();
  return fields;
}

function readAuditor(reader: Reader): DirectoryAuditor {
  const signKey = reader.has('signKey') ? reader.bytes('signKey', SIZES.signPublicKey) : null;
  const fields = { ...holderFields(reader), signKey };
  reader.done();
  return fields;
}

function readShardHash(reader: Reader): { readonly province: string; readonly hash: Hash } {
  const fields = { province: reader.string('province', 40), hash: reader.guarded('hash', 64, isHash) };
  reader.done();
  return fields;
}
