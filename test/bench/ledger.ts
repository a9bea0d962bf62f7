import { randomBytes } from 'node:crypto';
import { nodeCrypto } from '../../src/adapters/crypto/node.ts';
import { LADDERS, layOut } from '../../src/ledger/batch.ts';
import { multiProof } from '../../src/ledger/multi-proof.ts';
import { consistencyProof, inclusionProof } from '../../src/ledger/proofs.ts';
import { edgeOf, grow, type Tile, tileWidth } from '../../src/ledger/tiles.ts';
import { type BenchRow, plainRow } from './table.ts';

const { sha256 } = nodeCrypto();
const NODE = new Uint8Array(32);
/** Any node of a tree that is only measured. */
const anyNode = (): Uint8Array => NODE;
const SIZES = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/** Steps of a tip whose whole history is proved at once. */
const STEPS = 14;

/** How long proofs are by the size of the log, and what a batch costs by how much is in it. */
export function benchLedger(): BenchRow[] {
  return [...proofSizes(), ...batchCosts()];
}

function proofSizes(): BenchRow[] {
  return SIZES.flatMap((size) => {
    const leaves = size.toLocaleString('en');
    const steps = Array.from({ length: STEPS }, (_, i) => Math.floor(((i + 0.5) * size) / STEPS));
    const bytes = (proof: readonly Uint8Array[]): number => proof.length * 32;
    return [
      plainRow(
        `inclusion in ${leaves} leaves`,
        bytes(inclusionProof(sha256, anyNode, Math.floor(size / 3), size)),
        'B',
      ),
      plainRow(
        `consistency from a third of ${leaves}`,
        bytes(consistencyProof(sha256, anyNode, Math.floor(size / 3), size)),
        'B',
      ),
      plainRow(`${STEPS} steps far apart in ${leaves}`, bytes(multiProof(sha256, anyNode, steps, size)), 'B'),
    ];
  });
}

/** Laying out and growing the tree by a full batch of each size, on a log of a million leaves. */
function batchCosts(): BenchRow[] {
  const before = 2 ** 20;
  const edge = edgeOf(before).map(
    ({ level, n }): Tile => ({ level, n, hashes: new Uint8Array(tileWidth(level, n, before) * 32) }),
  );
  return LADDERS.production.map((rung) => {
    const entries = Array.from({ length: rung - 1 }, () => new Uint8Array(randomBytes(64)));
    const seed = new Uint8Array(randomBytes(32));
    const started = performance.now();
    const { entries: ordered } = layOut(sha256, LADDERS.production, entries, seed);
    grow(sha256, before, edge, [...ordered, new Uint8Array(64)]);
    const micros = ((performance.now() - started) * 1000) / rung;
    return plainRow(
      `sequencing a batch of ${rung.toLocaleString('en')}, without the store`,
      micros,
      'µs an event',
    );
  });
}
