import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiProof, verifyMultiProof } from '../../src/ledger/multi-proof.ts';
import { consistencyProof, inclusionProof, rootOf, verifyConsistency } from '../../src/ledger/proofs.ts';
import { buildTree, entryHash, verifyInclusion } from '../../src/ledger/tree.ts';
import { entriesOf, hex, readerOf, rootOfEntries, sha256 } from './support.ts';

const MOST = 130;
const ENTRIES = entriesOf(MOST);
const READER = readerOf(ENTRIES);
const ROOTS = Array.from({ length: MOST + 1 }, (_, size) => rootOfEntries(ENTRIES.slice(0, size)));

/** The eight entries and the consistency proofs that implementations of Certificate Transparency are commonly tried with. */
const KNOWN = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => new Uint8Array(Buffer.from(text, 'hex')));

describe('proofs', () => {
  it('are those that other implementations give for the common entries', () => {
    const node = readerOf(KNOWN);
    expect(inclusionProof(sha256, node, 0, 8).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(consistencyProof(sha256, node, 6, 8).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(consistencyProof(sha256, node, 1, 1)).toEqual([]);
  });

  it('of inclusion are right for every entry of every size', () => {
    const wrong: string[] = [];
    for (let size = 1; size <= MOST; size++) {
      if (hex(rootOf(sha256, READER, size)) !== hex(ROOTS[size]!)) wrong.push(`root ${size}`);
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(sha256, READER, index, size);
        const node = entryHash(sha256, ENTRIES[index]!);
        const holds = (p: readonly Uint8Array[]) =>
          verifyInclusion(sha256, node, index, size, p, ROOTS[size]!);
        if (!holds(path) || (size > 1 && holds(path.slice(1)))) wrong.push(`${index} of ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('of consistency are right for every two sizes, and for no other root', () => {
    const wrong: string[] = [];
    for (let size = 0; size <= MOST; size++) {
      for (let old = 0; old <= size; old++) {
        const proof = consistencyProof(sha256, READER, old, size);
        const holds = (a: number, b: number, p = proof) =>
          verifyConsistency(sha256, old, ROOTS[a]!, size, ROOTS[b]!, p);
        const longer = [...proof, sha256(Uint8Array.of(1))];
        if (!holds(old, size) || holds(old, size, longer)) wrong.push(`${old} to ${size}`);
        if (old === 0 || old === size) continue;
        if (holds(old - 1, size) || holds(old, size - 1) || holds(old, size, proof.slice(0, -1)))
          wrong.push(`too much from ${old} to ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('of consistency fail when any bit of them is another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: MOST }), fc.nat(), fc.nat(), (size, a, b) => {
        const old = 1 + (a % (size - 1));
        const proof = consistencyProof(sha256, READER, old, size).map((hash) => hash.slice());
        const hash = proof[b % proof.length]!;
        hash[b % 32] = hash[b % 32]! ^ (1 << (a % 8));
        expect(verifyConsistency(sha256, old, ROOTS[old]!, size, ROOTS[size]!, proof)).toBe(false);
      }),
    );
  });

  it('of many entries at once are right, need them all, and have no room for another hash', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MOST }),
        fc.uniqueArray(fc.nat({ max: MOST - 1 }), { minLength: 1, maxLength: 12 }),
        (size, drawn) => {
          const indices = drawn.filter((index) => index < size).sort((a, b) => a - b);
          fc.pre(indices.length > 0);
          const hashes = multiProof(sha256, READER, indices, size);
          const entries = indices.map((index) => ({ index, node: entryHash(sha256, ENTRIES[index]!) }));
          const holds = (e: typeof entries, h: typeof hashes) =>
            verifyMultiProof(sha256, e, size, h, ROOTS[size]!);
          expect(holds(entries, hashes)).toBe(true);
          expect(holds(entries, [...hashes, ROOTS[1]!])).toBe(false);
          expect(holds(entries.slice(1), hashes)).toBe(false);
          if (hashes.length > 0) expect(holds(entries, hashes.slice(1))).toBe(false);
          const moved = [{ index: indices[0]!, node: ROOTS[0]! }, ...entries.slice(1)];
          expect(holds(moved, hashes)).toBe(false);
        },
      ),
    );
  });

  it('refuse indices and sizes that are none', () => {
    expect(() => inclusionProof(sha256, READER, 3, 3)).toThrow(RangeError);
    expect(() => consistencyProof(sha256, READER, 4, 3)).toThrow(RangeError);
    expect(() => multiProof(sha256, READER, [2, 1], 3)).toThrow(RangeError);
    expect(verifyConsistency(sha256, 2.5, ROOTS[2]!, 3, ROOTS[3]!, [])).toBe(false);
    expect(verifyMultiProof(sha256, [], 0, [], buildTree(sha256, []).root)).toBe(false);
  });
});
