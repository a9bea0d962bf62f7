import type { Seconds, UnitId } from '../../../../domain/ids.ts';
import type { StatementRow } from '../../../../ports/store/directory-store.ts';
import type { PendingStatement } from '../../../../ports/store/members-store.ts';
import { bytes, counted, flag, integer, orNull, text } from '../columns.ts';

/** Tables of `0004_directory.sql` and `0005_pending_statements.sql`, and those of epoch wraps in `0007_former_wraps.sql`. */
export const DIRECTORY = {
  statement: {
    seq: counted(),
    hash: bytes(),
    kind: text<StatementRow['kind']>(),
    unit: text<UnitId | ''>(),
    version: integer(),
    valid_from: integer<Seconds>(),
    valid_until: integer<Seconds>(),
    person: orNull(bytes()),
    record: bytes(),
  },
  shard: { hash: bytes(), province: text(), bytes: bytes() },
  epoch_wrap: { unit: text<UnitId>(), epoch: integer(), member: bytes(), wrap: bytes() },
  broken_epoch_wrap: { unit: text<UnitId>(), epoch: integer(), member: bytes(), reported_no: integer() },
  former_epoch_wrap: {
    id: counted(),
    unit: text<UnitId>(),
    epoch: integer(),
    member: bytes(),
    wrap: bytes(),
    reported_no: integer(),
    replaced_no: integer(),
  },
  recovery_share: { unit: text<UnitId>(), epoch: integer(), holder: text(), share: bytes() },
  unit: {
    code: text<UnitId>(),
    parent: orNull(text<UnitId>()),
    kind: text(),
    name_vi: text(),
    name_en: text(),
    province: text(),
    remote: flag(),
    valid_from: text(),
    valid_until: orNull(text()),
  },
  pending_statement: {
    seq: counted(),
    hash: bytes(),
    kind: text<PendingStatement['kind']>(),
    unit: text<UnitId>(),
    about: text(),
    record: bytes(),
    extra: text(),
    by: bytes(),
    at: integer<Seconds>(),
  },
};
