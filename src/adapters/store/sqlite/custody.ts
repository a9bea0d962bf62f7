import { sql } from 'kysely';
import type { Seconds, UnitId } from '../../../domain/ids.ts';
import type { TipChange } from '../../../domain/life-cycle-types.ts';
import type { TipDetail } from '../../../ports/store/triage-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { TipBefore } from './change.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

type Status = TipDetail['custody'][number]['status'];

/** The unit that holds the tip after the change, and the one it is offered to. */
interface Held {
  readonly unit: UnitId;
  readonly transferTo: UnitId | null;
}

export interface Custody {
  begin(tip: number, unit: UnitId, from: Seconds): void;
  /** Offer, accept or return; without any of them custody stays as it is. */
  apply(tip: TipBefore, change: TipChange['custody'], at: Seconds): Held;
}

/** Rows of custody: one held, at most one offered, ended and returned ones kept. */
export function createCustody(db: Db): Custody {
  const insert = prepared(db, (p: Names<{ tip: number; unit: UnitId; status: Status; at: Seconds }>) =>
    query.insertInto('custody').values({
      tip: p('tip'),
      no: query.selectFrom('custody').select(sql<number>`count(*) + 1`.as('no')).where('tip', '=', p('tip')),
      unit: p('unit'),
      status: p('status'),
      held_from: p('at'),
    }),
  );
  const end = prepared(db, (p: Names<{ tip: number; was: Status; becomes: Status; at: Seconds }>) =>
    query
      .updateTable('custody')
      .set({ status: p('becomes'), held_until: sql<Seconds>`max(held_from, ${p('at')})` })
      .where('tip', '=', p('tip'))
      .where('status', '=', p('was')),
  );
  const take = prepared(db, (p: Names<{ tip: number; unit: UnitId; at: Seconds }>) =>
    query
      .updateTable('custody')
      .set({ status: lit('held'), held_from: p('at') })
      .where('tip', '=', p('tip'))
      .where('status', '=', lit('offered'))
      .where('unit', '=', p('unit')),
  );
  const drop = prepared(db, (p: Names<{ tip: number; at: Seconds }>) =>
    query
      .updateTable('custody')
      .set({ status: lit('returned'), held_until: sql<Seconds>`max(held_from, ${p('at')})` })
      .where('tip', '=', p('tip'))
      .where('status', '=', lit('offered')),
  );
  const rewrite = prepared(db, (p: Names<{ tip: number; unit: UnitId }>) =>
    query
      .updateTable('custody')
      .set({ unit: p('unit') })
      .where('tip', '=', p('tip'))
      .where('status', '=', lit('held')),
  );
  const must = (changes: number, what: string) => {
    if (changes !== 1) throw new ChangeRefused(what);
  };

  return {
    begin(tip, unit, at) {
      insert.run({ tip, unit, status: 'held', at });
    },
    apply(tip, change, at) {
      const { seq } = tip;
      if (change === undefined) return { unit: tip.unit, transferTo: tip.transferTo };
      switch (change.kind) {
        case 'offer':
          if (tip.transferTo !== null) throw new ChangeRefused('a transfer is on its way already');
          insert.run({ tip: seq, unit: change.to, status: 'offered', at });
          return { unit: tip.unit, transferTo: change.to };
        case 'accept':
          must(end.run({ tip: seq, was: 'held', becomes: 'ended', at }).changes, 'nobody holds the tip');
          must(take.run({ tip: seq, unit: change.unit, at }).changes, 'the tip was not offered to this unit');
          return { unit: change.unit, transferTo: null };
        case 'return':
          must(
            end.run({ tip: seq, was: 'offered', becomes: 'returned', at }).changes,
            'no transfer is on its way',
          );
          return { unit: tip.unit, transferTo: null };
        case 'divert':
          drop.run({ tip: seq, at });
          if (change.unseen) {
            must(rewrite.run({ tip: seq, unit: change.to }).changes, 'nobody holds the tip');
            return { unit: change.to, transferTo: null };
          }
          must(end.run({ tip: seq, was: 'held', becomes: 'ended', at }).changes, 'nobody holds the tip');
          insert.run({ tip: seq, unit: change.to, status: 'held', at });
          return { unit: change.to, transferTo: null };
      }
    },
  };
}
