import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile, syncPath } from './file-tools.ts';
import { readChecked, writeJson } from './folder.ts';
import { InstanceError } from './instance-error.ts';

const MANIFEST = 'backup.json';

/** Days that a whole backup is kept at most: what is shredded or destroyed meanwhile lives on in it. */
export const BACKUP_DAYS = 30;
const DAY = 86_400;

const manifestSchema = z.object({
  format: z.literal(1),
  instance: z.string().regex(/^[0-9a-f]{32}$/),
  /** `long`: proves log and figures, opens nothing and cannot be restored. Older backups say nothing and are whole. */
  kind: z.enum(['whole', 'long']).default('whole'),
  /** UTC seconds. */
  made: z.number().int(),
  /** UTC seconds; null for one that may be kept. */
  destroyBy: z.number().int().nullable().optional(),
  files: z
    .array(
      z.object({
        path: z.string().min(1).max(300),
        length: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
});

/** What a backup holds: every file with length and SHA-256. Written last, so that a half-made backup has none. */
export type BackupManifest = z.infer<typeof manifestSchema>;

/** The moment until which a backup may be kept; null for one that may stay. */
export const destroyByOf = ({ kind, made, destroyBy }: Omit<BackupManifest, 'files'>): number | null => {
  if (kind === 'long') return null;
  return Math.min(destroyBy ?? Number.POSITIVE_INFINITY, made + BACKUP_DAYS * DAY);
};

/** Measures the named files of a folder and writes the manifest beside them. */
export async function writeManifest(
  folder: string,
  facts: Omit<BackupManifest, 'files' | 'format'>,
  paths: readonly string[],
): Promise<BackupManifest> {
  const files: BackupManifest['files'] = [];
  // One after the other: an instance may have more blobs than a process may have open files.
  for (const path of paths) {
    const file = join(folder, path);
    files.push({ path, length: (await stat(file)).size, sha256: await hashFile(file) });
  }
  const manifest: BackupManifest = { format: 1, ...facts, files };
  await writeJson(join(folder, MANIFEST), manifest, 0o600);
  await syncPath(folder);
  return manifest;
}

/** Throws InstanceError `backup_invalid` for a folder that holds no whole manifest. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return await readChecked(join(folder, MANIFEST), manifestSchema, folder);
  } catch (error) {
    if (!(error instanceof InstanceError)) throw error;
    throw new InstanceError('backup_invalid', `${folder} holds no whole backup: ${error.message}`);
  }
}
