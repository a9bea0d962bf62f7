import { open } from 'node:fs/promises';

/**
 * Writes zeros over a file's bytes and syncs them, before somebody deletes it; false when there is no such file. A file system or disk that
 * writes elsewhere keeps the old bytes all the same: this is care, not proof.
 */
export async function overwriteFile(path: string): Promise<boolean> {
  const file = await open(path, 'r+').catch(() => null);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    const zeros = new Uint8Array(64 * 1024);
    for (let at = 0; at < size; at += zeros.length)
      await file.write(zeros, 0, Math.min(zeros.length, size - at), at);
    await file.sync();
    return true;
  } finally {
    await file.close();
  }
}
