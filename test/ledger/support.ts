import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { NodeReader } from '../../src/ledger/proofs.ts';
import { buildTree, entryHash } from '../../src/ledger/tree.ts';

export const sha256 = (data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(data).digest());

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const entriesOf = (size: number, from = 0): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => Uint8Array.of((from + i) & 255, (from + i) >> 8));

/** Nodes of the tree over some entries, computed from the entries, each once. */
export function readerOf(entries: readonly Uint8Array[]): NodeReader {
  const known = new Map<string, Uint8Array>();
  return (level, index) => {
    const key = `${level}/${index}`;
    const width = 2 ** level;
    const inside = entries.slice(index * width, (index + 1) * width);
    if (inside.length !== width) throw new RangeError('node');
    const node = known.get(key) ?? rootOfEntries(inside);
    known.set(key, node);
    return node;
  };
}

export const rootOfEntries = (entries: readonly Uint8Array[]): Uint8Array =>
  buildTree(
    sha256,
    entries.map((entry) => entryHash(sha256, entry)),
  ).root;

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 key of the platform from a seed byte. */
export function signer(seed: number): {
  readonly publicKey: Uint8Array;
  readonly sign: (m: Uint8Array) => Uint8Array;
} {
  const der = Buffer.concat([PKCS8, Buffer.alloc(32, seed)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

export const verifyEd25519 = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
};
