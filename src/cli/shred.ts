import { open, unlink } from 'node:fs/promises';

const BLOCK = 1024 * 1024;

/**
 * Overwrites a file with zeros, syncs it and removes it. On disks that write elsewhere (flash, copy-on-write file systems, backups) the old
 * bytes may stay behind: there only an encrypted disk helps.
 */
export async function shred(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const zeros = new Uint8Array(Math.min(BLOCK, size));
    for (let at = 0; at < size; at += BLOCK) await file.write(zeros, 0, Math.min(BLOCK, size - at), at);
    await file.sync();
  } finally {
    await file.close();
  }
  await unlink(path);
}
