import { u64 } from '../ledger/encoding.ts';
import { ENTRY_BYTES } from '../ledger/entry.ts';
import type { Sha256 } from '../ledger/sha256.ts';

/**
 * Finds out whether two lists that come in different orders, each too long to keep, hold the same things: every thing is hashed under a key
 * that whoever made the lists could not know, and the hashes are added up. Equal sums: equal lists but for a chance of 2⁻¹²⁸.
 */
export class Multiset {
  readonly #sha256: Sha256;
  /** What is hashed: key, index, entry. */
  readonly #input = new Uint8Array(40 + ENTRY_BYTES);
  /** Eight words of 32 bits, the least first. */
  readonly #sum = new Float64Array(8);

  /** `key`: 32 random bytes drawn for this run; the same for the sets that are compared. */
  constructor(sha256: Sha256, key: Uint8Array) {
    if (key.length !== 32) throw new RangeError('key');
    this.#sha256 = sha256;
    this.#input.set(key);
  }

  /** Adds an entry of the log at its index. The same one twice counts twice. */
  add(index: number, entry: Uint8Array): void {
    if (entry.length !== ENTRY_BYTES) throw new RangeError('entry');
    const input = this.#input;
    input.set(u64(index), 32);
    input.set(entry, 40);
    const hash = this.#sha256(input);
    const words = new DataView(hash.buffer, hash.byteOffset, 32);
    let carry = 0;
    for (let i = 0; i < 8; i++) {
      const word = (this.#sum[i] ?? 0) + words.getUint32(i * 4) + carry;
      this.#sum[i] = word % 2 ** 32;
      carry = word >= 2 ** 32 ? 1 : 0;
    }
  }

  equals(other: Multiset): boolean {
    return this.#sum.every((word, i) => word === other.#sum[i]);
  }
}

/** One bit for each leaf of the log: which indices have been opened. 125 kB for a million. */
export class Opened {
  readonly #bits: Uint8Array;
  readonly #size: number;

  constructor(size: number) {
    this.#bits = new Uint8Array(Math.ceil(size / 8));
    this.#size = size;
  }

  /** Marks an index; false when it was marked before or is none of the log's. */
  mark(index: number): boolean {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.#size) return false;
    const at = Math.floor(index / 8);
    const bit = 1 << (index % 8);
    const byte = this.#bits[at] ?? 0;
    this.#bits[at] = byte | bit;
    return (byte & bit) === 0;
  }

  /** Indices that were never marked, ascending, at most `limit`. */
  missing(limit: number): readonly number[] {
    const missing: number[] = [];
    for (let index = 0; index < this.#size && missing.length < limit; index++) {
      if (((this.#bits[Math.floor(index / 8)] ?? 0) & (1 << (index % 8))) === 0) missing.push(index);
    }
    return missing;
  }
}
