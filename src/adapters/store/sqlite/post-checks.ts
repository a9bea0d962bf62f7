import { sql } from 'kysely';
import type { Day, StaffId, UnitId } from '../../../domain/ids.ts';
import type { TipChange, TipState } from '../../../domain/life-cycle-types.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

type Asked = Extract<NonNullable<TipChange['postCheck']>, { kind: 'set' }>;
type Result = Extract<NonNullable<TipChange['postCheck']>, { kind: 'done' }>['result'];

export interface PostChecks {
  /** Sets the tip's next follow-up, or ends the open one, by the event of that number. */
  apply(tip: number, unit: UnitId, change: NonNullable<TipChange['postCheck']>, eventNo: number): void;
  /** The people of the tip's open follow-up. */
  open(tip: number): TipState['postCheck'];
}

/** Follow-ups after a sanction or a cleared hot spot; one open a tip. */
export function createPostChecks(db: Db): PostChecks {
  const insert = prepared(
    db,
    (
      p: Names<
        { tip: number; unit: UnitId; day: Day; about: Asked['about']; no: number } & {
          focal: Uint8Array;
          deputy: Uint8Array;
        }
      >,
    ) =>
      query.insertInto('post_check').values({
        tip: p('tip'),
        round: query
          .selectFrom('post_check')
          .select(sql<number>`count(*) + 1`.as('round'))
          .where('tip', '=', p('tip'))
          .having(sql<boolean>`count(*) = count(done_no)`),
        unit: p('unit'),
        day: p('day'),
        kind: p('about'),
        focal: p('focal'),
        deputy: p('deputy'),
        set_no: p('no'),
      }),
  );
  const finish = prepared(db, (p: Names<{ tip: number; no: number; result: Result }>) =>
    query
      .updateTable('post_check')
      .set({ done_no: p('no'), result: p('result') })
      .where('tip', '=', p('tip'))
      .where('done_no', 'is', lit(null)),
  );
  const select = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('post_check')
      .select(['focal', 'deputy'])
      .where('tip', '=', p('tip'))
      .where('done_no', 'is', lit(null)),
  );
  return {
    apply(tip, unit, change, no) {
      if (change.kind === 'done') {
        if (finish.run({ tip, no, result: change.result }).changes !== 1)
          throw new ChangeRefused('no follow-up is open');
        return;
      }
      if (this.open(tip) !== null) throw new ChangeRefused('a follow-up is open already');
      const { day, about, focal, deputy } = change;
      insert.run({ tip, unit, day, about, no, focal: fromHex(focal), deputy: fromHex(deputy) });
    },
    open(tip) {
      const row = select.get({ tip });
      return row === undefined
        ? null
        : { focal: toHex<StaffId>(row.focal), deputy: toHex<StaffId>(row.deputy) };
    },
  };
}
