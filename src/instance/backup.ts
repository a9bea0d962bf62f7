import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { backupDatabase, damageOf } from '../adapters/store/sqlite/maintenance.ts';
import { BACKUP_DAYS, type BackupManifest, readManifest, writeManifest } from './backup-manifest.ts';
import { copyDurably, filesBelow, hashFile, isEmptyFolder, syncPath } from './file-tools.ts';
import { instancePaths, readInstance } from './folder.ts';
import { InstanceError } from './instance-error.ts';
import { markRestored } from './restore.ts';

const DATABASE = 'tinkin.sqlite';
/** Small files of an instance that a backup takes when they are there. */
const SMALL_FILES = ['instance.json', 'pins.json', 'demo-logins.json', 'demo-secrets.json'] as const;
const SECRETS = 'secrets.json';
/** A committed blob below its folder; its record has the same name and `.json`. */
const BLOB = /^[0-9a-f]{2}\/[0-9a-f]{32}$/;
/** Everything else is its owner's alone. */
const PUBLIC = new Set<string>(['instance.json', 'pins.json']);

/**
 * Copies an instance, running or not, into an empty folder. The database is a snapshot of one moment, taken first: every blob that it
 * names is committed by then. Without `secrets` the server's own secrets are left out (the copy then needs them from elsewhere).
 * Throws InstanceError `exists` (folder not empty), `no_instance`, `backup_invalid` (the copied database is damaged).
 */
export async function backupInstance(
  folder: string,
  into: string,
  options: { readonly now: number; readonly secrets: boolean; readonly keepDays?: number },
): Promise<BackupManifest> {
  const { id } = await readInstance(folder);
  if (!(await isEmptyFolder(into)))
    throw new InstanceError('exists', `${into} is not empty: give an empty folder.`);
  await mkdir(into, { recursive: true, mode: 0o700 });
  const paths = instancePaths(folder);
  backupDatabase(paths.database, join(into, DATABASE));
  await syncPath(join(into, DATABASE));
  checkDatabase(join(into, DATABASE));

  const present = new Set(await filesBelow(folder));
  const small = SMALL_FILES.filter((name) => present.has(name));
  const copied: string[] = [...small, ...(options.secrets ? [SECRETS] : [])];
  for (const name of copied) await copyOwned(folder, into, name);
  // Unfinished uploads are nobody's yet.
  for (const name of await filesBelow(join(paths.blobs, 'committed')))
    if (BLOB.test(name)) copied.push(...(await copyBlob(folder, into, `blobs/committed/${name}`)));
  const { now, keepDays = BACKUP_DAYS } = options;
  const facts = { instance: id, kind: 'whole', made: now, destroyBy: now + keepDays * 86_400 } as const;
  return writeManifest(into, facts, [DATABASE, ...copied]);
}

const modeOf = (name: string): number => (PUBLIC.has(name) ? 0o644 : 0o600);

async function copyOwned(folder: string, into: string, name: string): Promise<void> {
  await copyDurably(join(folder, name), join(into, name));
  await chmod(join(into, name), modeOf(name));
}

/**
 * Copies a blob with the record beside it, and names what was copied. Nothing when it is deleted meanwhile, as a file that nobody claimed or
 * a recording that was written down is: what a running instance gives up must not end its backup. A blob whose record was lost is taken alone.
 */
async function copyBlob(folder: string, into: string, name: string): Promise<readonly string[]> {
  const record = `${name}.json`;
  const there = (one: string): Promise<boolean> =>
    copyOwned(folder, into, one).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
        throw error;
      },
    );
  if (!(await there(name))) return [];
  if (await there(record)) return [name, record];
  if ((await stat(join(folder, name)).catch(() => null)) !== null) return [name];
  await rm(join(into, name), { force: true });
  return [];
}

function checkDatabase(file: string): void {
  const damage = damageOf(file);
  if (damage.length > 0)
    throw new InstanceError('backup_invalid', `${file} is damaged: ${damage.join('; ')}`);
}

/**
 * Checks every file of a backup against its manifest and copies it into an empty folder, which then is an instance, marked as restored
 * (`restore.ts`). Nothing is left behind when a file does not fit. Throws InstanceError `backup_invalid` (names the file), `exists`.
 */
export async function restoreBackup(backup: string, into: string): Promise<BackupManifest> {
  const manifest = await readManifest(backup);
  if (manifest.kind === 'long')
    throw new InstanceError('backup_invalid', `${backup} is a copy for years: it proves, and opens nothing.`);
  if (!(await isEmptyFolder(into)))
    throw new InstanceError('exists', `${into} is not empty: give an empty folder.`);
  for (const file of manifest.files) await checkFile(backup, file);
  try {
    // The facts make a folder an instance: they come last.
    const order = [...manifest.files].sort(
      (a, b) => Number(a.path === 'instance.json') - Number(b.path === 'instance.json'),
    );
    await mkdir(into, { recursive: true, mode: 0o700 });
    for (const { path } of order) {
      await copyDurably(join(backup, path), join(into, path));
      await chmod(join(into, path), modeOf(path));
      await syncPath(dirname(join(into, path)));
    }
    checkDatabase(join(into, DATABASE));
    await markRestored(into, manifest.made);
  } catch (error) {
    await rm(into, { recursive: true, force: true });
    throw error;
  }
  return manifest;
}

async function checkFile(backup: string, file: BackupManifest['files'][number]): Promise<void> {
  const { path } = file;
  if (normalize(path) !== path || path.startsWith('..') || path.startsWith('/')) {
    throw new InstanceError(
      'backup_invalid',
      `${backup}/backup.json names a file outside the backup: ${path}`,
    );
  }
  const found = await stat(join(backup, path)).catch(() => null);
  if (found === null) throw new InstanceError('backup_invalid', `${path} is missing from the backup.`);
  if (found.size !== file.length || (await hashFile(join(backup, path))) !== file.sha256) {
    throw new InstanceError('backup_invalid', `${path} is not as it was backed up.`);
  }
}
