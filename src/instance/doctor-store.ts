import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type DatabaseHealth, databaseHealth } from '../adapters/store/sqlite/maintenance.ts';
import type { Finding } from './doctor.ts';
import { filesBelow, hashFile } from './file-tools.ts';
import type { OpenInstance } from './open-instance.ts';

/** Database, event chains, figures and blobs. */
export async function checkStore(instance: OpenInstance): Promise<readonly Finding[]> {
  const health = databaseHealth(instance.store.connection);
  return [
    checkDatabase(health),
    checkDurability(health),
    checkEvents(instance),
    await checkRollups(instance),
    await checkBlobs(instance),
    await checkUploads(instance),
  ];
}

function checkDatabase({ damage, foreignKeys }: DatabaseHealth): Finding {
  const check = 'database';
  if (damage.length > 0) return { check, status: 'fail', detail: `damaged: ${damage.join('; ')}` };
  return foreignKeys.length === 0
    ? { check, status: 'ok', detail: 'integrity and references are in order' }
    : { check, status: 'fail', detail: `${foreignKeys.length} rows refer to something that is not there` };
}

function checkDurability({ journalMode, synchronous }: DatabaseHealth): Finding {
  const right = journalMode === 'wal' && synchronous === 2;
  return {
    check: 'durability',
    status: right ? 'ok' : 'fail',
    detail: `journal ${journalMode}, synchronous ${synchronous}`,
  };
}

interface ChainRow {
  readonly seq: number;
  readonly chain: string;
  readonly no: number;
  readonly prev: Uint8Array | null;
  readonly leaf: Uint8Array;
  readonly record: Uint8Array;
  readonly salt: Uint8Array | null;
  /** 1 when retention emptied it: its leaf stands alone. */
  readonly emptied: 0 | 1;
}

/** Every event's leaf is that of its record and salt, and names the leaf of the one before it. */
function checkEvents({ store }: OpenInstance): Finding {
  const rows = store.connection
    .prepare<[], ChainRow>(
      `SELECT e.seq, ifnull(e.subject, 'tip ' || e.tip) AS chain, e.no, e.prev, e.leaf, e.record, o.leaf_salt AS salt,
              s.tip IS NOT NULL AS emptied
         FROM event e LEFT JOIN event_opening o ON o.event = e.seq LEFT JOIN shredded s ON s.tip = e.chain AND e.no <= s.up_to
        ORDER BY chain, e.no`,
    )
    .iterate();
  let count = 0;
  let emptied = 0;
  let before: ChainRow | null = null;
  const broken: number[] = [];
  for (const row of rows) {
    count++;
    emptied += row.emptied;
    if (!joins(row, before?.chain === row.chain ? before : null) || !isOwnLeaf(row)) broken.push(row.seq);
    before = row;
  }
  return broken.length === 0
    ? {
        check: 'events',
        status: 'ok',
        detail: `${count} events, every chain whole${emptied === 0 ? '' : `, ${emptied} emptied by retention`}`,
      }
    : {
        check: 'events',
        status: 'fail',
        detail: `${broken.length} of ${count} events do not fit, first: ${broken[0]}`,
      };
}

const joins = (row: ChainRow, before: ChainRow | null): boolean =>
  before === null
    ? row.no === 1 && row.prev === null
    : row.no === before.no + 1 && row.prev !== null && Buffer.compare(row.prev, before.leaf) === 0;

const isOwnLeaf = ({ salt, record, leaf, emptied }: ChainRow): boolean =>
  emptied === 1
    ? salt === null && record.length === 0
    : salt !== null && createHash('sha256').update(salt).update(record).digest().compare(leaf) === 0;

async function checkRollups({ store }: OpenInstance): Promise<Finding> {
  const differences = await store.oversight.verifyRollups();
  return differences.length === 0
    ? { check: 'figures', status: 'ok', detail: 'as the clocks give them' }
    : {
        check: 'figures',
        status: 'fail',
        detail: `${differences.length} differ: run "tinkin rollup verify"`,
      };
}

/** Every committed blob has the SHA-256 that was recorded when it was committed. */
async function checkBlobs({ paths, blobs }: OpenInstance): Promise<Finding> {
  const folder = join(paths.blobs, 'committed');
  const files = (await filesBelow(folder)).filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{32}$/.test(name));
  const wrong: string[] = [];
  for (const name of files) {
    const key = name.slice(3);
    const recorded = await blobs.recordedHash(key);
    const found = await hashFile(join(folder, name)).catch(() => null);
    // A running instance may have given it up meanwhile.
    if (recorded !== found && (await blobs.read(key)) !== null) wrong.push(key);
  }
  return wrong.length === 0
    ? { check: 'blobs', status: 'ok', detail: `${files.length} blobs, every hash right` }
    : {
        check: 'blobs',
        status: 'fail',
        detail: `${wrong.length} of ${files.length} altered, first: ${wrong[0]}`,
      };
}

const PAGE = 1_000;

/** Every finished upload has its blob, and every blob its upload. What comes or goes while a running instance is looked over is no fault. */
async function checkUploads({ paths, blobs, store }: OpenInstance): Promise<Finding> {
  const check = 'attachments';
  const files = await filesBelow(join(paths.blobs, 'committed'));
  const without: string[] = [];
  const known = new Set<string>();
  for (let after = '0'.repeat(32); ; ) {
    const ids = await store.uploads.ids(after, PAGE);
    for (const id of ids) {
      known.add(id);
      if ((await blobs.recordedHash(id)) === null) without.push(id);
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) break;
    after = last;
  }
  const missing: string[] = [];
  for (const id of without) {
    const row = await store.uploads.upload(id);
    const finished = row?.state === 'complete' || row?.state === 'attached';
    if (finished && (await blobs.recordedHash(id)) === null) missing.push(id);
  }
  const stray: string[] = [];
  for (const id of files.map((name) => name.slice(3)))
    if (/^[0-9a-f]{32}$/.test(id) && !known.has(id) && (await blobs.read(id)) !== null)
      if ((await store.uploads.upload(id)) === null) stray.push(id);
  if (missing.length > 0)
    return {
      check,
      status: 'fail',
      detail: `${missing.length} of ${known.size} files are gone, first: ${missing[0]}`,
    };
  return stray.length === 0
    ? { check, status: 'ok', detail: `${known.size} files, all there` }
    : { check, status: 'warn', detail: `${stray.length} blobs belong to nothing, first: ${stray[0]}` };
}
