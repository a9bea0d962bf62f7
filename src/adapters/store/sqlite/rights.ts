import { sql } from 'kysely';
import type { Hash, Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { SettlementRight } from '../../../domain/settlement.ts';
import type { LegalKind } from '../../../domain/terms.ts';
import type { RightsStore } from '../../../ports/store/rights-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

/** Rights of a list. */
const LISTED = 500;

interface Stored {
  readonly id: Uint8Array;
  readonly unit: UnitId;
  readonly staff: Uint8Array;
  readonly grade: SettlementRight['grade'];
  readonly legal_kinds: string;
  readonly document: string;
  readonly valid_from: Seconds;
  readonly valid_until: Seconds | null;
}

/** Rights to settle; ended, never edited. */
export function createRightsStore(db: Db, events: EventLog): RightsStore {
  const columns = [
    ...(['id', 'unit', 'staff', 'grade', 'legal_kinds'] as const),
    ...(['document', 'valid_from', 'valid_until'] as const),
  ] as const;
  const insert = prepared(
    db,
    (
      p: Names<{
        id: Uint8Array;
        unit: UnitId;
        staff: Uint8Array;
        grade: SettlementRight['grade'];
        kinds: string;
        document: string;
        from: Seconds;
        until: Seconds | null;
        record: Uint8Array;
      }>,
    ) =>
      query
        .insertInto('settlement_right')
        .values({
          ...{ id: p('id'), unit: p('unit'), staff: p('staff'), grade: p('grade'), legal_kinds: p('kinds') },
          ...{ document: p('document'), valid_from: p('from'), valid_until: p('until'), record: p('record') },
        })
        .onConflict((conflict) => conflict.doNothing()),
  );
  const end = prepared(db, (p: Names<{ id: Uint8Array; at: Seconds }>) =>
    query
      .updateTable('settlement_right')
      // One that was to begin later has then never held.
      .set({ valid_until: sql<Seconds>`max(${p('at')}, valid_from)` })
      .where('id', '=', p('id'))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('at'))])),
  );
  const all = prepared(db, (p: Names<{ units: string }>) =>
    query
      .selectFrom('settlement_right as r')
      .innerJoin('staff as s', 's.id', 'r.staff')
      .select([
        ...(['r.id', 'r.unit', 'r.staff', 'r.grade', 'r.legal_kinds'] as const),
        ...(['r.document', 'r.valid_from', 'r.valid_until', 's.display_name'] as const),
      ])
      .where('r.unit', 'in', sql<UnitId>`(select value from json_each(${p('units')}))`)
      .orderBy('r.unit')
      .orderBy('r.staff')
      .orderBy('r.valid_from', 'desc')
      .limit(lit(LISTED)),
  );
  const held = prepared(db, (p: Names<{ unit: UnitId; staff: Uint8Array; at: Seconds }>) =>
    query
      .selectFrom('settlement_right')
      .select(columns)
      .where('unit', '=', p('unit'))
      .where('staff', '=', p('staff'))
      .where('valid_from', '<=', p('at'))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('at'))])),
  );
  return {
    async rights(units) {
      const rows = all.all({ units: JSON.stringify(units) });
      return rows.map((row) => ({ ...toRight(row), name: row.display_name }));
    },
    async rightsOf(unit, staff, at) {
      return held.all({ unit, staff: fromHex(staff), at }).map(toRight);
    },
    async giveRight(event, right, record) {
      const { id, unit, staff, grade, legalKinds, document, from, until } = right;
      const row = { id: fromHex(id), unit, staff: fromHex(staff), grade, document, from, until, record };
      return events.transaction(() => {
        if (insert.run({ ...row, kinds: JSON.stringify(legalKinds) }).changes === 0) return 'known' as const;
        events.append(event);
        return 'given' as const;
      });
    },
    async endRight(event, id, at) {
      return events.transaction(() => {
        if (end.run({ id: fromHex(id), at }).changes === 0) return 'unknown' as const;
        events.append(event);
        return 'ended' as const;
      });
    },
  };
}

const toRight = (row: Stored): SettlementRight => ({
  id: toHex<Hash>(row.id),
  unit: row.unit,
  staff: toHex<StaffId>(row.staff),
  grade: row.grade,
  legalKinds: JSON.parse(row.legal_kinds) as LegalKind[],
  document: row.document,
  from: row.valid_from,
  until: row.valid_until,
});
