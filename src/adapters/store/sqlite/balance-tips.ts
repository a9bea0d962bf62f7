import { type InferResult, type Selectable, sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { TipBehind } from '../../../domain/figures.ts';
import type { Day, Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import type { BalanceTipsQuery, OversightStore } from '../../../ports/store/oversight-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { NO_DUE } from './change.ts';
import { toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { prepared } from './prepared.ts';
import { registerNumber } from './register.ts';

/** Where a page ended: unit, the row's key in the list's index, and the tip. */
type Position = readonly [unit: string, key: string | number, tip: number];

interface PageValues {
  readonly unit: UnitId;
  readonly key: string | number;
  readonly tip: number;
  readonly limit: number;
  readonly today: Day;
}

const tipBy = (index: string) =>
  query.selectFrom(sql<Selectable<Schema['tip']>>`tip`.as<'t'>(sql`t indexed by ${sql.ref(index)}`));

const COLUMNS = ['t.id', 't.seq', 't.unit', 't.stage', 't.outcome', 't.due'] as const;

/** Open ones by the end of the clock that runs out first. */
const openPage = (p: Names<PageValues>) =>
  tipBy('tip_open')
    .select(COLUMNS)
    .select([registerNumber('t.seq', 't.unit').as('register_number'), sql<string | number>`t.due`.as('key')])
    .where('t.unit', '=', p('unit'))
    .where('t.open', '=', lit(1))
    .where('t.stage', '<>', lit('resolved'))
    .where('t.overlay', '<>', lit('suspended'))
    .where(sql<boolean>`(t.due, t.seq) > (${p('key')}, ${p('tip')})`)
    .orderBy('t.due')
    .orderBy('t.seq')
    .limit(p('limit'));

/** Open ones whose day for an outcome is over, the longest first. */
const overduePage = (p: Names<PageValues>) =>
  query
    .selectFrom(
      sql<Selectable<Schema['tip_clock']>>`tip_clock`.as<'c'>(sql`c indexed by tip_clock_unsettled`),
    )
    .innerJoin('tip as t', 't.seq', 'c.tip')
    .select(['t.id', 't.seq', 't.unit', 't.stage', 't.outcome', 'c.due'])
    .select([
      registerNumber('t.seq', 't.unit').as('register_number'),
      sql<string | number>`c.due_day`.as('key'),
    ])
    .where('c.unit', '=', p('unit'))
    .where('c.unsettled', '=', lit(1))
    .where('c.due_day', '<', p('today'))
    .where(sql<boolean>`(c.due_day, c.tip) > (${p('key')}, ${p('tip')})`)
    .orderBy('c.due_day')
    .orderBy('c.tip')
    .limit(p('limit'));

/** Suspended ones in order of receipt. */
const suspendedPage = (p: Names<PageValues>) =>
  tipBy('tip_suspended')
    .select(COLUMNS)
    .select([registerNumber('t.seq', 't.unit').as('register_number'), sql<string | number>`0`.as('key')])
    .where('t.unit', '=', p('unit'))
    .where('t.overlay', '=', lit('suspended'))
    .where('t.seq', '>', p('tip'))
    .orderBy('t.seq')
    .limit(p('limit'));

type Row = InferResult<ReturnType<typeof openPage>>[number];

/** From a stock of the balance to the tips that are in it, unit by unit. */
export function createBalanceTips(db: Db): Pick<OversightStore, 'balanceTips'> {
  const pages = {
    open: prepared(db, openPage),
    overdue: prepared(db, overduePage),
    suspended: prepared(db, suspendedPage),
  };

  return {
    async balanceTips(asked) {
      const start = asked.after === undefined ? null : decodeCursor(asked.after, asked.figure);
      const found: Row[] = [];
      snapshot(db, () => {
        for (const unit of [...new Set(asked.units)].sort()) {
          if (start !== null && unit < start[0]) continue;
          if (found.length > asked.limit) break;
          const [, key, tip] = start?.[0] === unit ? start : [unit, firstKey(asked.figure), 0];
          const limit = asked.limit + 1 - found.length;
          found.push(...pages[asked.figure].all({ unit, key, tip, limit, today: asked.today }));
        }
      });
      const page = found.slice(0, asked.limit);
      const last = found.length > asked.limit ? page.at(-1) : undefined;
      return { rows: page.map(toTipBehind), next: last === undefined ? null : encodeCursor(last) };
    },
  };
}

const firstKey = (figure: BalanceTipsQuery['figure']): string | number => (figure === 'overdue' ? '' : 0);

const encodeCursor = ({ unit, key, seq }: Row): string =>
  Buffer.from(JSON.stringify([unit, key, seq] satisfies Position)).toString('base64url');

function decodeCursor(cursor: string, figure: BalanceTipsQuery['figure']): Position {
  const bad = () => new AppError('field_invalid', { field: 'after' });
  if (cursor.length > 200) throw bad();
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw bad();
  }
  if (!isPosition(value) || typeof value[1] !== typeof firstKey(figure)) throw bad();
  return value;
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length === 3 &&
  typeof value[0] === 'string' &&
  (typeof value[1] === 'string' || Number.isSafeInteger(value[1])) &&
  Number.isSafeInteger(value[2]);

function toTipBehind(row: Row): TipBehind {
  return {
    tip: toHex<TipId>(row.id),
    unit: row.unit,
    registerNumber: row.register_number,
    stage: row.stage,
    outcome: row.outcome,
    handedOver: null,
    due: row.due === NO_DUE ? null : (row.due as Seconds),
    stopped: null,
    merged: [],
  };
}
