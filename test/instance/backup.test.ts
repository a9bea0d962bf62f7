import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fsBlobs } from '../../src/adapters/blobs/fs.ts';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { backupInstance, restoreBackup } from '../../src/instance/backup.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { instancePaths } from '../../src/instance/folder.ts';
import { CHEAP, SMALL_ROSTER, START, temporaryFolder } from './support.ts';

const BLOBS = 60;
const keyOf = (i: number): string => i.toString(16).padStart(2, '0') + '0'.repeat(30);

/** A demonstration with blobs in sixty folders. */
async function withBlobs() {
  const folder = join(temporaryFolder(), 'demo');
  await ensureDemo(folder, { clock: systemClock(), cost: CHEAP, roster: SMALL_ROSTER });
  const blobs = fsBlobs(instancePaths(folder).blobs);
  for (let i = 0; i < BLOBS; i++) {
    await blobs.create(keyOf(i));
    await blobs.putPart(keyOf(i), 0, new Blob([`file ${i}`]).stream());
    await blobs.commit(keyOf(i), 1);
  }
  return { folder, blobs, committed: join(instancePaths(folder).blobs, 'committed') };
}

const keysIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map((name) => String(name))
    .filter((name) => /[0-9a-f]{32}$/.test(name))
    .map((name) => name.slice(-32))
    .sort();

test('a backup that runs while files are given up takes the others, each with its record', async () => {
  const { folder, blobs } = await withBlobs();
  const into = join(temporaryFolder(), 'backup');
  const copies = join(into, 'blobs', 'committed');
  const made = backupInstance(folder, into, { now: START, secrets: false });
  while (!existsSync(copies)) await new Promise((resolve) => setImmediate(resolve));
  await blobs.delete(keyOf(BLOBS - 1));
  const { files } = await made;
  expect(keysIn(copies)).toEqual(Array.from({ length: BLOBS - 1 }, (_, i) => keyOf(i)));
  expect(files.filter(({ path }) => path.startsWith('blobs/'))).toHaveLength(2 * (BLOBS - 1));
});

test('a blob whose record was lost is taken nevertheless, a record without its blob is not', async () => {
  const { folder, committed } = await withBlobs();
  rmSync(join(committed, '00', `${keyOf(0)}.json`));
  rmSync(join(committed, '01', keyOf(1)));
  const backup = join(temporaryFolder(), 'backup');
  await backupInstance(folder, backup, { now: START, secrets: true });
  const again = join(temporaryFolder(), 'again');
  await restoreBackup(backup, again);
  const restored = fsBlobs(instancePaths(again).blobs);
  expect(await restored.recordedHash(keyOf(2))).not.toBeNull();
  expect(keysIn(instancePaths(again).blobs)).toContain(keyOf(0));
  expect(keysIn(instancePaths(again).blobs)).not.toContain(keyOf(1));
});
