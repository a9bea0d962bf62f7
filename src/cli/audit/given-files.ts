import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLine } from '../../audit/bundle-read.ts';
import type { Given } from '../../audit/environment.ts';
import { fromBase64Url } from '../../protocol/base64.ts';
import { utf8 } from '../../protocol/bytes.ts';
import { parseDirectory } from '../../protocol/directory.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseEvidence } from '../../protocol/evidence.ts';
import type { Evidence } from '../../protocol/mailbox-proof.ts';
import type { Verifier } from '../../protocol/suite.ts';

/**
 * What people have kept, in a folder and those in it: files of alarms that citizens gave (`*.json`), and checkpoints (`*.note`), as a witness
 * keeps its evidence. Throws the codes of
 * `parseEvidence` for a file that is none, or not of this log.
 */
export async function givenIn(
  verifier: Verifier,
  folder: string,
  lines: AsyncIterable<string>,
): Promise<Given> {
  const keys = await ledgerKeysIn(verifier, lines);
  const evidence: Evidence[] = [];
  const notes: Uint8Array[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const bytes = async () => new Uint8Array(await readFile(join(folder, name)));
    if (name.endsWith('.note')) notes.push(await bytes());
    if (name.endsWith('.json')) evidence.push(readEvidence(verifier, await bytes(), keys));
  }
  return {
    promises: evidence.flatMap(({ promise }) => promise ?? []),
    heads: evidence.flatMap(({ head }) => (head === null ? [] : [head.head])),
    notes: [...notes, ...evidence.flatMap(({ log }) => (log === null ? [] : [utf8(log.note)]))],
  };
}

/** The log's keys as the bundle's directories name them; whether these are the directory's is the verifier's to find out. */
async function ledgerKeysIn(
  verifier: Verifier,
  lines: AsyncIterable<string>,
): Promise<readonly Uint8Array[]> {
  const keys: Uint8Array[] = [];
  for await (const text of lines) {
    const line = readLine(text);
    if (line?.t === 'batch' || line?.t === 'chain') break;
    if (line?.t !== 'statement' || line.kind !== 'directory') continue;
    try {
      keys.push(parseDirectory(verifier, fromBase64Url(line.b)).ledgerKey);
    } catch (error) {
      // The verifier itself names a statement that cannot be read.
      if (!(error instanceof ProtocolError)) throw error;
    }
  }
  return keys;
}

/** Reads evidence under whichever of the log's keys signed it. */
function readEvidence(verifier: Verifier, bytes: Uint8Array, keys: readonly Uint8Array[]): Evidence {
  let last = new ProtocolError('checkpoint_signature', 'evidence');
  for (const key of keys) {
    try {
      return parseEvidence(verifier, bytes, key);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      last = error;
    }
  }
  throw last;
}
