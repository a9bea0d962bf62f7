import { sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { RetentionStore, Shredding } from '../../../ports/store/retention-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { TipChanges } from './change.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { type EventLog, tipSubject } from './events.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

type ShredStore = Pick<RetentionStore, 'shred' | 'clearLog'>;

const EMPTY = new Uint8Array(0);
/** What stands for the key of a mailbox that can be written to no more. */
const NO_KEY = new Uint8Array(1);

/** Empties tips: one transaction, after which no statement of SQL finds a word, a salt or a key of them. */
export function createShredding(db: Db, events: EventLog, changes: TipChanges): ShredStore {
  const before = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip')
      .select(['seq', 'unit', 'stage', 'outcome', 'transfer_to as transferTo'])
      .where('id', '=', p('tip'))
      .where(sql<boolean>`not exists (select 1 from shredded as x where x.tip = tip.seq)`),
  );
  const note = prepared(db, (p: Names<{ tip: number; no: number; upTo: number; rule: string }>) =>
    query.insertInto('shredded').values({ tip: p('tip'), no: p('no'), up_to: p('upTo'), rule: p('rule') }),
  );
  const emptyEvents = prepared(db, (p: Names<{ tip: number; upTo: number; empty: Uint8Array }>) =>
    query
      .updateTable('event')
      .set({ record: p('empty'), citizen_part: p('empty'), restricted_part: p('empty') })
      .where('chain', '=', p('tip'))
      .where('no', '<=', p('upTo')),
  );
  const deleteOpenings = prepared(db, (p: Names<{ tip: number; upTo: number }>) =>
    query
      .deleteFrom('event_opening')
      .where('event', 'in', (eb) =>
        eb.selectFrom('event').select('seq').where('chain', '=', p('tip')).where('no', '<=', p('upTo')),
      ),
  );
  const deleteWraps = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .deleteFrom('envelope_wraps')
      .where('envelope', 'in', (eb) => eb.selectFrom('envelope').select('seq').where('tip', '=', p('tip'))),
  );
  const emptyEnvelopes = prepared(db, (p: Names<{ tip: number; empty: Uint8Array }>) =>
    query
      .updateTable('envelope')
      .set({ core: p('empty'), seal: p('empty'), body: p('empty'), manifest: lit(null) })
      .where('tip', '=', p('tip')),
  );
  const emptyDecisions = prepared(db, (p: Names<{ tip: number; data: string }>) =>
    query
      .updateTable('decision')
      .set({ data: p('data') })
      .where('tip', '=', p('tip')),
  );
  const closeMailbox = prepared(db, (p: Names<{ tip: number; key: Uint8Array }>) =>
    query
      .updateTable('mailbox')
      .set({ mailbox_key: p('key') })
      .where('tip', '=', p('tip')),
  );
  /** Gives up the pictures of the tip's copies: a picture stays its copy's until the row here is gone. */
  const pictures = prepared(db, (p: Names<{ tip: number }>) =>
    query.selectFrom('copy_picture').select('upload').where('tip', '=', p('tip')),
  );
  const dropPicture = prepared(db, (p: Names<{ upload: number }>) =>
    query
      .updateTable('upload')
      .set({ state: lit('dropping'), root: lit(null), part_hashes: lit(null) })
      .where('seq', '=', p('upload')),
  );
  const dropFiles = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .updateTable('upload')
      .set({ state: lit('dropping'), root: lit(null), part_hashes: lit(null), tip: lit(null), no: lit(null) })
      .where('tip', '=', p('tip')),
  );
  /** Rows that hold nothing but a tip's words, keys and people, in an order that foreign keys allow. */
  const deletions = (
    [
      'former_wraps',
      'acceptance',
      'citizen_acceptance',
      'author_key',
      'thread',
      'alarm',
      'tip_taken',
      'copy_picture',
      'working_copy',
    ] as const
  ).map((table) =>
    prepared(db, (p: Names<{ tip: number }>) => query.deleteFrom(table).where('tip', '=', p('tip'))),
  );

  const carryOut = ({ tip, event, change, upTo, rule }: Shredding): 'shredded' | 'not_concluded' => {
    if (event.subject !== tipSubject(tip)) throw new TypeError('the event must be of the tip');
    const row = before.get({ tip: fromHex(tip) });
    if (row?.stage !== 'archived' || row.outcome === null || row.transferTo !== null) return 'not_concluded';
    const seq = row.seq;
    events.appendToTip(seq, event);
    changes.apply(row, change, event);
    note.run({ tip: seq, no: event.no, upTo, rule });
    emptyEvents.run({ tip: seq, upTo, empty: EMPTY });
    deleteOpenings.run({ tip: seq, upTo });
    deleteWraps.run({ tip: seq });
    emptyEnvelopes.run({ tip: seq, empty: EMPTY });
    emptyDecisions.run({ tip: seq, data: '{}' });
    closeMailbox.run({ tip: seq, key: NO_KEY });
    const ofCopies = pictures.all({ tip: seq });
    for (const deletion of deletions) deletion.run({ tip: seq });
    for (const { upload } of ofCopies) dropPicture.run({ upload });
    dropFiles.run({ tip: seq });
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
