import type { Day, StaffId, UnitId } from '../../../domain/ids.ts';
import type { HotlineStore } from '../../../ports/store/hotline-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, isTaken } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

type Boxes = Pick<HotlineStore, 'proposeOpening' | 'confirmOpening' | 'letterEntered' | 'openings'>;

const ID = /^[0-9a-f]{32}$/;
/** Openings of a unit that a page lists, newest first. */
const LISTED = 100;

/** Tip boxes that two people emptied: how many letters there were and how many were entered, never which tips they became. */
export function createBoxes(db: Db, events: EventLog): Boxes {
  const insert = prepared(
    db,
    (
      p: Names<{
        id: Uint8Array;
        unit: UnitId;
        box: string;
        day: Day;
        letters: number;
        openedBy: Uint8Array;
        statement: Uint8Array;
      }>,
    ) =>
      query.insertInto('box_opening').values({
        id: p('id'),
        unit: p('unit'),
        box: p('box'),
        day: p('day'),
        letters: p('letters'),
        opened_by: p('openedBy'),
        statement: p('statement'),
      }),
  );
  const confirm = prepared(db, (p: Names<{ id: Uint8Array; statement: Uint8Array }>) =>
    query
      .updateTable('box_opening')
      .set({ statement: p('statement'), pending: lit(0) })
      .where('id', '=', p('id'))
      .where('pending', '=', lit(1)),
  );
  const state = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query.selectFrom('box_opening').select(['letters', 'entered', 'pending']).where('id', '=', p('id')),
  );
  const enter = prepared(db, (p: Names<{ id: Uint8Array; entered: number }>) =>
    query
      .updateTable('box_opening')
      .set({ entered: p('entered') })
      .where('id', '=', p('id')),
  );
  const ofUnit = prepared(db, (p: Names<{ unit: UnitId }>) =>
    query
      .selectFrom('box_opening')
      .select(['id', 'unit', 'box', 'day', 'letters', 'entered', 'opened_by', 'statement', 'pending'])
      .where('unit', '=', p('unit'))
      .orderBy('seq', 'desc')
      .limit(lit(LISTED)),
  );
  return {
    async proposeOpening(event, opening) {
      try {
        return events.transaction(() => {
          insert.run({
            id: fromHex(opening.id),
            unit: opening.unit,
            box: opening.box,
            day: opening.day as Day,
            letters: opening.count,
            openedBy: fromHex(opening.openedBy),
            statement: opening.statement,
          });
          events.append(event);
          return 'proposed' as const;
        });
      } catch (error) {
        if (isTaken(error)) return 'exists';
        throw error;
      }
    },
    async confirmOpening(event, id, statement) {
      if (!ID.test(id)) return 'unknown';
      return events.transaction(() => {
        if (confirm.run({ id: fromHex(id), statement }).changes === 0) return 'unknown';
        events.append(event);
        return 'confirmed' as const;
      });
    },
    async letterEntered(event, id) {
      if (!ID.test(id)) return 'unknown';
      return events.transaction(() => {
        const row = state.get({ id: fromHex(id) });
        if (row === undefined || row.pending === 1) return 'unknown';
        if (row.entered >= row.letters) return 'over';
        enter.run({ id: fromHex(id), entered: row.entered + 1 });
        events.append(event);
        return 'entered' as const;
      });
    },
    async openings(unit) {
      return ofUnit.all({ unit }).map((row) => ({
        id: toHex(row.id),
        unit: row.unit,
        box: row.box,
        day: row.day,
        count: row.letters,
        entered: row.entered,
        statement: plain(row.statement),
        pending: row.pending === 1,
        openedBy: toHex<StaffId>(row.opened_by),
      }));
    },
  };
}
