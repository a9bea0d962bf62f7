import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Makes a file whole, or not at all, readable by its owner alone. False when there is one of that name: files are made by linking, which fails
 * where the name is taken. It outlasts a loss of power once `syncFolder` has been called for its folder.
 */
export async function createWhole(path: string, bytes: Uint8Array): Promise<boolean> {
  const aside = join(dirname(path), `${randomBytes(8).toString('hex')}.new`);
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Writes the names in a folder to disk. */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await open(folder, 'r');
  await entries.sync().finally(() => entries.close());
}

/** Makes a folder for its owner alone, with those above it as far as they are missing, and writes their names to disk. */
export async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFoldersTo(folder, made);
}

/**
 * Writes the names in a folder, and those of all folders from `root` down to it, to disk. Whoever is killed between making a name and this call
 * leaves one that everybody sees and a loss of power takes back: so it is called before anything depends on a name, also on one that was there.
 */
export async function syncFoldersTo(folder: string, root: string): Promise<void> {
  const top = dirname(resolve(root));
  for (let at = resolve(folder); ; at = dirname(at)) {
    await syncFolder(at);
    if (at === top || at === dirname(at)) return;
  }
}
