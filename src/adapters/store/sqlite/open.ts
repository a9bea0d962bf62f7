import type { Store } from '../../../ports/store/store.ts';
import { type Names, query } from '../sql/builder.ts';
import { createAccountsStore } from './accounts.ts';
import { createBoardStore } from './board.ts';
import { createTipChanges } from './change.ts';
import { type ConnectionOptions, type Db, immediate, openConnection } from './connection.ts';
import { createCopiesStore } from './copies.ts';
import { createDirectoryStore } from './directory.ts';
import { createDutyStore } from './duty.ts';
import { createEventLog } from './events.ts';
import { createHotlineStore } from './hotline.ts';
import { createIntakeStore } from './intake.ts';
import { createLawStore } from './law.ts';
import { createLedgerStore } from './ledger.ts';
import { createMailboxStore } from './mailbox.ts';
import { createMarksStore } from './marks.ts';
import { createMembersStore } from './members.ts';
import { migrate } from './migrations.ts';
import { createOversightStore } from './oversight.ts';
import { createPostStore } from './post.ts';
import { createPostCheckStore } from './post-check-list.ts';
import { prepared } from './prepared.ts';
import { createRegisterStore } from './register-lines.ts';
import { createRetentionStore } from './retention.ts';
import { createRightsStore } from './rights.ts';
import { createThreadStore } from './thread.ts';
import { createTriageStore } from './triage.ts';
import { createUploadStore } from './uploads.ts';

export interface SqliteStoreOptions extends ConnectionOptions {
  /** Folder of the `NNNN_*.sql` files (`db/sqlite` in the source tree; beside the bundle once built). */
  readonly migrations: string;
  /** `apply` (default) brings the schema up to date; `check` refuses a database that is not. */
  readonly migrate?: 'apply' | 'check';
}

/** The embedded store, with its connection for what only SQLite has (maintenance, tests). */
export interface SqliteStore extends Store {
  readonly connection: Db;
}

/**
 * Opens (and creates) the embedded store. One process writes; others may read or take a backup.
 * Throws MigrationError when the schema cannot be brought up to date, SqliteError when the file cannot be opened.
 */
export function openSqliteStore(options: SqliteStoreOptions): SqliteStore {
  const db = openConnection(options);
  try {
    migrate(db, options.migrations, options.migrate ?? 'apply');
    return createStore(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function createStore(db: Db): SqliteStore {
  const events = createEventLog(db);
  const changes = createTipChanges(db);
  const readMeta = prepared(db, (p: Names<{ key: string }>) =>
    query.selectFrom('meta').select('value').where('key', '=', p('key')),
  );
  const insertMeta = prepared(db, (p: Names<{ key: string; value: string }>) =>
    query
      .insertInto('meta')
      .values({ key: p('key'), value: p('value') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const touch = prepared(db, () =>
    query.selectFrom('schema_migration').select((eb) => eb.fn.countAll<number>().as('n')),
  );
  return {
    connection: db,
    intake: createIntakeStore(db, events, changes),
    mailbox: createMailboxStore(db, events),
    triage: createTriageStore(db, events, changes),
    accounts: createAccountsStore(db, events),
    directory: createDirectoryStore(db, events),
    members: createMembersStore(db, events),
    oversight: createOversightStore(db, events),
    uploads: createUploadStore(db, events),
    hotline: createHotlineStore(db, events),
    thread: createThreadStore(db, events, changes),
    copies: createCopiesStore(db, events, changes),
    retention: createRetentionStore(db, events, changes),
    ledger: createLedgerStore(db, events),
    law: createLawStore(db, events),
    rights: createRightsStore(db, events),
    board: createBoardStore(db),
    duty: createDutyStore(db, events),
    marks: createMarksStore(db, events),
    post: createPostStore(db, events),
    register: createRegisterStore(db, events),
    postChecks: createPostCheckStore(db),
    async meta(key) {
      return readMeta.get({ key })?.value ?? null;
    },
    async setMetaOnce(key, value) {
      return insertMeta.run({ key, value }).changes === 1 ? 'set' : 'exists';
    },
    async ping() {
      immediate(db, () => touch.get({}));
    },
    async close() {
      if (db.open) db.close();
    },
  };
}
