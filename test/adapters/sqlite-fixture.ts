import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStore } from '../../src/adapters/store/sqlite/open.ts';

export const MIGRATIONS = join(import.meta.dirname, '../../db/sqlite');

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'tinkin-test-'));

/** A store in a real file in a folder of its own. */
export async function makeSqliteStore(): Promise<{
  store: SqliteStore;
  file: string;
  close(): Promise<void>;
}> {
  const folder = await temporaryFolder();
  const file = join(folder, 'tinkin.sqlite');
  const store = openSqliteStore({ file, migrations: MIGRATIONS });
  return {
    store,
    file,
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
