import type { CitizenCommit } from '../../../ports/store/thread-store.ts';
import { type Names, query } from '../sql/builder.ts';
import { fromHex } from './codec.ts';
import { type Db, isTaken } from './connection.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

export interface MailboxChanges {
  /** Puts the new code's keys in the place of the old one's. False when the new locator is another mailbox's: the caller takes all back. */
  apply(tip: number, eventNo: number, change: NonNullable<CitizenCommit['mailbox']>): boolean;
}

/**
 * A changed code. The old locator opens nothing from then on, and of the wraps that the old code opens none is left: neither the present
 * blocks of the unit's messages nor former ones.
 */
export function createMailboxChange(db: Db): MailboxChanges {
  const insertKey = prepared(
    db,
    (p: Names<{ tip: number; no: number; key: Uint8Array; facts: Uint8Array }>) =>
      query
        .insertInto('author_key')
        .values({ tip: p('tip'), no: p('no'), author_key: p('key'), facts: p('facts') }),
  );
  const replace = prepared(
    db,
    (p: Names<{ tip: number; locator: Uint8Array; loginKey: Uint8Array; mailboxKey: Uint8Array }>) =>
      query
        .updateTable('mailbox')
        .set({ locator: p('locator'), login_key: p('loginKey'), mailbox_key: p('mailboxKey') })
        .where('tip', '=', p('tip')),
  );
  const updateWraps = prepared(db, (p: Names<{ tip: number; no: number; wraps: Uint8Array }>) =>
    query
      .updateTable('envelope_wraps')
      .set({ wraps: p('wraps') })
      .where(
        'envelope',
        '=',
        query.selectFrom('envelope').select('seq').where('tip', '=', p('tip')).where('no', '=', p('no')),
      ),
  );
  const dropFormer = prepared(db, (p: Names<{ tip: number; no: number }>) =>
    query.deleteFrom('former_wraps').where('tip', '=', p('tip')).where('no', '=', p('no')),
  );
  return {
    apply(tip, eventNo, { registration, authorKey, facts, wraps }) {
      insertKey.run({ tip, no: eventNo, key: authorKey, facts });
      try {
        replace.run({ ...registration, tip, locator: fromHex(registration.locator) });
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
      for (const block of wraps) {
        if (updateWraps.run({ tip, no: block.no, wraps: block.wraps }).changes === 0)
          throw new ChangeRefused('no such envelope');
        dropFormer.run({ tip, no: block.no });
      }
      return true;
    },
  };
}
