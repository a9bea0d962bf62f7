import type { BatchLayout } from './batch.ts';
import { joined } from './encoding.ts';
import { ENTRY_BYTES } from './entry.ts';
import type { Sha256 } from './sha256.ts';
import { grow, TILE_WIDTH, type Tile } from './tiles.ts';

/** What a batch changes once its head's entry is known. */
export interface Planned {
  readonly tiles: readonly Tile[];
  /** Rows of at most 256 entries of 64 bytes that changed, whole. */
  readonly entries: readonly { readonly n: number; readonly entries: Uint8Array }[];
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/**
 * Tiles, rows of entries and root of a batch whose head's entry is its last. `lastRow`: the last row of entries when it is not full, else empty.
 * RangeError when the edge or the row is not that of `begins`.
 */
export function finishBatch(
  sha256: Sha256,
  begins: number,
  edge: readonly Tile[],
  lastRow: Uint8Array,
  layout: BatchLayout,
  head: Uint8Array,
): Planned {
  if (lastRow.length !== (begins % TILE_WIDTH) * ENTRY_BYTES || head.length !== ENTRY_BYTES)
    throw new RangeError('row');
  const added = [...layout.entries, head];
  const { size, root, tiles } = grow(sha256, begins, edge, added);
  const all = joined(lastRow, ...added);
  const first = Math.floor(begins / TILE_WIDTH);
  const row = TILE_WIDTH * ENTRY_BYTES;
  const entries = Array.from({ length: Math.ceil(all.length / row) }, (_, i) => ({
    n: first + i,
    entries: all.slice(i * row, (i + 1) * row),
  }));
  return { tiles, entries, size, root };
}
