// Child process: raw better-sqlite3, the same bytes, 100 rows a transaction. Arguments: file of frames, seconds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readFrames } from './frames.ts';

const [file = '', seconds = '3'] = process.argv.slice(2);
const frames = readFrames(file);
const folder = mkdtempSync(join(tmpdir(), 'tinkin-raw-'));
const db = new Database(join(folder, 'raw.sqlite'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
const insert = db.prepare('INSERT INTO body (bytes) VALUES (?)');
const hundred = db.transaction((from: number) => {
  for (let i = 0; i < 100; i++) insert.run(frames[(from + i) % frames.length]);
});
let rows = 0;
const started = performance.now();
while (performance.now() - started < Number(seconds) * 1000) {
  hundred(rows);
  rows += 100;
}
const perSecond = rows / ((performance.now() - started) / 1000);
db.close();
rmSync(folder, { recursive: true, force: true });
process.send?.({ perSecond });
process.disconnect?.();
