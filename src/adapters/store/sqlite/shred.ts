import { sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { RetentionStore, Shredding } from '../../../ports/store/retention-store.ts';
import { type Names, query } from '../sql/builder.ts';
import type { TipChanges } from './change.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createEmptying } from './emptying.ts';
import { type EventLog, tipSubject } from './events.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

type ShredStore = Pick<RetentionStore, 'shred' | 'clearLog'>;

/** Empties tips, each in one transaction with its event, and clears the write-ahead log behind it. */
export function createShredding(db: Db, events: EventLog, changes: TipChanges): ShredStore {
  const before = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip')
      .select(['seq', 'unit', 'stage', 'outcome', 'transfer_to as transferTo'])
      .where('id', '=', p('tip'))
      .where(sql<boolean>`not exists (select 1 from shredded as x where x.tip = tip.seq)`),
  );
  const empty = createEmptying(db);

  const carryOut = ({ tip, event, change, upTo, rule }: Shredding): 'shredded' | 'not_concluded' => {
    if (event.subject !== tipSubject(tip)) throw new TypeError('the event must be of the tip');
    const row = before.get({ tip: fromHex(tip) });
    if (row?.stage !== 'archived' || row.outcome === null || row.transferTo !== null) return 'not_concluded';
    events.appendToTip(row.seq, event);
    changes.apply(row, change, event);
    empty({ tip: row.seq, no: event.no, upTo, rule });
    return 'shredded';
  };

  // Whoever was killed between the commit and the clearing owes it still.
  let owed = true;
  const clear = (): boolean => {
    if (!owed) return true;
    const waits = Number(db.pragma('busy_timeout', { simple: true }));
    // Nobody waits for a reader here: whoever calls comes again.
    db.pragma('busy_timeout = 0');
    try {
      const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number; log: number }[];
      owed = !(result?.busy === 0 && result.log <= 0);
      return !owed;
    } finally {
      db.pragma(`busy_timeout = ${waits}`);
    }
  };

  return {
    async shred(shredding) {
      try {
        const result = events.transaction(() => carryOut(shredding));
        if (result !== 'shredded') return result;
        owed = true;
        return { cleared: clear() };
      } catch (error) {
        if (error instanceof ChangeRefused) throw new AppError('step_not_allowed', { cause: error });
        throw error;
      }
    },
    async clearLog() {
      return clear();
    },
  };
}
