import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCosigner } from '../../../src/adapters/witness/cosigner.ts';
import { witnessFolder } from '../../../src/adapters/witness/witness-folder.ts';
import { witnessKey } from '../../../src/adapters/witness/witness-key.ts';
import { checkpointText } from '../../../src/ledger/checkpoint.ts';
import { cosignedAt } from '../../../src/ledger/cosignature.ts';
import { type Note, noteKey, parseSignatureLines, signNote } from '../../../src/ledger/note.ts';
import { consistencyProof } from '../../../src/ledger/proofs.ts';
import { entriesOf, readerOf, rootOfEntries, sha256, signer, verifyEd25519 } from '../../ledger/support.ts';

const LOG = signer(1);
export const LOG_KEY = noteKey(sha256, 'tin.example.vn/ledger', LOG.publicKey);
export const WITNESS = witnessKey('chung-kien.example.vn', new Uint8Array(32).fill(7));
export const NOW = 1_795_400_000;

/** What the log asks about its first `size` entries; `from` 100 is another tree, which it has no business to sign. */
export function asked(old: number, size: number, from = 0) {
  const entries = entriesOf(24, from);
  const text = checkpointText({ origin: LOG_KEY.name, size, root: rootOfEntries(entries.slice(0, size)) });
  const note: Note = { text, signatures: [signNote(text, LOG_KEY, LOG.sign)] };
  return { old, proof: old > size ? [] : consistencyProof(sha256, readerOf(entries), old, size), note };
}

/** Time of a signature line over a note's text; null when it does not verify. */
export function timeOf(text: string, lines: string): number | null {
  const [line] = parseSignatureLines(lines) ?? [];
  return line === undefined ? null : cosignedAt(text, line, WITNESS.key, verifyEd25519);
}

/** A folder that goes away with the test that asked for it. */
export function stateFolder(finished: (done: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-witness-'));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const cosignerOver = (folder: string) =>
  createCosigner({ ...WITNESS, logs: [LOG_KEY], folder: witnessFolder(folder), now: () => NOW });
