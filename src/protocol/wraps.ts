import type { UnitId } from '../domain/ids.ts';
import { isUnitId } from '../domain/ids.ts';
import { concat, fromUtf8, lengthPrefixed, utf8, wipe } from './bytes.ts';
import { ensure, ProtocolError } from './errors.ts';
import { taggedHash } from './hash.ts';
import { type Hashes, SIZES, type Suite } from './suite.ts';

/** Most recipients of one envelope. */
export const MAX_WRAPS = 16;
const SEALED_KEY = SIZES.dataKey + SIZES.aeadTag;
const MAX_ID_BYTES = 100;
const ID = /^(?:epoch:[a-z0-9-]{1,40}:[1-9][0-9]{0,6}|mailbox:[0-9a-f]{32})$/;
/** Largest wraps block, in bytes. */
export const MAX_WRAPS_BYTES = 2 + MAX_WRAPS * (2 + MAX_ID_BYTES + SIZES.kemCiphertext + SEALED_KEY);

/** Someone who can open an envelope: `epoch:<unit>:<number>` or `mailbox:<locator>`, with an X-Wing public key. */
export interface Recipient {
  readonly id: string;
  readonly publicKey: Uint8Array;
}

/** One parsed wrap. */
export interface Wrap {
  readonly id: string;
  /** X-Wing ciphertext, 1120 bytes. */
  readonly ciphertext: Uint8Array;
  /** Data key under XChaCha20-Poly1305, 48 bytes. */
  readonly sealedKey: Uint8Array;
}

export const epochRecipient = (unit: UnitId, epoch: number): string => `epoch:${unit}:${epoch}`;
const EPOCH_RECIPIENT = /^epoch:([^:]+):([1-9][0-9]{0,6})$/;

/** Unit and epoch of a recipient's name; null for another kind of name. */
export function epochOfRecipient(id: string): { readonly unit: UnitId; readonly epoch: number } | null {
  const [, unit = '', epoch] = EPOCH_RECIPIENT.exec(id) ?? [];
  return isUnitId(unit) ? { unit, epoch: Number(epoch) } : null;
}

export const mailboxRecipient = (locator: string): string => `mailbox:${locator}`;

/** Key (32 bytes) and nonce (24 bytes) for one wrap, used once: from the KEM's secret, coreHash and the recipient's name. */
function wrapKey(suite: Suite, sharedSecret: Uint8Array, coreHash: Uint8Array, id: string): Uint8Array {
  return suite.blake2bKeyed(sharedSecret, lengthPrefixed('tk1/wrap', coreHash, id), 56);
}

/** Wraps a data key to each recipient: the exact bytes of the wraps block. Throws `wraps_malformed` for none, too many or a bad name. */
export function sealWraps(
  suite: Suite,
  dataKey: Uint8Array,
  coreHash: Uint8Array,
  recipients: readonly Recipient[],
): Uint8Array {
  ensure(recipients.length >= 1 && recipients.length <= MAX_WRAPS, 'wraps_malformed');
  return encodeWraps(
    recipients.map(({ id, publicKey }) => {
      ensure(ID.test(id), 'wraps_malformed', 'id');
      const coins = suite.randomBytes(SIZES.kemCoins);
      const { ciphertext, sharedSecret } = suite.encapsulate(publicKey, coins);
      const key = wrapKey(suite, sharedSecret, coreHash, id);
      const sealedKey = suite.aeadSeal(key.subarray(0, 32), key.subarray(32), dataKey, coreHash);
      wipe(coins, sharedSecret, key);
      return { id, ciphertext, sealedKey };
    }),
  );
}

/** A wraps block of these wraps: count (u16 LE), then for each: length of the name (u16 LE), name, 1120 bytes, 48 bytes. */
export function encodeWraps(wraps: readonly Wrap[]): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(wraps.length & 0xff, wraps.length >>> 8)];
  for (const { id, ciphertext, sealedKey } of wraps) {
    const name = utf8(id);
    parts.push(Uint8Array.of(name.length & 0xff, name.length >>> 8), name, ciphertext, sealedKey);
  }
  return concat(...parts);
}

/** Parses a wraps block (attacker-controlled); the wraps are views into it. Throws `wraps_malformed`. */
export function parseWraps(bytes: Uint8Array): readonly Wrap[] {
  ensure(bytes.length >= 2 && bytes.length <= MAX_WRAPS_BYTES, 'wraps_malformed');
  const u16 = (at: number) => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  const count = u16(0);
  ensure(count >= 1 && count <= MAX_WRAPS, 'wraps_malformed');
  const wraps: Wrap[] = [];
  let at = 2;
  for (let i = 0; i < count; i++) {
    const end = at + 2 + u16(at);
    ensure(end + SIZES.kemCiphertext + SEALED_KEY <= bytes.length, 'wraps_malformed');
    const id = readId(bytes.subarray(at + 2, end));
    const ciphertext = bytes.subarray(end, end + SIZES.kemCiphertext);
    at = end + SIZES.kemCiphertext + SEALED_KEY;
    ensure(!wraps.some((wrap) => wrap.id === id), 'wraps_malformed');
    wraps.push({ id, ciphertext, sealedKey: bytes.subarray(end + SIZES.kemCiphertext, at) });
  }
  ensure(at === bytes.length, 'wraps_malformed');
  return wraps;
}

function readId(bytes: Uint8Array): string {
  ensure(bytes.length <= MAX_ID_BYTES, 'wraps_malformed');
  let id: string;
  try {
    id = fromUtf8(bytes);
  } catch {
    throw new ProtocolError('wraps_malformed');
  }
  ensure(ID.test(id), 'wraps_malformed');
  return id;
}

/**
 * The data key, opened by one recipient. Throws `wraps_malformed`, `wrap_foreign` (no wrap for this recipient, or one that was made
 * for another envelope or key).
 */
export function openWrap(
  suite: Suite,
  wraps: Uint8Array,
  coreHash: Uint8Array,
  recipientId: string,
  secretKey: Uint8Array,
): Uint8Array {
  const wrap = parseWraps(wraps).find(({ id }) => id === recipientId);
  ensure(wrap !== undefined, 'wrap_foreign');
  const sharedSecret = suite.decapsulate(wrap.ciphertext, secretKey);
  const key = wrapKey(suite, sharedSecret, coreHash, recipientId);
  const dataKey = suite.aeadOpen(key.subarray(0, 32), key.subarray(32), wrap.sealedKey, coreHash);
  wipe(sharedSecret, key);
  ensure(dataKey !== null, 'wrap_foreign');
  return dataKey;
}

/** Hash of a wraps block, 32 bytes: in the seal for the original one, in the officer's event for every later one. */
export const hashWraps = (hashes: Pick<Hashes, 'blake2b512'>, wraps: Uint8Array): Uint8Array =>
  taggedHash(hashes, 'tk1/wraps', wraps);
