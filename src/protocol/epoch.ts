import type { Hash, UnitId } from '../domain/ids.ts';
import { isHash, isUnitId } from '../domain/ids.ts';
import { toBase64Url } from './base64.ts';
import { concat, equalBytes, lengthPrefixed, wipe } from './bytes.ts';
import type { Dsse } from './dsse.ts';
import { ensure } from './errors.ts';
import { MAX_SECONDS, openStatement, statementPayload } from './statement.ts';
import { type Hashes, type KemKeyPair, SIZES, type SignKeyPair, type Suite } from './suite.ts';

/** One epoch lasts a week. */
export const EPOCH_SECONDS = 7 * 86_400;
/** Epochs are signed six weeks ahead. */
export const EPOCHS_AHEAD = 6;
/** Longest epoch that is believed, and longest time ahead that it may be signed. */
const MAX_EPOCH_SECONDS = 15 * 86_400;
const MAX_AHEAD_SECONDS = 70 * 86_400;
/** Uploads begun before an epoch's end are taken this much longer. */
export const EPOCH_GRACE_SECONDS = 48 * 3_600;

/** A period of a unit's sealing key. */
export interface EpochFields {
  readonly unit: UnitId;
  /** 1, 2, 3 … within the unit. */
  readonly n: number;
  /** X-Wing public key, 1216 bytes: tips are sealed to it. */
  readonly publicKey: Uint8Array;
  /** Ed25519 public key, 32 bytes: the unit's messages are signed with it, so that no officer's key is shown to citizens. */
  readonly voiceKey: Uint8Array;
  readonly issued: number;
  readonly from: number;
  readonly until: number;
  /** Hash of the unit's previous EPOCH statement; null for number 1 alone. */
  readonly prev: Hash | null;
}

export interface ParsedEpoch extends EpochFields {
  readonly instance: string;
  readonly hash: Hash;
  readonly envelope: Dsse;
}

/** Payload of an EPOCH statement, for two members of the unit to sign. */
export const epochPayload = (instance: string, epoch: EpochFields): Uint8Array =>
  statementPayload('epoch', instance, {
    unit: epoch.unit,
    n: epoch.n,
    publicKey: toBase64Url(epoch.publicKey),
    voiceKey: toBase64Url(epoch.voiceKey),
    issued: epoch.issued,
    from: epoch.from,
    until: epoch.until,
    prev: epoch.prev,
  });

/** Parses an EPOCH statement without checking its signatures. Throws `statement_malformed`. */
export function parseEpoch(hashes: Pick<Hashes, 'blake2b512'>, bytes: Uint8Array): ParsedEpoch {
  const { envelope, reader, instance, hash } = openStatement(hashes, 'epoch', bytes);
  const epoch: ParsedEpoch = {
    unit: reader.guarded('unit', 40, isUnitId),
    n: reader.integer('n', 1, 1_000_000),
    publicKey: reader.bytes('publicKey', SIZES.kemPublicKey),
    voiceKey: reader.bytes('voiceKey', SIZES.signPublicKey),
    issued: reader.integer('issued', 0, MAX_SECONDS),
    from: reader.integer('from', 0, MAX_SECONDS),
    until: reader.integer('until', 0, MAX_SECONDS),
    prev: reader.isNull('prev') ? reader.null('prev') : reader.guarded('prev', 64, isHash),
    instance,
    hash,
    envelope,
  };
  reader.done();
  if ((epoch.n === 1) !== (epoch.prev === null)) reader.fail('prev');
  if (epoch.until <= epoch.from || epoch.until - epoch.from > MAX_EPOCH_SECONDS) reader.fail('until');
  if (epoch.from - epoch.issued > MAX_AHEAD_SECONDS) reader.fail('from');
  return epoch;
}

/** The opened keys of an epoch. */
export interface EpochKeys {
  readonly kem: KemKeyPair;
  readonly voice: SignKeyPair;
}

/** Both key pairs of an epoch's 32-byte secret. */
export function epochKeys(suite: Suite, secret: Uint8Array): EpochKeys {
  const kemSeed = suite.kdf(secret, 'tk1epkem', 1, 32);
  const voiceSeed = suite.kdf(secret, 'tk1epvoi', 1, 32);
  const keys = { kem: suite.xwingKeyPair(kemSeed), voice: suite.ed25519KeyPair(voiceSeed) };
  wipe(kemSeed, voiceSeed);
  return keys;
}

/** A fresh epoch secret (32 bytes) with its keys. The secret goes to the members' wraps and the recovery shares, then is wiped. */
export function generateEpoch(suite: Suite): { readonly secret: Uint8Array; readonly keys: EpochKeys } {
  const secret = suite.randomBytes(32);
  return { secret, keys: epochKeys(suite, secret) };
}

/** For whom an epoch's secret is wrapped: bound into the wrapping. */
export interface EpochWrapContext {
  readonly instance: string;
  readonly unit: UnitId;
  readonly epoch: number;
  /** Staff id of the member. */
  readonly member: string;
}

const binding = ({ instance, unit, epoch, member }: EpochWrapContext): Uint8Array =>
  lengthPrefixed('tk1/epoch-wrap', instance, unit, String(epoch), member);

/** An epoch's secret wrapped to one member: X-Wing ciphertext (1120 bytes) ‖ sealed secret (48 bytes). */
export function wrapEpochSecret(
  suite: Suite,
  secret: Uint8Array,
  context: EpochWrapContext,
  memberKemKey: Uint8Array,
): Uint8Array {
  return sealToKey(suite, secret, binding(context), memberKemKey);
}

/**
 * Opens an epoch's secret and checks that it really is the secret of the signed epoch, so that a wrap cannot smuggle in another key.
 * Throws `wrap_foreign` (not for this member, unit or epoch), `epoch_mismatch`.
 */
export function openEpochSecret(
  suite: Suite,
  wrap: Uint8Array,
  context: EpochWrapContext,
  memberKemSecret: Uint8Array,
  epoch: Pick<EpochFields, 'publicKey' | 'voiceKey'>,
): { readonly secret: Uint8Array; readonly keys: EpochKeys } {
  const secret = openFromKey(suite, wrap, binding(context), memberKemSecret);
  ensure(secret !== null && secret.length === 32, 'wrap_foreign');
  return { secret, keys: checkedEpochKeys(suite, secret, epoch) };
}

/** Keys of a secret that came from members or recovery shares. Throws `epoch_mismatch` unless they are the signed epoch's. */
export function checkedEpochKeys(
  suite: Suite,
  secret: Uint8Array,
  epoch: Pick<EpochFields, 'publicKey' | 'voiceKey'>,
): EpochKeys {
  const keys = epochKeys(suite, secret);
  const right =
    equalBytes(keys.kem.publicKey, epoch.publicKey) && equalBytes(keys.voice.publicKey, epoch.voiceKey);
  ensure(right, 'epoch_mismatch');
  return keys;
}

/** Seals a short secret to an X-Wing key under a binding: ciphertext (1120 bytes) ‖ AEAD. */
export function sealToKey(
  suite: Suite,
  secret: Uint8Array,
  bound: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array {
  const coins = suite.randomBytes(SIZES.kemCoins);
  const { ciphertext, sharedSecret } = suite.encapsulate(publicKey, coins);
  const key = suite.blake2bKeyed(sharedSecret, bound, 56);
  const sealed = concat(ciphertext, suite.aeadSeal(key.subarray(0, 32), key.subarray(32), secret, bound));
  wipe(coins, sharedSecret, key);
  return sealed;
}

/** Opens what `sealToKey` sealed; null when it is not for this key or binding. */
export function openFromKey(
  suite: Suite,
  sealed: Uint8Array,
  bound: Uint8Array,
  secretKey: Uint8Array,
): Uint8Array | null {
  if (sealed.length < SIZES.kemCiphertext + SIZES.aeadTag) return null;
  const sharedSecret = suite.decapsulate(sealed.subarray(0, SIZES.kemCiphertext), secretKey);
  const key = suite.blake2bKeyed(sharedSecret, bound, 56);
  const opened = suite.aeadOpen(
    key.subarray(0, 32),
    key.subarray(32),
    sealed.subarray(SIZES.kemCiphertext),
    bound,
  );
  wipe(sharedSecret, key);
  return opened;
}
