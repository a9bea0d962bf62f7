import type { Seconds } from '../../../../domain/ids.ts';
import type { AuditorStatementKind } from '../../../../ports/store/ledger-store.ts';
import { bytes, flag, generated, integer, keyOf, orDefault, orNull, text } from '../columns.ts';

/** Tables of `…_ledger.sql` and `…_retention.sql`. */
export const LEDGER = {
  ledger_log: { log: keyOf(), origin: text(), begun: integer<Seconds>() },
  ledger_batch: {
    log: integer(),
    size: integer(),
    begins: integer(),
    after_size: generated(orNull(integer())),
    last_event: integer(),
    head: integer(),
    seed: bytes(),
    dummies: integer(),
    root: bytes(),
    at: integer<Seconds>(),
    note: bytes(),
    published: orDefault(flag()),
  },
  ledger_leaf: { log: integer(), idx: integer(), event: integer() },
  ledger_tile: { log: integer(), level: integer(), n: integer(), hashes: bytes() },
  ledger_entries: { log: integer(), n: integer(), entries: bytes() },
  ledger_cosignature: {
    log: integer(),
    size: integer(),
    witness: text(),
    line: text(),
    at: integer<Seconds>(),
  },
  ledger_lease: { one: keyOf(), holder: bytes(), fence: integer(), until: integer<Seconds>() },
  auditor_statement: {
    hash: bytes(),
    kind: text<AuditorStatementKind>(),
    auditor: text(),
    n: integer(),
    origin: text(),
    record: bytes(),
  },
  shredded: { tip: keyOf(), no: integer(), up_to: integer(), rule: text() },
};
