import type { Selectable } from 'kysely';
import type { BatchRow, LogRow } from '../../../ports/store/ledger-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { plain } from './codec.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';

type StoredBatch = Omit<Selectable<Schema['ledger_batch']>, 'after_size' | 'head'>;

/** Reads of the log's own tables; each within the transaction of whoever calls. */
export interface LedgerBatches {
  logs(): readonly LogRow[];
  newest(log: number): { readonly row: BatchRow; readonly lastEvent: number } | null;
  batch(log: number, size: number): BatchRow | null;
  published(log: number): BatchRow | null;
  unpublished(log: number): readonly BatchRow[];
  /** Published ones, ascending. */
  after(log: number, size: number, limit: number): readonly BatchRow[];
  tile(log: number, level: number, n: number): Uint8Array | null;
  entries(log: number, n: number): Uint8Array | null;
}

export function createLedgerBatches(db: Db): LedgerBatches {
  const logs = prepared(db, () => query.selectFrom('ledger_log').selectAll().orderBy('log'));
  const stored = query
    .selectFrom('ledger_batch')
    .select(['log', 'size', 'begins', 'last_event', 'seed', 'dummies', 'root', 'at', 'note', 'published']);
  const newest = prepared(db, (p: Names<{ log: number }>) =>
    stored.where('log', '=', p('log')).orderBy('size', 'desc').limit(lit(1)),
  );
  const one = prepared(db, (p: Names<{ log: number; size: number }>) =>
    stored.where('log', '=', p('log')).where('size', '=', p('size')),
  );
  const published = prepared(db, (p: Names<{ log: number }>) =>
    stored.where('log', '=', p('log')).where('published', '=', lit(1)).orderBy('size', 'desc').limit(lit(1)),
  );
  // Publication covers all before, so what is not published lies behind the newest that is.
  const unpublished = prepared(db, (p: Names<{ log: number; after: number }>) =>
    stored.where('log', '=', p('log')).where('size', '>', p('after')).orderBy('size'),
  );
  const after = prepared(db, (p: Names<{ log: number; after: number; limit: number }>) =>
    stored
      .where('log', '=', p('log'))
      .where('published', '=', lit(1))
      .where('size', '>', p('after'))
      .orderBy('size')
      .limit(p('limit')),
  );
  const cosignatures = prepared(db, (p: Names<{ log: number; from: number; to: number }>) =>
    query
      .selectFrom('ledger_cosignature')
      .select(['size', 'witness', 'line', 'at'])
      .where('log', '=', p('log'))
      .where('size', '>=', p('from'))
      .where('size', '<=', p('to'))
      .orderBy('at')
      .orderBy('witness'),
  );
  const tile = prepared(db, (p: Names<{ log: number; level: number; n: number }>) =>
    query
      .selectFrom('ledger_tile')
      .select('hashes')
      .where('log', '=', p('log'))
      .where('level', '=', p('level'))
      .where('n', '=', p('n')),
  );
  const entries = prepared(db, (p: Names<{ log: number; n: number }>) =>
    query.selectFrom('ledger_entries').select('entries').where('log', '=', p('log')).where('n', '=', p('n')),
  );

  /** Rows of one log in ascending order, with what witnesses signed of them in one query. */
  const withCosignatures = (rows: readonly StoredBatch[]): readonly BatchRow[] => {
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return [];
    const signed = Map.groupBy(
      cosignatures.all({ log: first.log, from: first.size, to: last.size }),
      ({ size }) => size,
    );
    return rows.map((row) => ({
      ...{ log: row.log, begins: row.begins, size: row.size, at: row.at, dummies: row.dummies },
      root: plain(row.root),
      seed: plain(row.seed),
      note: plain(row.note),
      published: row.published === 1,
      cosignatures: (signed.get(row.size) ?? []).map(({ witness, line, at }) => ({ witness, line, at })),
    }));
  };
  const single = (row: StoredBatch | undefined): BatchRow | null =>
    row === undefined ? null : (withCosignatures([row])[0] ?? null);

  return {
    logs: () => logs.all({}),
    newest(log) {
      const row = newest.get({ log });
      const whole = single(row);
      return row === undefined || whole === null ? null : { row: whole, lastEvent: row.last_event };
    },
    batch: (log, size) => single(one.get({ log, size })),
    published: (log) => single(published.get({ log })),
    unpublished(log) {
      const after = published.get({ log })?.size ?? 0;
      return withCosignatures(unpublished.all({ log, after }));
    },
    after: (log, size, limit) => withCosignatures(after.all({ log, after: size, limit })),
    tile(log, level, n) {
      const row = tile.get({ log, level, n });
      return row === undefined ? null : plain(row.hashes);
    },
    entries(log, n) {
      const row = entries.get({ log, n });
      return row === undefined ? null : plain(row.entries);
    },
  };
}
