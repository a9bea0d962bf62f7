import type { Day, UnitId } from '../../../domain/ids.ts';
import type { LegalKind, Verb } from '../../../domain/terms.ts';
import type { OversightStore, RollupRow } from '../../../ports/store/oversight-store.ts';
import { createBalance } from './balance.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createDrill } from './drill.ts';
import type { EventLog } from './events.ts';
import { createRates } from './rates.ts';
import { createRollupCheck } from './rollup-check.ts';

interface StoredCell {
  readonly unit: UnitId;
  readonly legal_kind: LegalKind | '';
  readonly conduct: string;
  readonly verb: Verb;
  readonly due_day: Day;
  readonly stopped_day: Day | '';
  readonly passed_on: number;
  readonly n: number;
}

/** SQL of `rollup`: one range of the primary key a unit. */
export const ROLLUP_SQL = `SELECT r.unit, r.legal_kind, r.conduct, r.verb, r.due_day, r.stopped_day, r.passed_on, r.n
  FROM json_each(@units) u CROSS JOIN rollup r ON r.unit = u.value AND r.due_day BETWEEN @from AND @to`;

/** What auditors read: figures from roll-ups and flows, the tips behind them, and their events. */
export function createOversightStore(db: Db, events: EventLog): OversightStore {
  const cells = db.prepare<unknown[], StoredCell>(ROLLUP_SQL);
  const tipSeq = db.prepare<[Uint8Array], { seq: number }>('SELECT seq FROM tip WHERE id = ?');

  return {
    async rollup(units, from, to) {
      return cells.all({ units: distinct(units), from, to }).map(toRollupRow);
    },
    ...createDrill(db),
    ...createBalance(db),
    ...createRates(db),
    ...createRollupCheck(db),
    async events(tip) {
      const row = tipSeq.get(fromHex(tip));
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
