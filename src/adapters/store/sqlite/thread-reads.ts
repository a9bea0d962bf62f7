import { sql } from 'kysely';
import type { Day, UnitId } from '../../../domain/ids.ts';
import type { AuthorKey, ThreadStore } from '../../../ports/store/thread-store.ts';
import { COUNT_CEILING } from '../../../ports/store/triage-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, plain } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { type EventLog, tipSeqQuery } from './events.ts';
import { prepared } from './prepared.ts';
import { listedTips, toQueueRow } from './queue.ts';

type ThreadReads = Omit<ThreadStore, 'receive' | 'answerFor'>;

/** Author keys, limits and the unit's marks of what it has not seen. */
export function createThreadReads(db: Db, events: EventLog): ThreadReads {
  const seqOf = prepared(db, tipSeqQuery);
  const first = prepared(db, (p: Names<{ tip: number }>) =>
    query.selectFrom('tip').select('author_key').where('seq', '=', p('tip')),
  );
  const later = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('author_key')
      .select(['no', 'author_key', 'facts'])
      .where('tip', '=', p('tip'))
      .orderBy('no'),
  );
  const sent = prepared(db, (p: Names<{ tip: number; day: Day }>) =>
    query
      .selectFrom('citizen_acceptance')
      .select((eb) => [
        eb.fn.countAll<number>().as('total'),
        sql<number>`ifnull(sum(day = ${p('day')}), 0)`.as('today'),
      ])
      .where('tip', '=', p('tip'))
      .where('day', 'is not', null),
  );
  const marks = prepared(db, (p: Names<{ tip: number }>) =>
    query.selectFrom('thread').select(['arrived', 'seen']).where('tip', '=', p('tip')),
  );
  const held = prepared(db, (p: Names<{ id: Uint8Array; unit: UnitId }>) =>
    query
      .selectFrom('thread as h')
      .innerJoin('tip as t', 't.seq', 'h.tip')
      .select(['h.tip', 'h.arrived'])
      .where('t.id', '=', p('id'))
      .where('h.unit', '=', p('unit')),
  );
  const mark = prepared(db, (p: Names<{ tip: number; no: number }>) =>
    query
      .updateTable('thread')
      .set({ seen: sql<number>`max(seen, min(arrived, ${p('no')}))` })
      .where('tip', '=', p('tip')),
  );
  const waiting = prepared(db, (p: Names<{ unit: UnitId }>) =>
    listedTips
      .innerJoin('thread as h', 'h.tip', 't.seq')
      .where('h.unit', '=', p('unit'))
      .whereRef('h.arrived', '>', 'h.seen')
      .orderBy('h.tip', 'desc')
      .limit(lit(200)),
  );
  const count = prepared(db, (p: Names<{ unit: UnitId }>) =>
    query
      .selectFrom(
        query
          .selectFrom('thread')
          .select(lit(1).as('one'))
          .where('unit', '=', p('unit'))
          .whereRef('arrived', '>', 'seen')
          .limit(lit(COUNT_CEILING))
          .as('u'),
      )
      .select((eb) => eb.fn.countAll<number>().as('n')),
  );

  const seq = (tip: string): number | undefined => seqOf.get({ id: fromHex(tip) })?.seq;

  return {
    async authors(tip) {
      return snapshot(db, () => {
        const found = seq(tip);
        const submitted = found === undefined ? undefined : first.get({ tip: found });
        if (found === undefined || submitted === undefined) return [];
        const keys: AuthorKey[] = [{ from: 1, key: plain(submitted.author_key), facts: null }];
        for (const { no, author_key, facts } of later.all({ tip: found }))
          keys.push({ from: no, key: plain(author_key), facts: plain(facts) });
        return keys;
      });
    },
    async sent(tip, day) {
      const found = seq(tip);
      return (
        (found === undefined ? undefined : sent.get({ tip: found, day: day as Day })) ?? {
          today: 0,
          total: 0,
        }
      );
    },
    async seen(event, unit, tip, no) {
      return events.transaction(() => {
        const thread = held.get({ id: fromHex(tip), unit });
        if (thread === undefined) return 'unknown';
        events.append(event);
        mark.run({ tip: thread.tip, no });
        return 'seen';
      });
    },
    async unread(unit) {
      return waiting.all({ unit }).map(toQueueRow);
    },
    async unreadCount(unit) {
      return count.get({ unit })?.n ?? 0;
    },
    async marks(tip) {
      const found = seq(tip);
      return (found === undefined ? undefined : marks.get({ tip: found })) ?? { arrived: 0, seen: 0 };
    },
  };
}
