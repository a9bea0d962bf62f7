import { fromDecimal, joined } from './encoding.ts';
import { type NodeReader, rootOf } from './proofs.ts';
import type { Sha256 } from './sha256.ts';
import { entryHash, nodeHash } from './tree.ts';

/** Hashes in a full tile: eight levels of the tree at once (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** A tile, or the part of one that a tree of some size holds. */
export interface TileName {
  /** 0–63, or `entries` for the bundle of the entries themselves. */
  readonly level: number | 'entries';
  readonly n: number;
  /** 1–256. */
  readonly width: number;
}

/** Hashes of a tile as far as they are there, 32 bytes each, joined. */
export interface Tile {
  readonly level: number;
  readonly n: number;
  readonly hashes: Uint8Array;
}

/** Path of a tile below the log's prefix: `tile/0/x001/234.p/5`. */
export function tilePath({ level, n, width }: TileName): string {
  let rest = n;
  let path = String(rest % 1000).padStart(3, '0');
  while (rest >= 1000) {
    rest = Math.floor(rest / 1000);
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|[1-9]?\d)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Reads a path (attacker-controlled); null for anything that `tilePath` does not write. */
export function parseTilePath(path: string): TileName | null {
  const [, place, digits = '', partial] = PATH.exec(path.slice(0, 100)) ?? [];
  if (place === undefined || path.length > 100) return null;
  const n = fromDecimal(digits.replace(/[x/]/g, '').replace(/^0+(?=\d)/, ''));
  const level: TileName['level'] = place === 'entries' ? 'entries' : Number(place);
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (n === null || (level !== 'entries' && level > 63) || (partial !== undefined && width >= TILE_WIDTH))
    return null;
  const name: TileName = { level, n, width };
  return tilePath(name) === path ? name : null;
}

/** How many hashes the tile (level, n) has in a tree of `size` entries: 0–256. */
export function tileWidth(level: number | 'entries', n: number, size: number): number {
  const hashes = level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH));
}

/** Reads nodes out of tiles. Throws RangeError where a tile that is needed is not there or too short. */
export const tileReader =
  (sha256: Sha256, tile: (level: number, n: number) => Uint8Array | undefined): NodeReader =>
  (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const width = 2 ** (level % 8);
    const first = index * width;
    const hashes = tile(tileLevel, Math.floor(first / TILE_WIDTH));
    const from = (first % TILE_WIDTH) * 32;
    if (hashes === undefined || hashes.length < from + width * 32) throw new RangeError('tile');
    let row = Array.from({ length: width }, (_, i) => hashes.subarray(from + i * 32, from + i * 32 + 32));
    while (row.length > 1) {
      row = row.flatMap((left, i) => {
        const right = row[i + 1];
        return i % 2 === 0 && right !== undefined ? [nodeHash(sha256, left, right)] : [];
      });
    }
    const [node] = row;
    if (node === undefined) throw new RangeError('tile');
    return node;
  };

/** A tree that has grown: its new size and root, and every tile that the new entries changed. */
export interface Grown {
  readonly size: number;
  readonly root: Uint8Array;
  readonly tiles: readonly Tile[];
}

/**
 * Appends entries to a tree of which only the right edge is known: for each level its last tile that is not full (`edgeOf`). RangeError when
 * the edge is not that of `size`.
 */
export function grow(
  sha256: Sha256,
  size: number,
  edge: readonly Tile[],
  entries: readonly Uint8Array[],
): Grown {
  const tiles = new Map<string, { level: number; n: number; hashes: Uint8Array[] }>();
  const changed = new Set<string>();
  for (const { level, n, hashes } of edge) {
    if (hashes.length !== tileWidth(level, n, size) * 32) throw new RangeError('edge');
    const list = Array.from({ length: hashes.length / 32 }, (_, i) => hashes.subarray(i * 32, i * 32 + 32));
    tiles.set(`${level}/${n}`, { level, n, hashes: list });
  }
  const put = (level: number, index: number, hash: Uint8Array): void => {
    const n = Math.floor(index / TILE_WIDTH);
    const key = `${level}/${n}`;
    const tile = tiles.get(key) ?? { level, n, hashes: [] };
    if (tile.hashes.length !== index % TILE_WIDTH) throw new RangeError('edge');
    tile.hashes.push(hash);
    tiles.set(key, tile);
    changed.add(key);
    if (tile.hashes.length < TILE_WIDTH) return;
    const half = tileReader(sha256, () => joined(...tile.hashes));
    put(level + 1, n, nodeHash(sha256, half(7, 0), half(7, 1)));
  };
  let at = size;
  for (const entry of entries) put(0, at++, entryHash(sha256, entry));
  const reader = tileReader(sha256, (level, n) => {
    const tile = tiles.get(`${level}/${n}`);
    return tile === undefined ? undefined : joined(...tile.hashes);
  });
  return {
    size: at,
    root: rootOf(sha256, reader, at),
    tiles: [...changed].flatMap((key) => {
      const tile = tiles.get(key);
      return tile === undefined ? [] : [{ level: tile.level, n: tile.n, hashes: joined(...tile.hashes) }];
    }),
  };
}

/** The tiles at the right edge of a tree: where the next entries go, and all that its root needs. Empty for an empty tree. */
export function edgeOf(size: number): readonly { readonly level: number; readonly n: number }[] {
  const edge: { level: number; n: number }[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    if (hashes % TILE_WIDTH !== 0) edge.push({ level, n: Math.floor(hashes / TILE_WIDTH) });
  }
  return edge;
}
