import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Hono } from 'hono';

/**
 * The ceiling: Hono that takes the same bytes, checks nothing, and puts them into one table with group commit (WAL, synchronous FULL).
 * What the service adds — checks, signatures, events, clocks — is the distance to it.
 */
export function openBareServer() {
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-bare-'));
  const file = join(folder, 'bare.sqlite');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
  const insert = db.prepare('INSERT INTO body (bytes) VALUES (?)');
  let waiting: { readonly bytes: Uint8Array; readonly done: () => void }[] = [];
  let scheduled = false;
  const commit = (): void => {
    scheduled = false;
    const batch = waiting;
    waiting = [];
    db.exec('BEGIN IMMEDIATE');
    for (const { bytes } of batch) insert.run(bytes);
    db.exec('COMMIT');
    for (const { done } of batch) done();
  };
  const app = new Hono();
  app.post('/api/tips', async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    await new Promise<void>((done) => {
      waiting.push({ bytes, done });
      if (!scheduled) {
        scheduled = true;
        setImmediate(commit);
      }
    });
    return c.json({ ok: true }, 201);
  });
  return {
    app,
    file,
    count: () => (db.prepare('SELECT count(*) AS n FROM body').get() as { n: number }).n,
    checkpoint: () => db.pragma('wal_checkpoint(TRUNCATE)'),
    close: async () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
