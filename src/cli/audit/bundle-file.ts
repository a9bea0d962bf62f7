import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { openBundle } from '../../protocol/sealed-bundle.ts';
import type { Suite } from '../../protocol/suite.ts';
import { UsageError } from '../io.ts';

const MAGIC = 'TK1B';
const PIECE = 256 * 1024;

/** True for a file that begins as a sealed bundle does. */
export async function isSealed(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return bytesRead === MAGIC.length && buffer.toString('latin1') === MAGIC;
  } finally {
    await handle.close();
  }
}

/** A bundle's plain bytes from the beginning, each time it is called: a sealed one is opened on the way. `secret`: X-Wing, for a sealed one. */
export function plainOf(
  suite: Suite,
  file: string,
  sealed: boolean,
  secret: Uint8Array | null,
): () => AsyncIterable<Uint8Array> {
  const source = (): AsyncIterable<Uint8Array> => createReadStream(file, { highWaterMark: PIECE });
  if (!sealed) return source;
  if (secret === null) throw new UsageError('the bundle is sealed: --key names the file that opens it');
  return () => openBundle(suite, secret, source());
}
