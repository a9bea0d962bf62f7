import { sql } from 'kysely';
import type { Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import { REGISTER_STEPS, type RegisterEvent } from '../../../domain/register.ts';
import type { RegisterStore } from '../../../ports/store/register-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { NO_DUE } from './change.ts';
import { toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

type Range = { unit: UnitId; year: number; after: number; limit: number };
/** Above every number that a book can have. */
const BEYOND = Number.MAX_SAFE_INTEGER;

/** Pages of registers: one range of the book, then the steps of its tips in one statement. */
export function createRegisterStore(db: Db, events: EventLog): RegisterStore {
  const ofBook = (p: Names<Range>) =>
    query
      .selectFrom('register as r')
      .innerJoin('tip as t', 't.seq', 'r.tip')
      .select([
        ...(['r.number', 'r.event_no', 't.seq', 't.id', 't.unit', 't.t0', 't.channel'] as const),
        ...(['t.assurance', 't.conduct_group', 't.conduct', 't.legal_kind', 't.priority'] as const),
        ...(['t.outcome', 't.stage', 't.overlay', 't.due'] as const),
      ])
      .where('r.unit', '=', p('unit'))
      .where('r.year', '=', p('year'))
      .limit(p('limit'));
  const up = prepared(db, (p: Names<Range>) =>
    ofBook(p).where('r.number', '>', p('after')).orderBy('r.number', 'asc'),
  );
  const down = prepared(db, (p: Names<Range>) =>
    ofBook(p).where('r.number', '<', p('after')).orderBy('r.number', 'desc'),
  );
  const steps = prepared<
    { tips: string },
    { tip: number; no: number; type: string; at: Seconds | null; part: Uint8Array }
  >(
    db,
    (p) =>
      // The list leads: each of its tips is one range of the chain's index.
      sql`select e.chain as tip, e.no, e.type, e.at, e.restricted_part as part
        from json_each(${p('tips')}) u cross join event e on e.chain = u.value
        where e.type in (${sql.join(REGISTER_STEPS.map((step) => lit(step)))}) order by e.chain, e.no`,
  );
  const years = prepared(db, (p: Names<{ unit: UnitId }>) =>
    query
      .selectFrom('register')
      .select('year')
      .distinct()
      .where('unit', '=', p('unit'))
      .orderBy('year', 'desc'),
  );
  return {
    async lines({ unit, year, order, after, limit }) {
      return snapshot(db, () => {
        const found =
          order === 'up'
            ? up.all({ unit, year, after: after ?? 0, limit })
            : down.all({ unit, year, after: after ?? BEYOND, limit });
        const taken = new Map<number, RegisterEvent[]>(found.map((row) => [row.seq, []]));
        for (const { tip, no, type, at, part } of steps.all({ tips: JSON.stringify([...taken.keys()]) }))
          taken.get(tip)?.push({ no, type, at, restricted: parsed(part) });
        return found.map((row) => ({
          number: row.number,
          eventNo: row.event_no,
          tip: toHex<TipId>(row.id),
          unit: row.unit,
          t0: row.t0,
          channel: row.channel,
          assurance: row.assurance,
          conductGroup: row.conduct_group,
          conduct: row.conduct,
          legalKind: row.legal_kind,
          priority: row.priority,
          outcome: row.outcome,
          stage: row.stage,
          overlay: row.overlay,
          due: row.due === NO_DUE ? null : (row.due as Seconds),
          events: taken.get(row.seq) ?? [],
        }));
      });
    },
    async years(unit) {
      return years.all({ unit }).map(({ year }) => year);
    },
    async printed(event) {
      return events.transaction(() => {
        events.append(event);
        return 'recorded' as const;
      });
    },
  };
}

/** A part as JSON; null where nothing is left of it. */
const parsed = (part: Uint8Array): unknown =>
  part.length === 0 ? null : JSON.parse(new TextDecoder().decode(part));
