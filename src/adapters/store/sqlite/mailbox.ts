import type { Day, TipId } from '../../../domain/ids.ts';
import type { MailboxStore } from '../../../ports/store/mailbox-store.ts';
import { type Names, query } from '../sql/builder.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { createEnvelopes } from './envelopes.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

const LOCATOR = /^[0-9a-f]{32}$/;

/** What the holder of a code may read. */
export function createMailboxStore(db: Db, events: EventLog): MailboxStore {
  const envelopes = createEnvelopes(db);
  const keys = prepared(db, (p: Names<{ locator: Uint8Array }>) =>
    query
      .selectFrom('mailbox as m')
      .innerJoin('tip as t', 't.seq', 'm.tip')
      .select(['t.id', 'm.login_key', 'm.mailbox_key'])
      .where('m.locator', '=', p('locator')),
  );
  const view = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip')
      .select(['seq', 'unit', 't0', 'stage', 'overlay', 'outcome', 'assurance', 'transfer_to'])
      .where('id', '=', p('tip')),
  );
  const days = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('event')
      .select(['no', 'day'])
      .where('chain', '=', p('tip'))
      .where('day', 'is not', null)
      .$narrowType<{ day: Day }>(),
  );
  return {
    async keys(locator) {
      const row = LOCATOR.test(locator) ? keys.get({ locator: fromHex(locator) }) : undefined;
      if (row === undefined) return null;
      return {
        tip: toHex<TipId>(row.id),
        loginKey: plain(row.login_key),
        mailboxKey: plain(row.mailbox_key),
      };
    },
    async view(tip) {
      return snapshot(db, () => {
        const row = view.get({ tip: fromHex(tip) });
        if (row === undefined) return null;
        const { seq, transfer_to, ...shown } = row;
        const steps = events.ofTip(seq);
        const last = steps.at(-1);
        if (last === undefined) return null;
        const dated = new Map(days.all({ tip: seq }).map(({ no, day }) => [no, day]));
        return {
          tip,
          ...shown,
          readers: transfer_to === null ? [row.unit] : [row.unit, transfer_to],
          head: { no: last.no, leaf: last.leaf },
          steps: steps.map(({ no, type, citizenPart, citizenSalt, leaf }) => {
            const day = dated.get(no);
            return { no, type, citizenPart, citizenSalt, leaf, ...(day === undefined ? {} : { day }) };
          }),
          messages: envelopes.messages(seq),
        };
      });
    },
  };
}
