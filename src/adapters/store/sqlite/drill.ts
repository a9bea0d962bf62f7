import { type InferResult, type Selectable, sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { DrillRow } from '../../../domain/figures.ts';
import type { Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import type { Outcome, Stage, Verb } from '../../../domain/terms.ts';
import type { DrillQuery, OversightStore } from '../../../ports/store/oversight-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { ofPopulation, type PopulationValues, populationValues } from './population.ts';
import { prepared } from './prepared.ts';
import { registerNumber } from './register.ts';

/** Where a page ended: the last row's place in the index. */
type Position = readonly [
  unit: string,
  standing: number,
  dueDay: string,
  tip: number,
  clock: string,
  round: number,
];

const OPEN = 0;
const ON_TIME = 1;
const LATE = 2;

interface PageValues extends PopulationValues {
  readonly unit: UnitId;
  readonly verb: Verb;
  readonly standing: number;
  readonly from: string;
  readonly to: string;
  readonly day: string;
  readonly tip: number;
  readonly clock: string;
  readonly round: number;
  readonly once: number;
  readonly limit: number;
}

/**
 * Duplicates of the row's own unit that live on in its tip, as JSON: their ids in hex and the numbers that the unit gave them. When the tip
 * has gone to another unit, that one hears nothing of them: their senders may have excluded it.
 */
const mergedHere = sql<string>`(select json_group_array(json_array(x.id, x.number)) from (
    select lower(hex(m.id)) as id, (select r.number || '/' || r.year from register r where r.tip = d.tip and r.unit = c.unit
      order by r.year desc, r.number desc limit 1) as number
    from tip_merged d join tip m on m.seq = d.tip where d.into_tip = c.tip and m.unit = c.unit order by d.tip limit 50) x)`;

/** What a row's unit may see of its tip: where it stands while the unit holds it, else only when another took it over. */
const seenHere = [
  sql<Stage | null>`iif(t.unit = c.unit, t.stage, null)`.as('stage'),
  sql<Outcome | null>`iif(t.unit = c.unit, t.outcome, null)`.as('outcome'),
  sql<Seconds | null>`iif(t.unit = c.unit, null, (select max(h.held_until) from custody h
    where h.tip = c.tip and h.unit = c.unit and h.status = 'ended'))`.as('handed_over'),
] as const;

/** Whether the unit's own tip ended with a notice that nobody could get (`no_code`, `refused`); a shredded notice tells nothing any more. */
const untold = sql<0 | 1>`ifnull((select case when length(n.restricted_part) = 0 then 0
    else json_extract(cast(n.restricted_part as text), '$.act.impossible') is not null end
    from event n where n.chain = c.tip and n.type = 'notified' and t.unit = c.unit order by n.no desc limit 1), 0)`.as(
  'untold',
);

/** One page within one unit and standing: one range of `tip_clock_drill`, in its own order. */
const pageQuery = (p: Names<PageValues>) =>
  query
    .selectFrom(sql<Selectable<Schema['tip_clock']>>`tip_clock`.as<'c'>(sql`c indexed by tip_clock_drill`))
    .innerJoin('tip as t', 't.seq', 'c.tip')
    .select([
      't.id',
      'c.tip',
      'c.round',
      'c.unit',
      registerNumber('c.tip', 'c.unit').as('register_number'),
      'c.clock',
      'c.due_day',
      'c.due',
      'c.stopped',
    ])
    .select(seenHere)
    .select(mergedHere.as('merged'))
    .select(untold)
    .where('c.tallied', '=', lit(1))
    .where('c.unit', '=', p('unit'))
    .where('c.verb', '=', p('verb'))
    .where('c.standing', '=', p('standing'))
    .where(sql<boolean>`c.due_day between ${p('from')} and ${p('to')}`)
    .where(
      sql<boolean>`(c.due_day, c.tip, c.clock, c.round) > (${p('day')}, ${p('tip')}, ${p('clock')}, ${p('round')})`,
    )
    .where(ofPopulation(p))
    .where(sql<boolean>`(${p('once')} = 0 or c.passed_on = 0)`)
    .orderBy('c.due_day')
    .orderBy('c.tip')
    .orderBy('c.clock')
    .orderBy('c.round')
    .limit(p('limit'));

type StoredDrillRow = InferResult<ReturnType<typeof pageQuery>>[number];

/** From a figure to the tips behind it: unit by unit, and within a unit open ones, those on time, late ones, each by due day. */
export function createDrill(db: Db): Pick<OversightStore, 'drill'> {
  const select = prepared(db, pageQuery);

  return {
    async drill(query) {
      const start = query.after === undefined ? null : decodeCursor(query.after);
      const found: { row: StoredDrillRow; standing: number }[] = [];
      snapshot(db, () => {
        for (const unit of [...new Set(query.units)].sort()) {
          for (const standing of standingsOf(query.result)) {
            if (start !== null && (unit < start[0] || (unit === start[0] && standing < start[1]))) continue;
            if (found.length > query.limit) return;
            const here = start !== null && start[0] === unit && start[1] === standing ? start : null;
            const limit = query.limit + 1 - found.length;
            const rows = select.all({ ...toValues(query, standing, here), unit, standing, limit });
            found.push(...rows.map((row) => ({ row, standing })));
          }
        }
      });
      const page = found.slice(0, query.limit);
      const last = found.length > query.limit ? page.at(-1) : undefined;
      return {
        rows: page.map(({ row }) => toDrillRow(row)),
        next: last === undefined ? null : encodeCursor(last),
      };
    },
  };
}

function standingsOf(result: DrillQuery['result']): readonly number[] {
  switch (result) {
    case 'on_time':
      return [ON_TIME];
    case 'late':
      return [LATE];
    case 'open_late':
      return [OPEN];
    case 'due':
      return [OPEN, ON_TIME, LATE];
  }
}

function toValues(
  query: DrillQuery,
  standing: number,
  after: Position | null,
): Omit<PageValues, 'unit' | 'standing' | 'limit'> {
  const onlyOver = standing === OPEN && query.to >= query.today;
  return {
    verb: query.verb,
    from: query.from,
    to: onlyOver ? dayBefore(query.today) : query.to,
    day: after?.[2] ?? '',
    tip: after?.[3] ?? 0,
    clock: after?.[4] ?? '',
    round: after?.[5] ?? 0,
    ...populationValues(query.population ?? null),
    once: query.once === true ? 1 : 0,
  };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function encodeCursor({ row, standing }: { row: StoredDrillRow; standing: number }): string {
  const position: Position = [row.unit, standing, row.due_day, row.tip, row.clock, row.round];
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeCursor(cursor: string): Position {
  const bad = () => new AppError('field_invalid', { field: 'after' });
  if (cursor.length > 200) throw bad();
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw bad();
  }
  if (!isPosition(value)) throw bad();
  return value;
}

function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value) || value.length !== 6) return false;
  const types = ['string', 'number', 'string', 'number', 'string', 'number'];
  return value.every(
    (part: unknown, index) =>
      typeof part === types[index] && (typeof part === 'string' || Number.isSafeInteger(part)),
  );
}

function toDrillRow(row: StoredDrillRow): DrillRow {
  return {
    tip: toHex<TipId>(row.id),
    unit: row.unit,
    registerNumber: row.register_number,
    stage: row.stage,
    outcome: row.outcome,
    handedOver: row.handed_over,
    clock: row.clock,
    due: row.due,
    stopped: row.stopped,
    untold: row.untold === 1,
    merged: (JSON.parse(row.merged) as [TipId, string | null][]).map(([tip, number]) => ({
      tip,
      registerNumber: number,
    })),
  };
}
