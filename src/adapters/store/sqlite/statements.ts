import type { Hash, Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { StatementRow } from '../../../ports/store/directory-store.ts';
import { plain, toHex } from './codec.ts';

export interface StoredStatement {
  readonly hash: Uint8Array;
  readonly kind: StatementRow['kind'];
  readonly unit: UnitId | '';
  readonly version: number;
  readonly valid_from: Seconds;
  readonly valid_until: Seconds;
  readonly person: Uint8Array | null;
  readonly record: Uint8Array;
}

export const STATEMENT_COLUMNS = 'hash, kind, unit, version, valid_from, valid_until, person, record';

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
