import type { StaffId, TipId } from '../../../domain/ids.ts';
import type { HotlineStore } from '../../../ports/store/hotline-store.ts';
import { type Names, query } from '../sql/builder.ts';
import { createBoxes } from './boxes.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { type EventLog, tipSubject } from './events.ts';
import { prepared } from './prepared.ts';
import { createRecordings } from './recordings.ts';
import { createSwitchboards } from './switchboards.ts';

/** The other doors: who took a tip down, switchboards, recordings, tip boxes. */
export function createHotlineStore(db: Db, events: EventLog): HotlineStore {
  const taken = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip_taken as k')
      .innerJoin('tip as t', 't.seq', 'k.tip')
      .select(['t.seq', 'k.staff', 'k.unit'])
      .where('t.id', '=', p('tip')),
  );
  const moveOn = prepared(db, (p: Names<{ seq: number; version: number }>) =>
    query
      .updateTable('tip')
      .set({ version: p('version') })
      .where('seq', '=', p('seq')),
  );
  const takenOf = (tip: TipId) => taken.get({ tip: fromHex(tip) });
  return {
    ...createSwitchboards(db, events),
    ...createRecordings(db, events),
    ...createBoxes(db, events),
    async takenBy(tip) {
      const row = takenOf(tip);
      return row === undefined ? null : { staff: toHex<StaffId>(row.staff), unit: row.unit };
    },
    async codeNotGiven(event, tip, staff) {
      if (event.subject !== tipSubject(tip)) throw new TypeError('the event must be of the tip');
      return events.transaction(() => {
        const row = takenOf(tip);
        if (row === undefined || toHex(row.staff) !== staff) return 'unknown';
        events.appendToTip(row.seq, event);
        moveOn.run({ seq: row.seq, version: event.no });
        return 'marked' as const;
      });
    },
  };
}
