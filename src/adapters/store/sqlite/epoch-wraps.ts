import type { StaffId, UnitId } from '../../../domain/ids.ts';
import type { HeldWrap } from '../../../ports/store/directory-store.ts';
import { type Names, query } from '../sql/builder.ts';
import { fromHex, plain } from './codec.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';

interface Place {
  readonly unit: UnitId;
  readonly epoch: number;
  readonly member: StaffId;
}

interface StoredPlace extends Omit<Place, 'member'> {
  readonly member: Uint8Array;
}

export interface EpochWraps {
  /** Whether a wrap is there, and whether its recipient has said that it does not open. */
  state(place: Place): 'none' | 'held' | 'reported';
  /** Writes the first wrap there. */
  add(row: Place & { readonly wrap: Uint8Array }): void;
  /** Writes a wrap where none is `held`, with the number of the unit's event that does it; one that was reported is kept aside. */
  put(row: Place & { readonly wrap: Uint8Array }, eventNo: number): void;
  /** Notes that a `held` wrap does not open. */
  report(place: Place, eventNo: number): void;
  ofMember(member: StaffId): readonly HeldWrap[];
  /** Deletes every wrap of a member, of one unit or of all, former ones too: whoever has left opens nothing any more. */
  drop(member: StaffId, unit: UnitId | null): void;
}

/** Epoch secrets wrapped to members. One that stands is never overwritten before its recipient says that it does not open. */
export function createEpochWraps(db: Db): EpochWraps {
  const at = (p: Names<StoredPlace>, table: 'epoch_wrap' | 'broken_epoch_wrap') =>
    query
      .selectFrom(table)
      .select(['unit', 'epoch', 'member'])
      .where('unit', '=', p('unit'))
      .where('epoch', '=', p('epoch'))
      .where('member', '=', p('member'));
  const held = prepared(db, (p: Names<StoredPlace>) => at(p, 'epoch_wrap'));
  const reported = prepared(db, (p: Names<StoredPlace>) => at(p, 'broken_epoch_wrap'));
  const insert = prepared(db, (p: Names<StoredPlace & { readonly wrap: Uint8Array }>) =>
    query
      .insertInto('epoch_wrap')
      .values({ unit: p('unit'), epoch: p('epoch'), member: p('member'), wrap: p('wrap') }),
  );
  const keep = prepared(db, (p: Names<StoredPlace & { readonly replaced: number }>) =>
    query
      .insertInto('former_epoch_wrap')
      .columns(['unit', 'epoch', 'member', 'wrap', 'reported_no', 'replaced_no'])
      .expression(
        query
          .selectFrom('epoch_wrap as w')
          .innerJoin('broken_epoch_wrap as b', (join) =>
            join
              .onRef('b.unit', '=', 'w.unit')
              .onRef('b.epoch', '=', 'w.epoch')
              .onRef('b.member', '=', 'w.member'),
          )
          .select(['w.unit', 'w.epoch', 'w.member', 'w.wrap', 'b.reported_no'])
          .select(p('replaced').as('replaced_no'))
          .where('w.unit', '=', p('unit'))
          .where('w.epoch', '=', p('epoch'))
          .where('w.member', '=', p('member')),
      ),
  );
  // The report goes with it, by its foreign key.
  const remove = prepared(db, (p: Names<StoredPlace>) =>
    query
      .deleteFrom('epoch_wrap')
      .where('unit', '=', p('unit'))
      .where('epoch', '=', p('epoch'))
      .where('member', '=', p('member')),
  );
  const note = prepared(db, (p: Names<StoredPlace & { readonly no: number }>) =>
    query
      .insertInto('broken_epoch_wrap')
      .values({ unit: p('unit'), epoch: p('epoch'), member: p('member'), reported_no: p('no') }),
  );
  const ofMember = prepared(db, (p: Names<{ member: Uint8Array }>) =>
    query
      .selectFrom('epoch_wrap as w')
      .leftJoin('broken_epoch_wrap as b', (join) =>
        join
          .onRef('b.unit', '=', 'w.unit')
          .onRef('b.epoch', '=', 'w.epoch')
          .onRef('b.member', '=', 'w.member'),
      )
      .select(['w.unit', 'w.epoch', 'w.wrap', 'b.reported_no'])
      .where('w.member', '=', p('member'))
      .orderBy('w.unit')
      .orderBy('w.epoch'),
  );
  const dropped = (table: 'epoch_wrap' | 'former_epoch_wrap') => ({
    all: prepared(db, (p: Names<{ member: Uint8Array }>) =>
      query.deleteFrom(table).where('member', '=', p('member')),
    ),
    ofUnit: prepared(db, (p: Names<{ unit: UnitId; member: Uint8Array }>) =>
      query.deleteFrom(table).where('unit', '=', p('unit')).where('member', '=', p('member')),
    ),
  });
  const drops = [dropped('epoch_wrap'), dropped('former_epoch_wrap')];
  const stored = ({ unit, epoch, member }: Place): StoredPlace => ({ unit, epoch, member: fromHex(member) });
  const state: EpochWraps['state'] = (place) => {
    const key = stored(place);
    if (reported.get(key) !== undefined) return 'reported';
    return held.get(key) === undefined ? 'none' : 'held';
  };

  return {
    state,
    add: ({ wrap, ...place }) => {
      insert.run({ ...stored(place), wrap });
    },
    put({ wrap, ...place }, eventNo) {
      const key = stored(place);
      if (state(place) === 'reported') {
        keep.run({ ...key, replaced: eventNo });
        remove.run(key);
      }
      insert.run({ ...key, wrap });
    },
    report(place, eventNo) {
      note.run({ ...stored(place), no: eventNo });
    },
    ofMember: (member) =>
      ofMember.all({ member: fromHex(member) }).map(({ unit, epoch, wrap, reported_no }) => ({
        unit,
        epoch,
        wrap: plain(wrap),
        broken: reported_no !== null,
      })),
    drop(member, unit) {
      const id = fromHex(member);
      for (const { all, ofUnit } of drops)
        if (unit === null) all.run({ member: id });
        else ofUnit.run({ unit, member: id });
    },
  };
}
