import { sql } from 'kysely';
import { dayOf } from '../../../domain/calendar.ts';
import type { Day, Seconds, UnitId } from '../../../domain/ids.ts';
import { FOCAL_STAGES, type FocalStage } from '../../../domain/transition-types.ts';
import type { DutyStore } from '../../../ports/store/duty-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

interface Asked {
  readonly now: Seconds;
  readonly today: Day;
  /** FOCAL_STAGES as JSON. */
  readonly stages: string;
}

/** Stages of units' work without anybody named who is there, and whether their leaders were told. */
export function createHoles(db: Db, events: EventLog): Pick<DutyStore, 'holes' | 'tellHoles'> {
  const everywhere = (p: Names<Asked>) => {
    const named = query
      .selectFrom('focal_point as f')
      .select('f.seq')
      .where('f.unit', '=', sql.ref<UnitId>('unit.code'))
      .where('f.stage', '=', sql.ref<FocalStage>('s.value'))
      .where('f.valid_from', '<=', p('now'))
      .where((eb) => eb.or([eb('f.valid_until', 'is', null), eb('f.valid_until', '>', p('now'))]));
    const away = query
      .selectFrom('absence as a')
      .select('a.seq')
      .where('a.staff', '=', sql.ref<Uint8Array>('f.staff'))
      .where('a.unit', '=', sql.ref<UnitId>('f.unit'))
      .where('a.valid_from', '<=', p('now'))
      .where((eb) => eb.or([eb('a.valid_until', 'is', null), eb('a.valid_until', '>', p('now'))]));
    const active = named.where('f.rank', '=', lit('active'));
    const present = named.where((eb) => eb.not(eb.exists(away)));
    return query
      .selectFrom('unit')
      .innerJoin(sql<{ value: string }>`json_each(${p('stages')})`.as<'s'>('s'), (join) => join.onTrue())
      .leftJoin('focal_alarm', 'focal_alarm.unit', 'unit.code')
      .select(['unit.code as unit', 'unit.parent', 'unit.name_vi as nameVi', 'unit.name_en as nameEn'])
      .select(['focal_alarm.day as told', sql<string>`json_group_array(s.value)`.as('stages')])
      .where((eb) => eb.or([eb.not(eb.exists(active)), eb.not(eb.exists(present))]))
      .groupBy('unit.code')
      .orderBy('unit.code');
  };
  const reached = query
    .selectFrom('statement')
    .select('statement.seq')
    .where('statement.unit', '=', sql.ref<UnitId>('unit.code'))
    .where('statement.unit', '<>', lit(''))
    .where('statement.kind', '=', lit('epoch'));
  const all = prepared(db, everywhere);
  const inService = (p: Names<Asked>) =>
    everywhere(p)
      .where((eb) => eb.or([eb('unit.valid_until', 'is', null), eb('unit.valid_until', '>=', p('today'))]))
      .where((eb) => eb.exists(reached));
  const reachable = prepared(db, inService);
  const around = prepared(db, (p: Names<Asked & { unit: UnitId }>) =>
    inService(p).where((eb) => eb.or([eb('unit.code', '=', p('unit')), eb('unit.parent', '=', p('unit'))])),
  );
  const tell = prepared(db, (p: Names<{ unit: UnitId; day: Day }>) =>
    query
      .insertInto('focal_alarm')
      .values({ unit: p('unit'), day: p('day') })
      .onConflict((conflict) =>
        conflict
          .column('unit')
          .doUpdateSet({ day: p('day') })
          .where('focal_alarm.day', '<', p('day')),
      ),
  );

  return {
    async holes(of, now) {
      const asked = { now, today: dayOf(now), stages: JSON.stringify(FOCAL_STAGES) };
      const rows =
        of === 'all'
          ? all.all(asked)
          : of === 'reachable'
            ? reachable.all(asked)
            : around.all({ ...asked, unit: of.around });
      return rows.map((row) => {
        const missing = JSON.parse(row.stages) as readonly string[];
        return { ...row, stages: FOCAL_STAGES.filter((stage) => missing.includes(stage)) };
      });
    },
    async tellHoles(event, unit, day) {
      return events.transaction(() => {
        if (tell.run({ unit, day }).changes === 0) return 'known' as const;
        events.append(event);
        return 'told' as const;
      });
    },
  };
}
