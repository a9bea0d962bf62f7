import { createHash } from 'node:crypto';
import { type Insertable, sql } from 'kysely';
import type { Hash, Seconds } from '../../../domain/ids.ts';
import { ENTRY_BYTES } from '../../../ledger/entry.ts';
import { edgeOf, TILE_WIDTH, type Tile } from '../../../ledger/tiles.ts';
import type { Append, Cosignature, LedgerStore, NextBatch } from '../../../ports/store/ledger-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { plain, plainOrNull, toHex } from './codec.ts';
import { type Db, immediate, isTaken, snapshot } from './connection.ts';
import type { EventLog } from './events.ts';
import { createLedgerBatches } from './ledger-batches.ts';
import { createLedgerOpenings } from './ledger-openings.ts';
import { prepared } from './prepared.ts';

const LOG = 'log';
const DIRECTORY = 'directory';

/** Leaves the transaction with nothing written. */
class Refused extends Error {
  readonly answer: 'lost' | 'stale';

  constructor(answer: 'lost' | 'stale') {
    super(answer);
    this.answer = answer;
  }
}

/**
 * The public log. Events are never deleted and SQLite commits in the order of `event.seq`, so what waits is what came after the newest batch's last
 * event and has no leaf yet: the hot path writes nothing for it.
 */
export function createLedgerStore(db: Db, events: EventLog): LedgerStore {
  const batches = createLedgerBatches(db);
  const insertLog = prepared(db, (p: Names<{ origin: string; at: Seconds }>) =>
    query
      .insertInto('ledger_log')
      .values({
        log: query.selectFrom('ledger_log').select(sql<number>`ifnull(max(log), 0) + 1`.as('log')),
        origin: p('origin'),
        begun: p('at'),
      })
      .onConflict((conflict) => conflict.column('origin').doNothing()),
  );
  const takeLease = prepared(db, (p: Names<{ holder: Uint8Array; now: Seconds; until: Seconds }>) =>
    query
      .insertInto('ledger_lease')
      .values({ one: lit(1), holder: p('holder'), fence: lit(1), until: p('until') })
      .onConflict((conflict) =>
        conflict
          .column('one')
          .doUpdateSet({
            holder: sql`excluded.holder`,
            fence: sql`ledger_lease.fence + (ledger_lease.holder <> excluded.holder)`,
            until: sql`excluded.until`,
          })
          .where((eb) =>
            eb.or([
              eb('ledger_lease.holder', '=', sql<Uint8Array>`excluded.holder`),
              eb('ledger_lease.until', '<=', p('now')),
            ]),
          ),
      )
      .returning('fence'),
  );
  const fenceNow = prepared(db, () => query.selectFrom('ledger_lease').select('fence'));
  const waiting = prepared(db, (p: Names<{ log: number; after: number; limit: number }>) =>
    query
      .selectFrom('event as e')
      .leftJoin('event_opening as o', 'o.event', 'e.seq')
      .select(['e.seq', 'e.leaf', 'e.prev', 'e.no', 'e.citizen_part', 'o.citizen_salt'])
      .where('e.seq', '>', p('after'))
      .where(
        sql<boolean>`not exists (select 1 from ledger_leaf as l where l.event = e.seq and l.log = ${p('log')})`,
      )
      .orderBy('e.seq')
      .limit(p('limit')),
  );
  const directoryHead = prepared(db, (p: Names<{ subject: string; upTo: number }>) =>
    query
      .selectFrom('event as e')
      .innerJoin('subject as s', 's.seq', 'e.chain')
      .select(['e.no', 'e.leaf'])
      .where('s.name', '=', p('subject'))
      .where('e.seq', '<=', p('upTo'))
      .orderBy('e.no', 'desc')
      .limit(lit(1)),
  );
  const eventSeq = prepared(db, (p: Names<{ subject: string; no: number }>) =>
    query
      .selectFrom('event as e')
      .innerJoin('subject as s', 's.seq', 'e.chain')
      .select('e.seq')
      .where('s.name', '=', p('subject'))
      .where('e.no', '=', p('no')),
  );
  const placeOf = prepared(db, (p: Names<{ event: number }>) =>
    query
      .selectFrom('ledger_leaf')
      .select(['log', 'idx'])
      .where('event', '=', p('event'))
      .orderBy('log', 'desc')
      .limit(lit(1)),
  );
  const insertBatch = prepared(
    db,
    (p: Names<Omit<Required<Insertable<Schema['ledger_batch']>>, 'published' | 'after_size'>>) =>
      query.insertInto('ledger_batch').values({
        ...{ log: p('log'), size: p('size'), begins: p('begins'), last_event: p('last_event') },
        ...{ head: p('head'), seed: p('seed'), dummies: p('dummies'), root: p('root') },
        ...{ at: p('at'), note: p('note') },
      }),
  );
  const insertLeaf = prepared(db, (p: Names<{ log: number; idx: number; event: number }>) =>
    query.insertInto('ledger_leaf').values({ log: p('log'), idx: p('idx'), event: p('event') }),
  );
  const putTile = prepared(db, (p: Names<{ log: number; level: number; n: number; hashes: Uint8Array }>) =>
    query
      .insertInto('ledger_tile')
      .values({ log: p('log'), level: p('level'), n: p('n'), hashes: p('hashes') })
      .onConflict((conflict) =>
        conflict.columns(['log', 'level', 'n']).doUpdateSet({ hashes: sql`excluded.hashes` }),
      ),
  );
  const putEntries = prepared(db, (p: Names<{ log: number; n: number; entries: Uint8Array }>) =>
    query
      .insertInto('ledger_entries')
      .values({ log: p('log'), n: p('n'), entries: p('entries') })
      .onConflict((conflict) =>
        conflict.columns(['log', 'n']).doUpdateSet({ entries: sql`excluded.entries` }),
      ),
  );
  const insertCosignature = prepared(db, (p: Names<Cosignature & { log: number; size: number }>) =>
    query
      .insertInto('ledger_cosignature')
      .values({ log: p('log'), size: p('size'), witness: p('witness'), line: p('line'), at: p('at') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const publish = prepared(db, (p: Names<{ log: number; size: number }>) =>
    query
      .updateTable('ledger_batch')
      .set({ published: lit(1) })
      .where('log', '=', p('log'))
      .where('size', '<=', p('size'))
      .where('published', '=', lit(0)),
  );

  const edge = (log: number, size: number): readonly Tile[] =>
    edgeOf(size).map(({ level, n }) => {
      const hashes = batches.tile(log, level, n);
      if (hashes === null) throw new Error('a tile of the edge is missing');
      return { level, n, hashes };
    });

  /** Entry of an event whose opening was shredded, which only happens once it is in a log. */
  const formerEntry = (event: number): Uint8Array => {
    const place = placeOf.get({ event });
    const row = place === undefined ? null : batches.entries(place.log, Math.floor(place.idx / TILE_WIDTH));
    if (place === undefined || row === null) throw new Error('a shredded event is in no log');
    const from = (place.idx % TILE_WIDTH) * ENTRY_BYTES;
    return row.slice(from, from + ENTRY_BYTES);
  };

  const plannedFrom = (limit: number): NextBatch | null => {
    const log = batches.logs().at(-1);
    if (log === undefined) return null;
    const found = batches.newest(log.log);
    const after = found?.lastEvent ?? 0;
    const rows = waiting.all({ log: log.log, after, limit });
    const lastEvent = rows.at(-1)?.seq ?? after;
    const size = found?.row.size ?? 0;
    const directory = directoryHead.get({ subject: DIRECTORY, upTo: lastEvent });
    return {
      log,
      newest: found?.row ?? null,
      edge: edge(log.log, size),
      pending: rows.map(({ seq, leaf, prev, no, citizen_part, citizen_salt }) => ({
        event: seq,
        leaf: plain(leaf),
        prev: plainOrNull(prev),
        no,
        shown:
          citizen_salt === null
            ? { entry: formerEntry(seq) }
            : {
                citizenHash: plain(createHash('sha256').update(citizen_salt).update(citizen_part).digest()),
              },
      })),
      lastEvent,
      head: events.head(LOG),
      directory:
        directory === undefined
          ? { no: 0, leaf: null }
          : { no: directory.no, leaf: toHex<Hash>(directory.leaf) },
    };
  };

  const write = (batch: Append): void => {
    const { log, begins, size } = batch;
    if (fenceNow.get({})?.fence !== batch.fence) throw new Refused('lost');
    if ((batches.newest(log)?.row.size ?? 0) !== begins) throw new Refused('stale');
    events.append(batch.head);
    const head = eventSeq.get({ subject: batch.head.subject, no: batch.head.no });
    if (head === undefined) throw new Error('the batch head was not kept');
    const { lastEvent, seed, dummies, root, at, note } = batch;
    insertBatch.run({
      ...{ log, size, begins, seed, dummies, root, at, note },
      last_event: lastEvent,
      head: head.seq,
    });
    for (const { event, index } of batch.leaves) insertLeaf.run({ log, idx: index, event });
    insertLeaf.run({ log, idx: size - 1, event: head.seq });
    for (const tile of batch.tiles) putTile.run({ log, ...tile });
    for (const row of batch.entries) putEntries.run({ log, ...row });
  };

  return {
    ...createLedgerOpenings(db, events),
    async begin(origin, at, event) {
      return events.transaction(() => {
        if (insertLog.run({ origin, at }).changes === 0) return 'exists' as const;
        if (event !== null) events.append(event);
        return 'begun' as const;
      });
    },
    async logs() {
      return batches.logs();
    },
    async lease(holder, now, until) {
      return takeLease.get({ holder, now, until })?.fence ?? null;
    },
    async next(limit) {
      return snapshot(db, () => plannedFrom(limit));
    },
    async append(batch) {
      try {
        const result = events.transaction(() => write(batch));
        return result === undefined ? 'appended' : 'stale';
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        // An event that has its place already, in this batch or an earlier one.
        if (isTaken(error)) return 'stale';
        throw error;
      }
    },
    async cosigned(log, size, cosignature) {
      insertCosignature.run({ log, size, ...cosignature });
    },
    async publish(log, size) {
      return immediate(db, () => {
        if (batches.batch(log, size) === null) return false;
        publish.run({ log, size });
        return true;
      });
    },
    async published(log) {
      const of = log ?? batches.logs().at(-1)?.log;
      return of === undefined ? null : snapshot(db, () => batches.published(of));
    },
    async unpublished(log) {
      return snapshot(db, () => batches.unpublished(log));
    },
    async batches(log, after, limit) {
      return snapshot(db, () => batches.after(log, after, limit));
    },
    async tile(log, level, n) {
      return batches.tile(log, level, n);
    },
    async entries(log, n) {
      return batches.entries(log, n);
    },
  };
}
