import type { Selectable } from 'kysely';
import type { Hash, StaffId, UnitId } from '../../../domain/ids.ts';
import type { StatementRow } from '../../../ports/store/directory-store.ts';
import { type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, plain, toHex } from './codec.ts';

export type StoredStatement = Omit<Selectable<Schema['statement']>, 'seq'>;

/** The columns of `StoredStatement`. */
export const statements = query
  .selectFrom('statement')
  .select(['hash', 'kind', 'unit', 'version', 'valid_from', 'valid_until', 'person', 'record']);

/** A new statement as the database keeps it. */
export const statementColumns = (row: StatementRow): StoredStatement => ({
  hash: fromHex(row.hash),
  kind: row.kind,
  unit: row.unit,
  version: row.version,
  valid_from: row.from,
  valid_until: row.until,
  person: row.person === '' ? null : fromHex(row.person),
  record: row.record,
});

/** Inserts what `statementColumns` gives. */
export const insertStatement = (p: Names<StoredStatement>) =>
  query.insertInto('statement').values({
    hash: p('hash'),
    kind: p('kind'),
    unit: p('unit'),
    version: p('version'),
    valid_from: p('valid_from'),
    valid_until: p('valid_until'),
    person: p('person'),
    record: p('record'),
  });

export interface StoredShare {
  readonly unit: UnitId;
  readonly epoch: number;
  readonly holder: string;
  readonly share: Uint8Array;
}

/** Keeps a holder's recovery share; one that is there stays. */
export const putRecoveryShare = (p: Names<StoredShare>) =>
  query
    .insertInto('recovery_share')
    .values({ unit: p('unit'), epoch: p('epoch'), holder: p('holder'), share: p('share') })
    .onConflict((conflict) => conflict.columns(['unit', 'epoch', 'holder']).doNothing());

export function toStatement(row: StoredStatement): StatementRow {
  return {
    hash: toHex<Hash>(row.hash),
    kind: row.kind,
    unit: row.unit,
    version: row.version,
    from: row.valid_from,
    until: row.valid_until,
    person: row.person === null ? '' : toHex<StaffId>(row.person),
    record: plain(row.record),
  };
}
