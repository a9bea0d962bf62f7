import type { TipId } from '../../../domain/ids.ts';
import { mayMergeInto } from '../../../domain/merging.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

export interface Merges {
  /** Notes into which tip a duplicate is merged. Throws ChangeRefused when that one is unknown, the same, or not counted any more. */
  add(merged: { readonly seq: number; readonly tip: TipId }, into: TipId, eventNo: number): void;
  /** Throws ChangeRefused for a tip in which others live on: were it counted no more, they would be counted nowhere. */
  mustHoldNone(tip: number): void;
}

/** Confirmed duplicates and the tips that they live on in. */
export function createMerges(db: Db): Merges {
  const target = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query.selectFrom('tip').select(['seq', 'outcome', 'legal_kind as legalKind']).where('id', '=', p('tip')),
  );
  const insert = prepared(db, (p: Names<{ tip: number; into: number; no: number }>) =>
    query.insertInto('tip_merged').values({ tip: p('tip'), into_tip: p('into'), event_no: p('no') }),
  );
  const held = prepared(db, (p: Names<{ tip: number }>) =>
    query.selectFrom('tip_merged').select('tip').where('into_tip', '=', p('tip')).limit(lit(1)),
  );
  return {
    add({ seq, tip }, into, eventNo) {
      const row = target.get({ tip: fromHex(into) });
      if (row === undefined || !mayMergeInto(tip, { tip: into, ...row }))
        throw new ChangeRefused('the tip to be merged into takes none');
      insert.run({ tip: seq, into: row.seq, no: eventNo });
    },
    mustHoldNone(tip) {
      if (held.get({ tip }) !== undefined) throw new ChangeRefused('another tip lives on in this one');
    },
  };
}
