import { fsBlobs } from '../adapters/blobs/fs.ts';
import { ledgerSigner } from '../adapters/crypto/node.ts';
import { openSqliteStore, type SqliteStore } from '../adapters/store/sqlite/open.ts';
import type { Blobs } from '../ports/blobs.ts';
import {
  type InstanceFile,
  type InstancePaths,
  type InstanceSecrets,
  instancePaths,
  readInstance,
  readSecrets,
} from './folder.ts';
import { migrationsFolder } from './project-root.ts';

/** An instance's folder with its store and blobs open: for the command line, beside a running service or without one. */
export interface OpenInstance {
  readonly paths: InstancePaths;
  readonly facts: InstanceFile;
  readonly secrets: InstanceSecrets;
  /** Ed25519 public key, 32 bytes, with which promises and the service's own events are signed. */
  readonly ledgerKey: Uint8Array;
  readonly store: SqliteStore;
  readonly blobs: Blobs;
  close(): Promise<void>;
}

/**
 * Opens the instance in a folder; the schema must be up to date. Throws InstanceError `no_instance`, `file_invalid`, and
 * MigrationError.
 */
export async function openInstance(folder: string): Promise<OpenInstance> {
  const facts = await readInstance(folder);
  const secrets = await readSecrets(folder);
  const paths = instancePaths(folder);
  const store = openSqliteStore({ file: paths.database, migrations: migrationsFolder(), migrate: 'check' });
  return {
    paths,
    facts,
    secrets,
    ledgerKey: ledgerSigner(secrets.ledgerSeed).publicKey,
    store,
    blobs: fsBlobs(paths.blobs),
    close: () => store.close(),
  };
}
