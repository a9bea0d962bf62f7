import { multiProof } from '../../ledger/multi-proof.ts';
import { consistencyProof, inclusionProof, type NodeReader } from '../../ledger/proofs.ts';
import type { Sha256 } from '../../ledger/sha256.ts';
import { TILE_WIDTH, tileReader } from '../../ledger/tiles.ts';
import type { Deps } from '../../ports/deps.ts';

/** Full tiles never change: so many are kept. */
const KEPT = 2_000;
const FULL = TILE_WIDTH * 32;

/** Proofs of the log, made from its tiles. RangeError for sizes and indices that the log does not have. */
export interface LogProofs {
  inclusion(log: number, index: number, size: number): Promise<readonly Uint8Array[]>;
  consistency(log: number, old: number, size: number): Promise<readonly Uint8Array[]>;
  /** Indices ascending, without repetition. */
  multi(log: number, indices: readonly number[], size: number): Promise<readonly Uint8Array[]>;
}

/** Proofs of the log in the store. */
export const logProofs = (deps: Pick<Deps, 'store' | 'crypto'>): LogProofs =>
  proofsOver(
    (data) => deps.crypto.sha256(data),
    (log, level, n) => deps.store.ledger.tile(log, level, n),
  );

/** Proofs made from tiles wherever they are; null for a tile that is not there. */
export function proofsOver(
  sha256: Sha256,
  tile: (log: number, level: number, n: number) => Promise<Uint8Array | null>,
): LogProofs {
  const kept = new Map<string, Uint8Array>();

  const load = async (log: number, level: number, n: number): Promise<Uint8Array> => {
    const key = `${log}/${level}/${n}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const hashes = await tile(log, level, n);
    if (hashes === null) throw new RangeError('tile');
    if (hashes.length === FULL) {
      const [oldest] = kept.keys();
      if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
      kept.set(key, hashes);
    }
    return hashes;
  };

  /** Which nodes a proof reads does not hang on what they are: a first run finds the tiles, a second one reads them. */
  const prove = async (
    log: number,
    make: (node: NodeReader) => readonly Uint8Array[],
  ): Promise<readonly Uint8Array[]> => {
    const wanted = new Map<string, readonly [number, number]>();
    const blank = new Uint8Array(32);
    make((level, index) => {
      const tile = [Math.floor(level / 8), Math.floor((index * 2 ** (level % 8)) / TILE_WIDTH)] as const;
      wanted.set(tile.join('/'), tile);
      return blank;
    });
    const tiles = new Map(
      await Promise.all(
        [...wanted].map(async ([key, [level, n]]) => [key, await load(log, level, n)] as const),
      ),
    );
    return make(tileReader(sha256, (level, n) => tiles.get(`${level}/${n}`)));
  };

  return {
    inclusion: (log, index, size) => prove(log, (node) => inclusionProof(sha256, node, index, size)),
    consistency: (log, old, size) => prove(log, (node) => consistencyProof(sha256, node, old, size)),
    multi: (log, indices, size) => prove(log, (node) => multiProof(sha256, node, indices, size)),
  };
}
