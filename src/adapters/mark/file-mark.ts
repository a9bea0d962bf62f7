import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkpointText, parseCheckpoint } from '../../ledger/checkpoint.ts';
import type { MarkFile } from '../../ports/mark.ts';

/** A mark in a file of its own: written aside, synced, renamed, and the folder synced, so that a power cut leaves the old one or the new one. */
export function fileMark(path: string): MarkFile {
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (text === null) return null;
      const mark = parseCheckpoint(text);
      if (mark === null) throw new Error('the mark of the log cannot be read');
      return mark;
    },
    async write(mark) {
      const aside = `${path}.new`;
      const file = await open(aside, 'w', 0o600);
      try {
        await file.writeFile(checkpointText(mark));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(aside, path);
      const folder = await open(dirname(path), 'r');
      await folder.sync().finally(() => folder.close());
    },
  };
}
