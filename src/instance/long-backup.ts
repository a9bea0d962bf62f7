import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { longCopy } from '../adapters/store/sqlite/long-copy.ts';
import { damageOf } from '../adapters/store/sqlite/maintenance.ts';
import { type BackupManifest, writeManifest } from './backup-manifest.ts';
import { copyDurably, isEmptyFolder, syncPath } from './file-tools.ts';
import { instancePaths, readInstance } from './folder.ts';
import { InstanceError } from './instance-error.ts';

const DATABASE = 'tinkin.sqlite';
const PUBLIC_FILES = ['instance.json', 'pins.json'] as const;

/**
 * Makes a copy that may be kept for years: the public log, the signed directory and the figures, without anything that opens a tip or a
 * leaf. It cannot be restored. Throws InstanceError `exists` (folder not empty), `no_instance`, `backup_invalid` (the copy is damaged).
 */
export async function backupForYears(folder: string, into: string, now: number): Promise<BackupManifest> {
  const { id } = await readInstance(folder);
  if (!(await isEmptyFolder(into)))
    throw new InstanceError('exists', `${into} is not empty: give an empty folder.`);
  await mkdir(into, { recursive: true, mode: 0o700 });
  const copy = join(into, DATABASE);
  longCopy(instancePaths(folder).database, copy);
  await syncPath(copy);
  const damage = damageOf(copy);
  if (damage.length > 0)
    throw new InstanceError('backup_invalid', `${copy} is damaged: ${damage.join('; ')}`);
  for (const name of PUBLIC_FILES) await copyDurably(join(folder, name), join(into, name));
  const facts = { instance: id, kind: 'long', made: now, destroyBy: null } as const;
  return writeManifest(into, facts, [DATABASE, ...PUBLIC_FILES]);
}
