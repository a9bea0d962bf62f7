import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fsBlobs } from '../../src/adapters/blobs/fs.ts';
import { backupDatabase } from '../../src/adapters/store/sqlite/maintenance.ts';
import { tidy } from '../../src/instance/housekeeping.ts';
import { makeSqliteStore } from '../adapters/sqlite-fixture.ts';
import { approval, type Concluded, concluded } from '../contract/shred-fixture.ts';
import { bytes, given, submission, T0_SECONDS } from '../contract/store-fixture.ts';

/** Shorter bytes stand in too many places by chance; shorter texts are words of the fixed lists. */
const SHORTEST = { bytes: 12, text: 48 };

/** What stays of an emptied tip, and nothing else: handles, hashes of leaves, public keys that open nothing, what counts in a rate. */
const STAYS: readonly string[] = [
  // Members of staff, who have rows of their own.
  'decision.closed_by',
  'decision.proposed_by',
  'tip_taken.staff',
  'event.leaf',
  'event.prev',
  'mailbox.locator',
  'mailbox.login_key',
  'tip.author_key',
  'tip.id',
  // Random, and in the log until the next rows overwrite it.
  'upload.id',
];

type Needles = ReadonlyMap<string, { readonly places: ReadonlySet<string>; readonly bytes: Buffer }>;

let opened: Awaited<ReturnType<typeof makeSqliteStore>>;
let tip: Concluded;
let blobs: ReturnType<typeof fsBlobs>;

beforeEach(async () => {
  opened = await makeSqliteStore();
  const folder = join(dirname(opened.file), 'blobs');
  await mkdir(folder);
  blobs = fsBlobs(folder);
  // Neighbours on every page, so that pages split and merge as in a database that is in use.
  await opened.store.intake.accept(Array.from({ length: 60 }, () => submission()));
  tip = await concluded(opened.store);
  await opened.store.intake.accept(Array.from({ length: 60 }, () => submission()));
});
afterEach(() => opened.close());

/** The proposal stays readable: what two people signed explains why the rest is gone. */
const COVERED = "type <> 'shredding_proposed'";

const quoted = (name: string): string => `"${name}"`;

/** Every longer value of the tip's rows with the columns that it stands in. Read from the schema: a table that comes later is in it. */
function needlesOf(file: string, handle: string): Needles {
  const db = new Database(file, { readonly: true });
  const found = new Map<string, { places: Set<string>; bytes: Buffer }>();
  const seq = (
    db.prepare('SELECT seq FROM tip WHERE id = ?').get(Buffer.from(handle, 'hex')) as { seq: number }
  ).seq;
  const ids = new Map<string, unknown[]>([
    ['tip', [seq]],
    ['chain', [seq]],
    ['event', db.prepare(`SELECT seq FROM event WHERE chain = ? AND ${COVERED}`).pluck().all(seq)],
    ['envelope', db.prepare('SELECT seq FROM envelope WHERE tip = ?').pluck().all(seq)],
  ]);
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  for (const table of tables) {
    const columns = (db.pragma(`table_xinfo(${table})`) as { name: string }[]).map(({ name }) => name);
    const key = table === 'tip' ? 'seq' : columns.find((column) => ids.has(column));
    if (key === undefined) continue;
    const of = table === 'tip' ? [seq] : (ids.get(key) ?? []);
    const marks = of.map(() => '?').join(', ');
    const only = table === 'event' ? ` AND ${COVERED}` : '';
    const rows = db
      .prepare(`SELECT * FROM ${quoted(table)} WHERE ${quoted(key)} IN (${marks})${only}`)
      .all(...of);
    for (const row of rows as Record<string, unknown>[])
      for (const [column, value] of Object.entries(row)) {
        const data = typeof value === 'string' ? Buffer.from(value) : value;
        const least = typeof value === 'string' ? SHORTEST.text : SHORTEST.bytes;
        if (!Buffer.isBuffer(data) || data.length < least) continue;
        const text = data.toString('base64');
        const known = found.get(text) ?? { places: new Set<string>(), bytes: data };
        known.places.add(`${table}.${column}`);
        found.set(text, known);
      }
  }
  db.close();
  return found;
}

/** Columns whose values are found in the bytes of a file and of what lies beside it. */
function placesIn(file: string, needles: Needles): readonly string[] {
  const hay = ['', '-wal', '-shm']
    .map((suffix) => `${file}${suffix}`)
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path));
  const found = new Set<string>();
  for (const needle of needles.values())
    if (hay.some((data) => data.includes(needle.bytes))) for (const place of needle.places) found.add(place);
  return [...found].sort();
}

const words = (needles: Needles): readonly string[] =>
  [...new Set([...needles.values()].flatMap(({ places }) => [...places]))]
    .filter((place) => !STAYS.includes(place))
    .sort();

const housekeeping = () => tidy({ store: opened.store, blobs, clock: { now: () => T0_SECONDS } });

describe('the words of an emptied tip', () => {
  test('are in database or log before, every one, and in neither afterwards', async () => {
    const needles = needlesOf(opened.file, tip.tip);
    for (const place of [
      'event.record',
      'envelope.body',
      'former_wraps.wraps',
      'working_copy.body',
      'decision.data',
    ])
      expect(words(needles)).toContain(place);
    expect(placesIn(opened.file, needles)).toEqual(expect.arrayContaining([...words(needles)]));
    const result = await opened.store.retention.shred(await approval(opened.store, tip.tip));
    expect(result).toEqual({ cleared: true });
    expect(statSync(`${opened.file}-wal`).size).toBe(0);
    await housekeeping();
    expect(placesIn(opened.file, needles).filter((place) => !STAYS.includes(place))).toEqual([]);
  });

  test('do not come into a backup that is taken later', async () => {
    const needles = needlesOf(opened.file, tip.tip);
    const before = join(dirname(opened.file), 'before.sqlite');
    backupDatabase(opened.file, before);
    expect(placesIn(before, needles)).toContain('envelope.body');
    await opened.store.retention.shred(await approval(opened.store, tip.tip));
    const after = join(dirname(opened.file), 'after.sqlite');
    backupDatabase(opened.file, after);
    expect(placesIn(after, needles)).not.toContain('envelope.body');
  });

  test('stay in the log while another process reads, and are gone once housekeeping comes after it', async () => {
    const needles = needlesOf(opened.file, tip.tip);
    const reader = new Database(opened.file, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM event').get();
    expect(await opened.store.retention.shred(await approval(opened.store, tip.tip))).toEqual({
      cleared: false,
    });
    expect(placesIn(opened.file, needles)).toContain('envelope.body');
    reader.exec('COMMIT');
    reader.close();
    await housekeeping();
    expect(placesIn(opened.file, needles)).not.toContain('envelope.body');
  });

  test('leave nothing of its files: housekeeping deletes them and forgets their rows', async () => {
    const secret = bytes(4096);
    for (const id of tip.files) {
      await blobs.create(id);
      await blobs.putPart(id, 0, new Blob([secret.slice()]).stream());
      await blobs.commit(id, 1);
    }
    const folder = join(dirname(opened.file), 'blobs');
    const hay = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(Buffer.from(secret)));
    await housekeeping();
    expect(hay()).toHaveLength(2);
    await opened.store.retention.shred(await approval(opened.store, tip.tip));
    await housekeeping();
    expect(hay()).toEqual([]);
    for (const id of tip.files) expect(await opened.store.uploads.upload(id)).toBeNull();
  });

  test('take nothing of another tip with them', async () => {
    const other = await given(opened.store);
    const needles = needlesOf(opened.file, other.tip);
    await opened.store.retention.shred(await approval(opened.store, tip.tip));
    expect(placesIn(opened.file, needles)).toEqual(expect.arrayContaining([...words(needles)]));
  });
});
