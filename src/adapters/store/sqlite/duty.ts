import { sql } from 'kysely';
import type { UnitDuties } from '../../../domain/focal.ts';
import type { Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { FocalPointRow } from '../../../ports/store/accounts-store.ts';
import type { DutyStore } from '../../../ports/store/duty-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';
import { createHoles } from './holes.ts';
import { prepared } from './prepared.ts';

type Slot = Pick<FocalPointRow, 'unit' | 'stage' | 'rank'>;

/** Focal points, absences and leaders; ended, never overwritten. */
export function createDutyStore(db: Db, events: EventLog): DutyStore {
  const duties = prepared(db, (p: Names<{ units: string; now: Seconds }>) =>
    query
      .selectFrom('focal_point')
      .select(['unit', 'stage', 'rank', 'staff', 'valid_from as from', 'valid_until as until'])
      .where('unit', 'in', sql<UnitId>`(select value from json_each(${p('units')}))`)
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('now'))]))
      // One that another took the place of before it began.
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', eb.ref('valid_from'))]))
      .orderBy('valid_from')
      .orderBy('rank'),
  );
  const absences = prepared(db, (p: Names<{ units: string; now: Seconds }>) =>
    query
      .selectFrom('absence')
      .select(['unit', 'staff', 'valid_from as from', 'valid_until as until'])
      .where('unit', 'in', sql<UnitId>`(select value from json_each(${p('units')}))`)
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('now'))]))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', eb.ref('valid_from'))]))
      .orderBy('valid_from'),
  );
  const leaders = prepared(db, (p: Names<{ units: string }>) =>
    query
      .selectFrom('staff')
      .select(['unit', 'id', 'roles'])
      .where('unit', 'in', sql<UnitId>`(select value from json_each(${p('units')}))`)
      .where('status', '=', lit('active'))
      .where((eb) => eb.or([eb('roles', 'like', lit('%"head"%')), eb('roles', 'like', lit('%"deputy"%'))]))
      .orderBy('seq'),
  );
  const endFocalPoint = prepared(db, (p: Names<Slot & { from: Seconds }>) =>
    query
      .updateTable('focal_point')
      .set({ valid_until: sql<Seconds>`max(valid_from, ${p('from')})` })
      .where('unit', '=', p('unit'))
      .where('stage', '=', p('stage'))
      .where('rank', '=', p('rank'))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('from'))])),
  );
  const endDeputy = prepared(db, (p: Names<Omit<Slot, 'rank'> & { staff: Uint8Array; from: Seconds }>) =>
    query
      .updateTable('focal_point')
      .set({ valid_until: sql<Seconds>`max(valid_from, ${p('from')})` })
      .where('unit', '=', p('unit'))
      .where('stage', '=', p('stage'))
      .where('rank', '=', lit('deputy'))
      .where('staff', '=', p('staff'))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('from'))])),
  );
  const startFocalPoint = prepared(db, (p: Names<Omit<FocalPointRow, 'staff'> & { staff: Uint8Array }>) =>
    query.insertInto('focal_point').values({
      ...{ unit: p('unit'), stage: p('stage'), rank: p('rank'), staff: p('staff') },
      ...{ valid_from: p('from'), valid_until: p('until') },
    }),
  );
  const hasOtherRank = prepared(db, (p: Names<Slot & { staff: Uint8Array; from: Seconds }>) =>
    query
      .selectFrom('focal_point')
      .select('seq')
      .where('unit', '=', p('unit'))
      .where('stage', '=', p('stage'))
      .where('rank', '<>', p('rank'))
      .where('staff', '=', p('staff'))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('from'))]))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', eb.ref('valid_from'))])),
  );
  const overlapping = prepared(db, (p: Names<{ staff: Uint8Array; from: Seconds; until: Seconds | null }>) =>
    query
      .selectFrom('absence')
      .select('seq')
      .where('staff', '=', p('staff'))
      .where(sql<boolean>`(${p('until')} is null or valid_from < ${p('until')})`)
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('from'))]))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', eb.ref('valid_from'))])),
  );
  const startAbsence = prepared(
    db,
    (p: Names<{ unit: UnitId; staff: Uint8Array; from: Seconds; until: Seconds | null }>) =>
      query.insertInto('absence').values({
        ...{ unit: p('unit'), staff: p('staff'), valid_from: p('from'), valid_until: p('until') },
      }),
  );
  const endAbsence = prepared(
    db,
    (p: Names<{ unit: UnitId; staff: Uint8Array; from: Seconds; at: Seconds }>) =>
      query
        .updateTable('absence')
        .set({ valid_until: sql<Seconds>`max(valid_from, ${p('at')})` })
        .where('unit', '=', p('unit'))
        .where('staff', '=', p('staff'))
        .where('valid_from', '=', p('from'))
        .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('at'))]))
        .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', eb.ref('valid_from'))])),
  );

  return {
    ...createHoles(db, events),
    async duties(units, now) {
      const asked = JSON.stringify(units);
      const [named, away, leading] = [
        duties.all({ units: asked, now }),
        absences.all({ units: asked, now }),
        leaders.all({ units: asked }),
      ];
      return units.map(
        (unit): UnitDuties => ({
          unit,
          duties: named
            .filter((row) => row.unit === unit)
            .map(({ stage, rank, staff, from, until }) => ({
              ...{ stage, rank, staff: toHex<StaffId>(staff), from, until },
            })),
          absences: away
            .filter((row) => row.unit === unit)
            .map(({ staff, from, until }) => ({ staff: toHex<StaffId>(staff), from, until })),
          leaders: leading
            .filter((row) => row.unit === unit)
            .map(({ id, roles }) => ({
              staff: toHex<StaffId>(id),
              role: (JSON.parse(roles) as readonly string[]).includes('head') ? 'head' : 'deputy',
            })),
        }),
      );
    },
    async setFocalPoint(event, unit, { stage, rank, staff, from, until }) {
      return events.transaction(() => {
        const row = { unit, stage, rank, staff: fromHex(staff), from, until };
        const both = hasOtherRank.get(row) !== undefined;
        if (both && rank === 'deputy') return 'focal_same' as const;
        events.append(event);
        // Who stood in until now takes the stage over: nobody stands in for themselves.
        if (both) endDeputy.run(row);
        endFocalPoint.run(row);
        startFocalPoint.run(row);
        return 'saved' as const;
      });
    },
    async setAbsence(event, unit, { staff, from, until }) {
      return events.transaction(() => {
        const row = { unit, staff: fromHex(staff), from, until };
        if (overlapping.get(row) !== undefined) return 'overlaps' as const;
        events.append(event);
        startAbsence.run(row);
        return 'saved' as const;
      });
    },
    async endAbsence(event, { unit, staff, from }, at) {
      return events.transaction(() => {
        if (endAbsence.run({ unit, staff: fromHex(staff), from, at }).changes === 0)
          return 'unknown' as const;
        events.append(event);
        return 'ended' as const;
      });
    },
  };
}
