import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Finding } from './doctor.ts';
import { readChecked } from './folder.ts';
import { InstanceError } from './instance-error.ts';

/** Days that a backup is kept: voices and keys that were destroyed live on in it, closed to the keys of then. */
export const BACKUP_DAYS = 30;
/** Folders that are named; the number of the rest is told. */
const NAMED = 3;

const manifest = z.object({ instance: z.string(), made: z.number().int() });

/**
 * Backups of this instance in a folder of backups (each in a folder of its own, or the folder itself): a warning for those made more than
 * thirty days ago, and where there is none. What is no backup of this instance is passed over.
 */
export async function checkBackups(folder: string, instance: string, now: number): Promise<Finding> {
  const made = new Map<string, number>();
  for (const place of [folder, ...(await foldersIn(folder)).map((name) => join(folder, name))]) {
    const found = await readBackup(place);
    if (found?.instance === instance) made.set(place, found.made);
  }
  const before = now - BACKUP_DAYS * 86_400;
  const old = [...made].filter(([, at]) => at < before).sort(([, a], [, b]) => a - b);
  if (made.size === 0) return { check: 'backups', status: 'warn', detail: `no backup of it in ${folder}` };
  if (old.length > 0) {
    const named = old.slice(0, NAMED).map(([place]) => place);
    const rest = old.length > NAMED ? ` and ${old.length - NAMED} more` : '';
    const detail = `older than ${BACKUP_DAYS} days, to be destroyed with what was deleted since: ${named.join(', ')}${rest}`;
    return { check: 'backups', status: 'warn', detail };
  }
  const newest = new Date(Math.max(...made.values()) * 1000).toISOString();
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
async function readBackup(folder: string): Promise<z.infer<typeof manifest> | null> {
  try {
    return await readChecked(join(folder, 'backup.json'), manifest, folder);
  } catch (error) {
    if (error instanceof InstanceError) return null;
    throw error;
  }
}
