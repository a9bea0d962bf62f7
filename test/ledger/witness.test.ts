import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointText } from '../../src/ledger/checkpoint.ts';
import { noteKey, signNote } from '../../src/ledger/note.ts';
import { consistencyProof } from '../../src/ledger/proofs.ts';
import {
  decideWitness,
  encodeWitnessRequest,
  parseWitnessRequest,
  type Seen,
} from '../../src/ledger/witness.ts';
import { entriesOf, readerOf, rootOfEntries, sha256, signer, verifyEd25519 } from './support.ts';

const LOG = signer(1);
const KEY = noteKey(sha256, 'tin.example.vn/ledger', LOG.publicKey);
const ENTRIES = entriesOf(24);
const rootAt = (size: number) => rootOfEntries(ENTRIES.slice(0, size));

function request(old: number, size: number, { root = rootAt(size), by = LOG, origin = KEY.name } = {}) {
  const text = checkpointText({ origin, size, root });
  const signature = signNote(text, noteKey(sha256, origin, by.publicKey), by.sign);
  const proof = old > size ? [] : consistencyProof(sha256, readerOf(ENTRIES), old, size);
  return { old, proof, note: { text, signatures: [signature] } };
}
const decide = (asked: ReturnType<typeof request>, seen: Seen | null) =>
  decideWitness(sha256, verifyEd25519, [KEY], asked, () => seen);
const seenAt = (size: number): Seen => ({ size, root: rootAt(size) });

describe('a witness', () => {
  it('cosigns the first checkpoint, the next one, and the same one again', () => {
    expect(decide(request(0, 8), null)).toMatchObject({ status: 200 });
    expect(decide(request(8, 24), seenAt(8))).toMatchObject({ status: 200, checkpoint: { size: 24 } });
    expect(decide(request(8, 8), seenAt(8))).toMatchObject({ status: 200 });
  });

  it('refuses a fork: another root for a size that it has seen, or a tree that does not begin with what it has seen', () => {
    const other = rootOfEntries(entriesOf(8, 100));
    expect(decide(request(8, 8, { root: other }), seenAt(8))).toEqual({ status: 409, size: 8, fork: true });
    expect(decide(request(8, 24), { size: 8, root: other })).toEqual({ status: 422 });
  });

  it('refuses to go back, and says what it has seen', () => {
    expect(decide(request(0, 8), seenAt(24))).toEqual({ status: 409, size: 24, fork: false });
    expect(decide(request(24, 8), seenAt(24))).toEqual({ status: 400 });
  });

  it('knows only its logs and their keys', () => {
    expect(decide(request(0, 8, { origin: 'other.example/log' }), null)).toEqual({ status: 404 });
    expect(decide(request(0, 8, { by: signer(9) }), null)).toEqual({ status: 403 });
  });

  it('reads what a log writes, and nothing malformed', () => {
    const asked = request(8, 24);
    const body = encodeWitnessRequest(asked);
    expect(parseWitnessRequest(body)).toEqual(asked);
    const text = new TextDecoder().decode(body);
    for (const wrong of [
      text.slice(4),
      text.replace('old 8', 'old 08'),
      text.replace('\n\n', '\n'),
      text.replace('old 8\n', 'old 8\nabc\n'),
      '',
    ])
      expect(parseWitnessRequest(new TextEncoder().encode(wrong)), wrong.slice(0, 20)).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => void parseWitnessRequest(noise)));
  });
});
