import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BACKUP_DAYS, type BackupManifest, destroyByOf, readManifest } from './backup-manifest.ts';
import type { Finding } from './doctor.ts';
import { InstanceError } from './instance-error.ts';

/** Folders that are named; the number of the rest is told. */
const NAMED = 3;

/**
 * Backups of this instance in a folder of backups (each in a folder of its own, or the folder itself): a warning for those that were to be
 * destroyed by now, thirty days after they were made or earlier, and where there is none. What is no backup of this instance is passed over.
 */
export async function checkBackups(folder: string, instance: string, now: number): Promise<Finding> {
  const made = new Map<string, BackupManifest>();
  for (const place of [folder, ...(await foldersIn(folder)).map((name) => join(folder, name))]) {
    const found = await readBackup(place);
    if (found?.instance === instance) made.set(place, found);
  }
  const old = [...made]
    .filter(([, manifest]) => (destroyByOf(manifest) ?? now) < now)
    .sort(([, a], [, b]) => a.made - b.made);
  if (made.size === 0) return { check: 'backups', status: 'warn', detail: `no backup of it in ${folder}` };
  if (old.length > 0) {
    const named = old.slice(0, NAMED).map(([place]) => place);
    const rest = old.length > NAMED ? ` and ${old.length - NAMED} more` : '';
    const detail = `past their day (${BACKUP_DAYS} days at most), to be destroyed with what was deleted since: ${named.join(', ')}${rest}`;
    return { check: 'backups', status: 'warn', detail };
  }
  const newest = new Date(
    Math.max(...[...made.values()].map((manifest) => manifest.made)) * 1000,
  ).toISOString();
  return { check: 'backups', status: 'ok', detail: `${made.size}, the newest of ${newest}` };
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** What a backup says of itself; null for a folder that holds none. */
async function readBackup(folder: string): Promise<BackupManifest | null> {
  try {
    return await readManifest(folder);
  } catch (error) {
    if (error instanceof InstanceError) return null;
    throw error;
  }
}
