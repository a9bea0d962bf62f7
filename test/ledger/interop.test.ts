import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointText } from '../../src/ledger/checkpoint.ts';
import { cosign } from '../../src/ledger/cosignature.ts';
import { toBase64 } from '../../src/ledger/encoding.ts';
import { formatNote, formatVkey, noteKey, signNote } from '../../src/ledger/note.ts';
import { consistencyProof, inclusionProof, rootOf } from '../../src/ledger/proofs.ts';
import { edgeOf, grow, type Tile, tilePath, tileReader, tileWidth } from '../../src/ledger/tiles.ts';
import { entryHash } from '../../src/ledger/tree.ts';
import { buildGo, GO } from './interop/go.ts';
import { entriesOf, sha256, signer } from './support.ts';

const base64 = (hashes: readonly Uint8Array[]) => hashes.map(toBase64);

/** All that another implementation needs to check a log of some size: note, proofs and tiles. */
function logOf(size: number, old: number, index: number): string {
  const entries = entriesOf(size);
  const tiles = new Map<string, Tile>();
  let root = sha256(new Uint8Array(0));
  for (let at = 0; at < size; at += 256) {
    const edge = edgeOf(at).map(({ level, n }) => tiles.get(`${level}/${n}`)!);
    const grown = grow(sha256, at, edge, entries.slice(at, at + 256));
    for (const tile of grown.tiles) tiles.set(`${tile.level}/${tile.n}`, tile);
    root = grown.root;
  }
  const reader = tileReader(sha256, (level, n) => tiles.get(`${level}/${n}`)?.hashes);
  const [log, witness] = [signer(1), signer(2)];
  const key = noteKey(sha256, 'tin.example.vn/ledger', log.publicKey);
  const sees = noteKey(sha256, 'witness.example.vn/w1', witness.publicKey, 'cosignature');
  const text = checkpointText({ origin: key.name, size, root });
  const signatures = [signNote(text, key, log.sign), cosign(text, sees, 1_763_856_000, witness.sign)];
  return JSON.stringify({
    vkey: formatVkey(key),
    note: new TextDecoder().decode(formatNote({ text, signatures })),
    ...{ size, old, index, root: toBase64(root), oldRoot: toBase64(rootOf(sha256, reader, old)) },
    leaf: toBase64(entryHash(sha256, entries[index]!)),
    inclusion: base64(inclusionProof(sha256, reader, index, size)),
    consistency: base64(consistencyProof(sha256, reader, old, size)),
    tiles: Object.fromEntries(
      [...tiles.values()].map(({ level, n, hashes }) => [
        tilePath({ level, n, width: tileWidth(level, n, size) }),
        toBase64(hashes),
      ]),
    ),
  });
}

describe.skipIf(!GO)('Go’s sumdb packages (skipped where golang-golang-x-mod-dev is not installed)', () => {
  let folder = '';
  let program = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tinkin-go-'));
    program = buildGo(join(import.meta.dirname, 'interop/main.go'), folder);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (input: string) => spawnSync(program, { input, encoding: 'utf8' });

  it.each([
    [1, 1, 0],
    [8, 3, 7],
    [256, 255, 0],
    [300, 256, 299],
    [2000, 1999, 1],
  ])('take our note, proofs and tiles of %i entries', (size, old, index) => {
    const { stdout, stderr } = check(logOf(size, old, index));
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^OK 1 1 /);
  });

  it('refuse them when one hash is another', () => {
    const input = JSON.parse(logOf(300, 256, 299)) as { inclusion: string[]; root: string };
    expect(
      check(JSON.stringify({ ...input, inclusion: [input.root, ...input.inclusion.slice(1)] })).status,
    ).toBe(1);
  });
});
