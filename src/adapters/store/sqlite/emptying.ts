import { lit, type Names, query } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';

const EMPTY = new Uint8Array(0);
/** What stands for the key of a mailbox that can be written to no more. */
const NO_KEY = new Uint8Array(1);

export interface Emptied {
  /** Key of the tip's row. */
  readonly tip: number;
  /** Number of the event that lets it be emptied, and of the last one that is. */
  readonly no: number;
  readonly upTo: number;
  readonly rule: string;
}

/**
 * What emptying a tip is, inside the caller's transaction: afterwards no statement of SQL finds a word, a salt or a key of it. Its clocks,
 * custody, register and movements stay: they are what the figures count.
 */
export function createEmptying(db: Db): (emptied: Emptied) => void {
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

  return ({ tip, no, upTo, rule }) => {
    note.run({ tip, no, upTo, rule });
    emptyEvents.run({ tip, upTo, empty: EMPTY });
    deleteOpenings.run({ tip, upTo });
    deleteWraps.run({ tip });
    emptyEnvelopes.run({ tip, empty: EMPTY });
    emptyDecisions.run({ tip, data: '{}' });
    closeMailbox.run({ tip, key: NO_KEY });
    const ofCopies = pictures.all({ tip });
    for (const deletion of deletions) deletion.run({ tip });
    for (const { upload } of ofCopies) dropPicture.run({ upload });
    dropFiles.run({ tip });
  };
}
