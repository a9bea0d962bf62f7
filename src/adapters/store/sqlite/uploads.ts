import { type Selectable, sql } from 'kysely';
import type { Hash, Hour, Seconds, UnitId } from '../../../domain/ids.ts';
import type { NewUpload, UploadRow, UploadStore } from '../../../ports/store/upload-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { ofNoCopy } from './claims.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, immediate, snapshot } from './connection.ts';
import { type EventLog, tipSeqQuery } from './events.ts';
import { prepared } from './prepared.ts';

const ID = /^[0-9a-f]{32}$/;
const HASH_BYTES = 32;

type Stored = Pick<
  Selectable<Schema['upload']>,
  'seq' | 'kind' | 'state' | 'bytes' | 'parts' | 'root' | 'part_hashes'
>;

/** Uploads: room and proof are taken in the transaction that begins one, and a part is noted only after its bytes are on disk. */
export function createUploadStore(db: Db, events: EventLog): UploadStore {
  const byId = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query
      .selectFrom('upload')
      .select(['seq', 'kind', 'state', 'bytes', 'parts', 'root', 'part_hashes'])
      .where('id', '=', p('id')),
  );
  /** What has arrived counts, not what was announced: otherwise a few who announce much and send nothing would shut everybody out. */
  const arrived = sql<number>`case state when 'open'
    then bytes / parts * (select count(*) from upload_part as a where a.upload = upload.seq) else bytes end`;
  const held = prepared(db, (p: Names<{ kind: NewUpload['kind'] }>) =>
    query
      .selectFrom('upload')
      .select(sql<number>`ifnull(sum(${arrived}), 0)`.as('bytes'))
      .where('state', '<>', lit('attached'))
      .where('kind', '=', p('kind'))
      .where(ofNoCopy),
  );
  const spend = prepared(db, (p: Names<{ id: string; expires: Seconds }>) =>
    query
      .insertInto('spent_challenge')
      .values({ id: p('id'), expires: p('expires') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const insert = prepared(
    db,
    (p: Names<{ id: Uint8Array; kind: NewUpload['kind']; bytes: number; parts: number; hour: Hour }>) =>
      query.insertInto('upload').values({
        id: p('id'),
        kind: p('kind'),
        state: lit('open'),
        bytes: p('bytes'),
        parts: p('parts'),
        begun_hour: p('hour'),
      }),
  );
  const partsOf = prepared(db, (p: Names<{ upload: number }>) =>
    query.selectFrom('upload_part').select(['no', 'hash']).where('upload', '=', p('upload')).orderBy('no'),
  );
  const partOf = prepared(db, (p: Names<{ upload: number; no: number }>) =>
    query
      .selectFrom('upload_part')
      .select('hash')
      .where('upload', '=', p('upload'))
      .where('no', '=', p('no')),
  );
  const insertPart = prepared(db, (p: Names<{ upload: number; no: number; hash: Uint8Array }>) =>
    query.insertInto('upload_part').values({ upload: p('upload'), no: p('no'), hash: p('hash') }),
  );
  const deleteParts = prepared(db, (p: Names<{ upload: number; from: number }>) =>
    query.deleteFrom('upload_part').where('upload', '=', p('upload')).where('no', '>=', p('from')),
  );
  const finish = prepared(db, (p: Names<{ seq: number; root: Uint8Array; hashes: Uint8Array }>) =>
    query
      .updateTable('upload')
      .set({ state: lit('complete'), root: p('root'), part_hashes: p('hashes') })
      .where('seq', '=', p('seq')),
  );
  /** A recording that waits for its operator belongs to somebody, though no envelope carries it. */
  const unclaimed = sql<boolean>`not exists (select 1 from recording as r where r.id = upload.id and r.ended is null)`;
  const drop = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query
      .updateTable('upload')
      .set({ state: lit('dropping') })
      .where('id', '=', p('id'))
      .where('state', '<>', lit('attached'))
      .where(unclaimed)
      .where(ofNoCopy),
  );
  const dropAll = prepared(db, (p: Names<{ before: Hour }>) =>
    query
      .updateTable('upload')
      .set({ state: lit('dropping') })
      .where('state', '<>', lit('attached'))
      .where('begun_hour', '<', p('before'))
      .where('state', '<>', lit('dropping'))
      .where(unclaimed)
      .where(ofNoCopy),
  );
  const dropping = prepared(db, (p: Names<{ limit: number }>) =>
    query
      .selectFrom('upload')
      .select('id')
      .where('state', '<>', lit('attached'))
      .where('state', '=', lit('dropping'))
      .limit(p('limit')),
  );
  const remove = prepared(db, (p: Names<{ seq: number }>) =>
    query.deleteFrom('upload').where('seq', '=', p('seq')).where('state', '=', lit('dropping')),
  );
  const readable = prepared(db, (p: Names<{ id: Uint8Array; unit: UnitId }>) =>
    tipSeqQuery(p).where((eb) => eb.or([eb('unit', '=', p('unit')), eb('transfer_to', '=', p('unit'))])),
  );
  const attached = prepared(db, (p: Names<{ id: Uint8Array; tip: number }>) =>
    query
      .selectFrom('upload')
      .select(['bytes', 'parts', 'root', 'part_hashes', 'no'])
      .where('id', '=', p('id'))
      .where('tip', '=', p('tip')),
  );
  const ofCopy = prepared(db, (p: Names<{ id: Uint8Array; tip: Uint8Array; unit: UnitId }>) =>
    query
      .selectFrom('copy_picture as c')
      .innerJoin('upload as u', 'u.seq', 'c.upload')
      .innerJoin('working_copy as w', (join) => join.onRef('w.tip', '=', 'c.tip').onRef('w.no', '=', 'c.no'))
      .innerJoin('tip as t', 't.seq', 'c.tip')
      .select(['u.bytes', 'u.parts', 'u.root', 'u.part_hashes', 'c.no'])
      .where('u.id', '=', p('id'))
      .where('t.id', '=', p('tip'))
      .where((eb) =>
        eb.or([
          eb.and([eb('w.to_unit', '=', p('unit')), eb('w.to_unit', '<>', eb.ref('w.unit'))]),
          eb.and([
            eb('w.unit', '=', p('unit')),
            eb.or([eb('t.unit', '=', p('unit')), eb('t.transfer_to', '=', p('unit'))]),
          ]),
        ]),
      ),
  );
  const idsAfter = prepared(db, (p: Names<{ after: Uint8Array; limit: number }>) =>
    query
      .selectFrom('upload')
      .select('id')
      .where('id', '>', p('after'))
      .where('state', 'in', [lit('complete'), lit('attached')])
      .orderBy('id')
      .limit(p('limit')),
  );

  const find = (id: string): Stored | undefined => (ID.test(id) ? byId.get({ id: fromHex(id) }) : undefined);

  const haveOf = (row: Stored): UploadRow['have'] => {
    const have = new Array<Hash | null>(row.parts).fill(null);
    if (row.part_hashes === null)
      for (const { no, hash } of partsOf.all({ upload: row.seq })) have[no] = toHex(hash);
    else for (let no = 0; no < row.parts; no++) have[no] = toHex(hashAt(row.part_hashes, no));
    return have;
  };

  return {
    async begin({ id, kind, bytes, parts, hour, challenge, room }) {
      return immediate(db, () => {
        if (find(id) !== undefined) return 'exists';
        if ((held.get({ kind })?.bytes ?? 0) + bytes > room) return 'full';
        if (challenge !== null && spend.run(challenge).changes === 0) return 'challenge_spent';
        insert.run({ id: fromHex(id), kind, bytes, parts, hour });
        return 'begun';
      });
    },
    async upload(id) {
      return snapshot(db, () => {
        const row = find(id);
        if (row === undefined) return null;
        return {
          id,
          kind: row.kind,
          state: row.state,
          bytes: row.bytes,
          parts: row.parts,
          have: haveOf(row),
        };
      });
    },
    async held(kind) {
      return held.get({ kind })?.bytes ?? 0;
    },
    async notePart(id, no, hash) {
      return immediate(db, () => {
        const row = find(id);
        if (row === undefined) return 'unknown';
        const earlier =
          row.part_hashes === null ? partOf.get({ upload: row.seq, no })?.hash : hashAt(row.part_hashes, no);
        if (earlier !== undefined && earlier.length === HASH_BYTES)
          return toHex(earlier) === hash ? 'same' : row.state === 'open' ? 'conflict' : 'closed';
        if (row.state !== 'open') return 'closed';
        insertPart.run({ upload: row.seq, no, hash: fromHex(hash) });
        return 'noted';
      });
    },
    async dropParts(id, from) {
      immediate(db, () => {
        const row = find(id);
        if (row?.state === 'open') deleteParts.run({ upload: row.seq, from });
      });
    },
    async complete(id, root) {
      return immediate(db, () => {
        const row = find(id);
        if (row === undefined || row.state === 'dropping') return 'unknown';
        if (row.state !== 'open')
          return row.root !== null && toHex(row.root) === root ? 'complete' : 'unknown';
        const parts = partsOf.all({ upload: row.seq });
        const missing = parts.findIndex(({ no }, i) => no !== i);
        if (missing >= 0) return { missing };
        if (parts.length < row.parts) return { missing: parts.length };
        const hashes = new Uint8Array(HASH_BYTES * row.parts);
        for (const { no, hash } of parts) hashes.set(hash, HASH_BYTES * no);
        finish.run({ seq: row.seq, root: fromHex(root), hashes });
        deleteParts.run({ upload: row.seq, from: 0 });
        return 'complete';
      });
    },
    async abandon(id) {
      return ID.test(id) && immediate(db, () => drop.run({ id: fromHex(id) }).changes === 1);
    },
    async dropOlder(before, limit) {
      return immediate(db, () => {
        dropAll.run({ before });
        return dropping.all({ limit }).map((row) => toHex(row.id));
      });
    },
    async forget(id) {
      immediate(db, () => {
        const row = find(id);
        if (row?.state !== 'dropping') return;
        deleteParts.run({ upload: row.seq, from: 0 });
        remove.run({ seq: row.seq });
      });
    },
    async open(event, unit, tip, id) {
      if (!ID.test(id)) return null;
      return events.transaction(() => {
        const seq = readable.get({ id: fromHex(tip), unit })?.seq;
        const row =
          (seq === undefined ? undefined : attached.get({ id: fromHex(id), tip: seq })) ??
          ofCopy.get({ id: fromHex(id), tip: fromHex(tip), unit });
        if (row === undefined || row.root === null || row.part_hashes === null || row.no === null)
          return null;
        events.append(event);
        return {
          ...{ id, tip, no: row.no, bytes: row.bytes, parts: row.parts },
          root: toHex<Hash>(row.root),
          partHashes: plain(row.part_hashes),
        };
      });
    },
    async ids(after, limit) {
      return idsAfter.all({ after: fromHex(after), limit }).map((row) => toHex(row.id));
    },
  };
}

const hashAt = (joined: Uint8Array, no: number): Uint8Array =>
  joined.subarray(HASH_BYTES * no, HASH_BYTES * (no + 1));
