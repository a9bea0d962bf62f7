import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isNoteName, type NoteKey, noteKey, type Sign } from '../../ledger/note.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { ledgerSigner } from '../crypto/node.ts';
import { createWhole, syncFolder } from './durable-file.ts';

/** A witness's name and key, ready to sign. */
export interface WitnessKey {
  readonly key: NoteKey;
  readonly sign: Sign;
}

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());

/** A witness's key from its 32-byte seed. RangeError for a name that no note may hold. */
export function witnessKey(name: string, seed: Uint8Array): WitnessKey {
  const { publicKey, sign } = ledgerSigner(seed);
  return { key: noteKey(sha256, name, publicKey, 'cosignature'), sign };
}

/** Makes a new key and writes it, readable by its owner alone. Null where there is a file: a key is never overwritten. */
export async function makeWitnessKey(path: string, name: string): Promise<WitnessKey | null> {
  const seed = new Uint8Array(randomBytes(32));
  const text = `${JSON.stringify({ format: 1, name, seed: toBase64Url(seed) }, null, 2)}\n`;
  if (!(await createWhole(path, new TextEncoder().encode(text)))) return null;
  await syncFolder(dirname(path));
  return witnessKey(name, seed);
}

/** Reads a key file; null for one that is none. Rejects when it cannot be read. */
export async function readWitnessKey(path: string): Promise<WitnessKey | null> {
  const text = await readFile(path, 'utf8');
  try {
    const { format, name, seed } = JSON.parse(text) as Partial<Record<string, unknown>>;
    if (format !== 1 || typeof name !== 'string' || !isNoteName(name) || typeof seed !== 'string')
      return null;
    return witnessKey(name, fromBase64Url(seed));
  } catch {
    return null;
  }
}
