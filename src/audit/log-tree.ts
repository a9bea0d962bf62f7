import { sameBytes } from '../ledger/encoding.ts';
import { ENTRY_BYTES } from '../ledger/entry.ts';
import type { Sha256 } from '../ledger/sha256.ts';
import { edgeOf, grow, type Tile } from '../ledger/tiles.ts';

/** The tree rebuilt from a bundle's entries: of it only the right edge is in memory, and the root at each checkpoint. */
export class LogTree {
  readonly #sha256: Sha256;
  #edge: readonly Tile[] = [];
  #size = 0;
  #pending: Uint8Array[] = [];

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  /** Entries taken so far. */
  get size(): number {
    return this.#size + this.#pending.length;
  }

  /** Takes entries that follow those before, 64 bytes each. */
  add(entries: readonly Uint8Array[]): void {
    this.#pending.push(...entries);
  }

  /** Root of all entries taken. */
  root(): Uint8Array {
    const grown = grow(this.#sha256, this.#size, this.#edge, this.#pending);
    const changed = new Map(grown.tiles.map((tile) => [`${tile.level}/${tile.n}`, tile]));
    const before = new Map(this.#edge.map((tile) => [`${tile.level}/${tile.n}`, tile]));
    this.#edge = edgeOf(grown.size).flatMap(({ level, n }) => {
      const key = `${level}/${n}`;
      return changed.get(key) ?? before.get(key) ?? [];
    });
    this.#size = grown.size;
    this.#pending = [];
    return grown.root;
  }
}

/** Entries of one line; null when they are not whole. */
export function entriesOf(bytes: Uint8Array): readonly Uint8Array[] | null {
  if (bytes.length === 0 || bytes.length % ENTRY_BYTES !== 0) return null;
  return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, i) =>
    bytes.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES),
  );
}

/** Every entry of the log at its place, for naming the one that differs: made only when something does. */
export class EntryTable {
  readonly #bytes: Uint8Array;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size * ENTRY_BYTES);
  }

  set(from: number, bytes: Uint8Array): void {
    if ((from + 1) * ENTRY_BYTES <= this.#bytes.length) this.#bytes.set(bytes, from * ENTRY_BYTES);
  }

  /** Which half differs from an opened entry: its leaf, what its citizen can be shown, or neither. */
  compare(index: number, entry: Uint8Array): 'leaf' | 'shown' | null {
    const own = this.#bytes.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES);
    if (!sameBytes(own.subarray(0, 32), entry.subarray(0, 32))) return 'leaf';
    return sameBytes(own.subarray(32), entry.subarray(32)) ? null : 'shown';
  }

  leaf(index: number): Uint8Array {
    return this.#bytes.subarray(index * ENTRY_BYTES, index * ENTRY_BYTES + 32);
  }
}
