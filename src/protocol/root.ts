import type { Hash } from '../domain/ids.ts';
import { fromBase64Url, toBase64Url } from './base64.ts';
import { ensure } from './errors.ts';
import { Reader } from './json.ts';
import {
  MAX_SECONDS,
  openStatement,
  requireThreshold,
  signStatement,
  statementPayload,
} from './statement.ts';
import type { SignKeyPair, Suite, Verifier } from './suite.ts';

/** What the client build pins: everything else in the directory is believed only through these. */
export interface Pins {
  /** Instance id, 1–64 characters; in every signed byte of the instance. */
  readonly instance: string;
  /** Ed25519 root public keys, kept offline. */
  readonly rootKeys: readonly Uint8Array[];
  /** How many root keys must sign. */
  readonly threshold: number;
  /** Directories below this version are refused. */
  readonly minimumDirectoryVersion: number;
  /** How many of the directory's witnesses must have cosigned a checkpoint that is relied on; none where it is left out. */
  readonly minWitnesses?: number;
}

/** The twelve-month key set, signed by the root, that signs directories. */
export interface KeySet {
  readonly serial: number;
  readonly keys: readonly Uint8Array[];
  readonly threshold: number;
  readonly from: number;
  readonly until: number;
}

export interface VerifiedKeySet extends KeySet {
  readonly hash: Hash;
}

/** Longest life of a directory key set: 400 days. */
export const MAX_KEY_SET_SECONDS = 400 * 86_400;

/** Pins as JSON for the build: keys in base64url. */
export const encodePins = (pins: Pins): string =>
  JSON.stringify({
    instance: pins.instance,
    rootKeys: pins.rootKeys.map(toBase64Url),
    threshold: pins.threshold,
    minimumDirectoryVersion: pins.minimumDirectoryVersion,
    ...(pins.minWitnesses === undefined ? {} : { minWitnesses: pins.minWitnesses }),
  });

/** Reads pins from their JSON. Throws `field_invalid`. */
export function parsePins(json: string): Pins {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    ensure(false, 'field_invalid', 'pins');
  }
  const reader = new Reader(value, 'field_invalid', 'pins');
  const pins: Pins = {
    instance: reader.string('instance', 64, /^.+$/),
    rootKeys: readKeys(reader, 'rootKeys'),
    threshold: reader.integer('threshold', 1, 16),
    minimumDirectoryVersion: reader.integer('minimumDirectoryVersion', 1, 1_000_000_000),
    ...(reader.has('minWitnesses') ? { minWitnesses: reader.integer('minWitnesses', 0, 20) } : {}),
  };
  reader.done();
  ensure(pins.threshold <= pins.rootKeys.length, 'field_invalid', 'threshold');
  return pins;
}

function readKeys(reader: Reader, key: string): readonly Uint8Array[] {
  const texts = reader.strings(key, 16, 43);
  if (texts.length === 0 || new Set(texts).size !== texts.length) reader.fail(key);
  return texts.map((text) => {
    try {
      const bytes = fromBase64Url(text);
      return bytes.length === 32 ? bytes : reader.fail(key);
    } catch {
      return reader.fail(key);
    }
  });
}

/** Payload of a directory key set, for the root holders to sign (each may cosign on their own machine). */
export const keySetPayload = (instance: string, set: KeySet): Uint8Array =>
  statementPayload('directory-keys', instance, {
    serial: set.serial,
    keys: set.keys.map(toBase64Url),
    threshold: set.threshold,
    from: set.from,
    until: set.until,
  });

/** A key set signed by root keys at once. */
export const signKeySet = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  instance: string,
  set: KeySet,
  rootKeys: readonly SignKeyPair[],
): Uint8Array => signStatement(suite, 'directory-keys', keySetPayload(instance, set), rootKeys);

/**
 * Verifies a key set against the pins. Throws `statement_malformed`, `directory_instance`, `root_threshold`. Whether it is in force is
 * `verifyDirectory`'s to decide.
 */
export function verifyKeySet(verifier: Verifier, pins: Pins, bytes: Uint8Array): VerifiedKeySet {
  const { envelope, reader, instance, hash } = openStatement(verifier, 'directory-keys', bytes);
  const set: VerifiedKeySet = {
    serial: reader.integer('serial', 1, 1_000_000),
    keys: readKeys(reader, 'keys'),
    threshold: reader.integer('threshold', 1, 16),
    from: reader.integer('from', 0, MAX_SECONDS),
    until: reader.integer('until', 0, MAX_SECONDS),
    hash,
  };
  reader.done();
  ensure(instance === pins.instance, 'directory_instance');
  ensure(set.threshold <= set.keys.length, 'statement_malformed', 'threshold');
  ensure(set.until > set.from && set.until - set.from <= MAX_KEY_SET_SECONDS, 'statement_malformed', 'until');
  requireThreshold(verifier, envelope, pins.rootKeys, pins.threshold, 'root_threshold');
  return set;
}
