import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { linesOf } from '../../src/audit/text-lines.ts';

/** Files of a bundle in the order of its lines, and that of the trust anchors. */
export const FILES = ['head.ndjson', 'tree.ndjson', 'chains.ndjson'] as const;
export const PINS = 'pins.json';

/** The lines of a bundle in a folder. */
export const bundleIn = (folder: string): AsyncIterable<string> => linesOf(bytesIn(folder));

async function* bytesIn(folder: string): AsyncGenerator<Uint8Array> {
  for (const name of FILES) yield* createReadStream(join(folder, name), { highWaterMark: 2 ** 18 });
}
