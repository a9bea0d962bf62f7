import type { Hash, Hour, UnitId } from '../../../domain/ids.ts';
import type { HotlineStore, RecordingEnd, RecordingRow } from '../../../ports/store/hotline-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, plain, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

type Recordings = Pick<
  HotlineStore,
  'addRecording' | 'recordings' | 'recordingsAfter' | 'openRecording' | 'endRecording'
>;

const ID = /^[0-9a-f]{32}$/;
/** Recordings of a unit that a page lists. */
const LISTED = 200;

/** Sealed voices until they are written down. An ended one keeps its row and its hour, and nothing that could open it. */
export function createRecordings(db: Db, events: EventLog): Recordings {
  const complete = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query
      .selectFrom('upload')
      .select(['bytes', 'parts'])
      .where('id', '=', p('id'))
      .where('kind', '=', lit('recording'))
      .where('state', '=', lit('complete')),
  );
  const insert = prepared(
    db,
    (
      p: Names<{
        id: Uint8Array;
        unit: UnitId;
        hour: Hour;
        bytes: number;
        parts: number;
        root: Uint8Array;
        partHashes: Uint8Array;
        meta: Uint8Array;
      }>,
    ) =>
      query.insertInto('recording').values({
        id: p('id'),
        unit: p('unit'),
        hour: p('hour'),
        bytes: p('bytes'),
        parts: p('parts'),
        root: p('root'),
        part_hashes: p('partHashes'),
        meta: p('meta'),
      }),
  );
  const insertWrap = prepared(db, (p: Names<{ recording: number; staff: Uint8Array; wrap: Uint8Array }>) =>
    query
      .insertInto('recording_wrap')
      .values({ recording: p('recording'), staff: p('staff'), wrap: p('wrap') }),
  );
  const insertShare = prepared(db, (p: Names<{ recording: number; holder: string; share: Uint8Array }>) =>
    query
      .insertInto('recording_share')
      .values({ recording: p('recording'), holder: p('holder'), share: p('share') }),
  );
  const ofUnit = prepared(db, (p: Names<{ unit: UnitId }>) =>
    query
      .selectFrom('recording')
      .select(['id', 'unit', 'hour', 'bytes', 'opened'])
      .where('unit', '=', p('unit'))
      .where('ended', 'is', null)
      .orderBy('seq')
      .limit(lit(LISTED)),
  );
  const after = prepared(db, (p: Names<{ seq: number }>) =>
    query
      .selectFrom('recording')
      .select(({ fn }) => ['unit', fn.max('seq').as('newest')])
      .where('seq', '>', p('seq'))
      .groupBy('unit'),
  );
  const forReader = prepared(db, (p: Names<{ id: Uint8Array; staff: Uint8Array }>) =>
    query
      .selectFrom('recording as r')
      .innerJoin('recording_wrap as w', 'w.recording', 'r.seq')
      .select(['r.seq', 'r.id', 'r.unit', 'r.hour', 'r.bytes', 'r.parts', 'r.root', 'r.part_hashes'])
      .select(['r.meta', 'w.wrap'])
      .where('r.id', '=', p('id'))
      .where('r.ended', 'is', null)
      .where('w.staff', '=', p('staff')),
  );
  const markOpened = prepared(db, (p: Names<{ seq: number }>) =>
    query
      .updateTable('recording')
      .set({ opened: lit(1) })
      .where('seq', '=', p('seq')),
  );
  const openOf = prepared(db, (p: Names<{ id: Uint8Array; unit: UnitId }>) =>
    query
      .selectFrom('recording')
      .select('seq')
      .where('id', '=', p('id'))
      .where('unit', '=', p('unit'))
      .where('ended', 'is', null),
  );
  const end = prepared(db, (p: Names<{ seq: number; end: RecordingEnd }>) =>
    query
      .updateTable('recording')
      .set({ ended: p('end'), root: lit(null), part_hashes: lit(null), meta: lit(null) })
      .where('seq', '=', p('seq')),
  );
  const deleteWraps = prepared(db, (p: Names<{ seq: number }>) =>
    query.deleteFrom('recording_wrap').where('recording', '=', p('seq')),
  );
  const deleteShares = prepared(db, (p: Names<{ seq: number }>) =>
    query.deleteFrom('recording_share').where('recording', '=', p('seq')),
  );
  const dropUpload = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query
      .updateTable('upload')
      .set({ state: lit('dropping'), root: lit(null), part_hashes: lit(null) })
      .where('id', '=', p('id')),
  );

  return {
    async addRecording(event, recording) {
      const { id, unit, hour, bytes, parts, root, partHashes, meta, wraps, shares } = recording;
      return events.transaction(() => {
        const upload = complete.get({ id: fromHex(id) });
        if (upload?.bytes !== bytes || upload.parts !== parts || wraps.length === 0) return 'missing';
        const { lastInsertRowid } = insert.run({
          ...{ id: fromHex(id), unit, hour, bytes, parts, root: fromHex(root), partHashes, meta },
        });
        const seq = Number(lastInsertRowid);
        for (const { staff, wrap } of wraps) insertWrap.run({ recording: seq, staff: fromHex(staff), wrap });
        for (const { holder, share } of shares) insertShare.run({ recording: seq, holder, share });
        events.append(event);
        return 'added' as const;
      });
    },
    async recordings(unit) {
      return ofUnit.all({ unit }).map(toRow);
    },
    async recordingsAfter(seq) {
      const rows = after.all({ seq });
      return {
        newest: rows.reduce((newest, row) => Math.max(newest, row.newest), seq),
        units: rows.map(({ unit }) => unit),
      };
    },
    async openRecording(event, staff, id) {
      if (!ID.test(id)) return null;
      return events.transaction(() => {
        const row = forReader.get({ id: fromHex(id), staff: fromHex(staff) });
        if (row === undefined || row.root === null || row.part_hashes === null || row.meta === null)
          return null;
        events.append(event);
        markOpened.run({ seq: row.seq });
        return {
          ...toRow({ ...row, opened: 1 }),
          parts: row.parts,
          root: toHex<Hash>(row.root),
          partHashes: plain(row.part_hashes),
          meta: plain(row.meta),
          wrap: plain(row.wrap),
        };
      });
    },
    async endRecording(event, unit, id, how) {
      if (!ID.test(id)) return false;
      const ended = events.transaction(() => {
        const row = openOf.get({ id: fromHex(id), unit });
        if (row === undefined) return false;
        events.append(event);
        end.run({ seq: row.seq, end: how });
        deleteWraps.run({ seq: row.seq });
        deleteShares.run({ seq: row.seq });
        dropUpload.run({ id: fromHex(id) });
        return true;
      });
      // Freed pages are overwritten (`secure_delete`), and the log that still holds the old ones is emptied.
      if (ended === true) db.pragma('wal_checkpoint(TRUNCATE)');
      return ended;
    },
  };
}

const toRow = (row: {
  readonly id: Uint8Array;
  readonly unit: UnitId;
  readonly hour: Hour;
  readonly bytes: number;
  readonly opened: number;
}): RecordingRow => ({
  id: toHex(row.id),
  unit: row.unit,
  hour: row.hour,
  bytes: row.bytes,
  opened: row.opened === 1,
});
