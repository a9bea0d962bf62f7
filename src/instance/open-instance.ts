import { fsBlobs } from '../adapters/blobs/fs.ts';
import { openSqliteStore, type SqliteStore } from '../adapters/store/sqlite/open.ts';
import type { Blobs } from '../ports/blobs.ts';
import { type InstanceFile, type InstancePaths, instancePaths, readInstance } from './folder.ts';
import { migrationsFolder } from './project-root.ts';

/** An instance's folder with its store and blobs open. */
export interface OpenInstance {
  readonly paths: InstancePaths;
  readonly facts: InstanceFile;
  readonly store: SqliteStore;
  readonly blobs: Blobs;
  close(): Promise<void>;
}

/**
 * Opens the instance in a folder; `migrate` as for the store. Throws InstanceError `no_instance`, `file_invalid`, and MigrationError.
 */
export async function openInstance(
  folder: string,
  migrate: 'apply' | 'check' = 'check',
): Promise<OpenInstance> {
  const facts = await readInstance(folder);
  const paths = instancePaths(folder);
  const store = openSqliteStore({ file: paths.database, migrations: migrationsFolder(), migrate });
  return { paths, facts, store, blobs: fsBlobs(paths.blobs), close: () => store.close() };
}
