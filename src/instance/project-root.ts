import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `db/` and `public/`: found upwards from the running file, which lies in `src` or in `dist/server`. */
export function projectRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  while (!existsSync(join(folder, 'db', 'data'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The project folder with db/data was not found.');
    folder = parent;
  }
  return folder;
}

/** Folder of the embedded store's migrations. */
export const migrationsFolder = (): string => join(projectRoot(), 'db', 'sqlite');
