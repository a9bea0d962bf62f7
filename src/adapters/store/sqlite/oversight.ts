import type { Selectable } from 'kysely';
import type { Day, UnitId } from '../../../domain/ids.ts';
import type { OversightStore, RollupRow } from '../../../ports/store/oversight-store.ts';
import { listed, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { createBalance } from './balance.ts';
import { createBalanceTips } from './balance-tips.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createDrill } from './drill.ts';
import { type EventLog, tipSeqQuery } from './events.ts';
import { prepared } from './prepared.ts';
import { createRates } from './rates.ts';
import { createRollupCheck } from './rollup-check.ts';

type StoredCell = Omit<Selectable<Schema['rollup']>, 'standing'>;

/** What auditors read: figures from roll-ups and flows, the tips behind them, and their events. */
export function createOversightStore(db: Db, events: EventLog): OversightStore {
  // One range of the primary key a unit: a cross join keeps the order of its tables.
  const cells = prepared(db, (p: Names<{ units: string; from: Day; to: Day }>) =>
    query
      .selectFrom(listed<UnitId>(p('units')))
      .crossJoin('rollup as r')
      .select([
        'r.unit',
        'r.legal_kind',
        'r.conduct',
        'r.verb',
        'r.due_day',
        'r.stopped_day',
        'r.passed_on',
        'r.n',
      ])
      .whereRef('r.unit', '=', 'u.value')
      .where('r.due_day', '>=', p('from'))
      .where('r.due_day', '<=', p('to')),
  );
  const tipSeq = prepared(db, tipSeqQuery);

  return {
    async rollup(units, from, to) {
      return cells.all({ units: distinct(units), from, to }).map(toRollupRow);
    },
    ...createDrill(db),
    ...createBalance(db),
    ...createBalanceTips(db),
    ...createRates(db),
    ...createRollupCheck(db),
    async recordRead(event) {
      return events.transaction(() => {
        events.append(event);
        return 'saved' as const;
      });
    },
    async events(tip) {
      const row = tipSeq.get({ id: fromHex(tip) });
      return row === undefined ? [] : events.ofTip(row.seq);
    },
  };
}

const distinct = (units: readonly UnitId[]): string => JSON.stringify([...new Set(units)].sort());

function toRollupRow(cell: StoredCell): RollupRow {
  return {
    unit: cell.unit,
    legalKind: cell.legal_kind === '' ? null : cell.legal_kind,
    conduct: cell.conduct === '' ? null : cell.conduct,
    verb: cell.verb,
    dueDay: cell.due_day,
    stoppedDay: cell.stopped_day === '' ? null : cell.stopped_day,
    passedOn: cell.passed_on === 1,
    count: cell.n,
  };
}
