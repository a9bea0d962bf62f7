import { type ExpressionBuilder, sql } from 'kysely';
import type { StaffId, TipId } from '../../../domain/ids.ts';
import type { TriageStore, UntakenTip } from '../../../ports/store/triage-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, toHex, toHexOrNull } from './codec.ts';
import { type Db, immediate } from './connection.ts';
import { prepared } from './prepared.ts';

type Alarms = Pick<TriageStore, 'urgentUntaken' | 'isUrgentUntaken' | 'keepAlarms'>;

/** What a kept alarm is stored from. */
type Row = {
  readonly id: Uint8Array;
  readonly rungs: number;
  readonly no_console: 0 | 1;
  readonly acknowledged_by: Uint8Array | null;
};

/** `isUrgentTip` of a tip that nobody took up, written as in the partial index `tip_untaken`. */
const untaken = (eb: ExpressionBuilder<Schema, 'tip'>) =>
  eb.and([
    eb('tip.stage', '=', lit('submitted')),
    eb.or([eb('tip.urgent', '=', lit(1)), eb('tip.priority', '=', lit('P1'))]),
  ]);

/** Urgent tips that nobody took up, and how far their alarms have climbed. */
export function createAlarms(db: Db): Alarms {
  const page = prepared(db, (p: Names<{ t0: number; seq: number; limit: number }>) =>
    query
      .selectFrom('tip')
      .leftJoin('alarm', 'alarm.tip', 'tip.seq')
      .select(['tip.seq', 'tip.id', 'tip.unit', 'tip.t0'])
      .select(['alarm.rungs', 'alarm.no_console', 'alarm.acknowledged_by'])
      .where(untaken)
      .where(sql<boolean>`(tip.t0, tip.seq) > (${p('t0')}, ${p('seq')})`)
      .orderBy('tip.t0')
      .orderBy('tip.seq')
      .limit(p('limit')),
  );
  const one = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query.selectFrom('tip').select(lit(1).as('one')).where('tip.id', '=', p('id')).where(untaken),
  );
  const keep = prepared(db, (p: Names<Row>) =>
    query
      .insertInto('alarm')
      .columns(['tip', 'rungs', 'no_console', 'acknowledged_by'])
      .expression((eb) =>
        eb
          .selectFrom('tip')
          .select(['tip.seq', p('rungs').as('rungs'), p('no_console').as('no_console')])
          .select(p('acknowledged_by').as('acknowledged_by'))
          .where('tip.id', '=', p('id'))
          .where(untaken),
      )
      .onConflict((conflict) =>
        conflict.column('tip').doUpdateSet((eb) => ({
          rungs: eb.ref('excluded.rungs'),
          no_console: eb.ref('excluded.no_console'),
          acknowledged_by: eb.ref('excluded.acknowledged_by'),
        })),
      ),
  );

  return {
    async urgentUntaken(after, limit) {
      const { key: t0, seq } = after ?? { key: 0, seq: 0 };
      const found = page.all({ t0, seq, limit });
      const last = found.at(-1);
      const more = found.length === limit && last !== undefined;
      const rows = found.map(
        ({ id, unit, t0: hour, rungs, no_console, acknowledged_by }): UntakenTip => ({
          tip: toHex<TipId>(id),
          unit,
          t0: hour,
          kept:
            rungs === null
              ? null
              : {
                  rungs,
                  noConsole: no_console === 1,
                  acknowledgedBy: toHexOrNull<StaffId>(acknowledged_by),
                },
        }),
      );
      return { rows, next: more ? { key: last.t0, seq: last.seq } : null };
    },
    async isUrgentUntaken(tip) {
      return one.get({ id: fromHex(tip) }) !== undefined;
    },
    async keepAlarms(alarms) {
      immediate(db, () => {
        for (const { tip, rungs, noConsole, acknowledgedBy } of alarms)
          keep.run({
            id: fromHex(tip),
            rungs,
            no_console: noConsole ? 1 : 0,
            acknowledged_by: acknowledgedBy === null ? null : fromHex(acknowledgedBy),
          });
      });
    },
  };
}
