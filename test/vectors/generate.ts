/**
 * Writes the golden vectors with libsodium: `node test/vectors/generate.ts`. Run it only when the protocol changes on purpose; the
 * difference is then part of the change.
 */
import { writeFileSync } from 'node:fs';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { VECTORS } from './all.ts';

const suite = await loadSodiumSuite();
for (const [name, compute] of Object.entries(VECTORS)) {
  writeFileSync(new URL(`./${name}.json`, import.meta.url), `${JSON.stringify(compute(suite), null, 1)}\n`);
}
