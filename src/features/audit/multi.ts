import { multiProof } from '../../ledger/multi-proof.ts';
import { TILE_WIDTH, tileReader } from '../../ledger/tiles.ts';
import type { BundleSource } from './source.ts';

/**
 * The multi-proof of ascending indices in the tree of the bundle's checkpoint. Which nodes it takes does not depend on what they are, so a
 * first walk over empty tiles names those to read.
 */
export async function multiProofOf(
  { deps, ledger, log, batch }: BundleSource,
  indices: readonly number[],
): Promise<readonly Uint8Array[]> {
  const sha256 = (data: Uint8Array) => deps.crypto.sha256(data);
  const wanted = new Map<string, { readonly level: number; readonly n: number }>();
  const empty = new Uint8Array(TILE_WIDTH * 32);
  const naming = tileReader(sha256, (level, n) => {
    wanted.set(`${level}/${n}`, { level, n });
    return empty;
  });
  multiProof(sha256, naming, indices, batch.size);
  const tiles = new Map<string, Uint8Array>();
  for (const [name, { level, n }] of wanted) {
    const tile = await ledger.tile(log.log, level, n);
    if (tile !== null) tiles.set(name, tile);
  }
  const reading = tileReader(sha256, (level, n) => tiles.get(`${level}/${n}`));
  return multiProof(sha256, reading, indices, batch.size);
}
