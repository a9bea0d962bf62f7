import type { Selectable } from 'kysely';
import type { Day, Seconds, StaffId } from '../../../domain/ids.ts';
import type { Contact, PostStore } from '../../../ports/store/post-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, toHex } from './codec.ts';
import { type Db, immediate } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

type Stored = Pick<Selectable<Schema['staff_contact']>, 'staff' | 'email' | 'lang' | 'confirmed'>;
type Own = { staff: Uint8Array };

/** Wrong codes after which the right one counts no more. */
const TRIES = 5;

/** Where letters to members of staff go, and which hours were served. */
export function createPostStore(db: Db, events: EventLog): PostStore {
  const columns = ['staff', 'email', 'lang', 'confirmed'] as const;
  const select = prepared(db, (p: Names<Own>) =>
    query.selectFrom('staff_contact').select(columns).where('staff', '=', p('staff')),
  );
  const drop = createContactDrop(db);
  const insert = prepared(
    db,
    (p: Names<Own & { email: string; lang: Contact['lang']; code: Uint8Array; ends: Seconds }>) =>
      query.insertInto('staff_contact').values({
        staff: p('staff'),
        email: p('email'),
        lang: p('lang'),
        code_hash: p('code'),
        code_ends: p('ends'),
      }),
  );
  const confirm = prepared(db, (p: Names<Own & { code: Uint8Array; now: Seconds }>) =>
    query
      .updateTable('staff_contact')
      .set({ confirmed: lit(1), code_hash: lit(null), code_ends: lit(null), tries: lit(0) })
      .where('staff', '=', p('staff'))
      .where('code_hash', '=', p('code'))
      .where('code_ends', '>', p('now')),
  );
  const count = prepared(db, (p: Names<Own>) =>
    query
      .updateTable('staff_contact')
      .set((eb) => ({ tries: eb('tries', '+', lit(1)) }))
      .where('staff', '=', p('staff'))
      .where('code_hash', 'is not', lit(null)),
  );
  const forget = prepared(db, (p: Names<Own>) =>
    query
      .deleteFrom('staff_contact')
      .where('staff', '=', p('staff'))
      .where('confirmed', '=', lit(0))
      .where('tries', '>=', lit(TRIES)),
  );
  const take = prepared(db, (p: Names<{ day: Day; slot: number }>) =>
    query
      .insertInto('digest_slot')
      .values({ day: p('day'), slot: p('slot') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const serve = prepared(db, (p: Names<{ day: Day; slot: number; sent: number; failed: number }>) =>
    query
      .updateTable('digest_slot')
      .set({ sent: p('sent'), failed: p('failed') })
      .where('day', '=', p('day'))
      .where('slot', '=', p('slot')),
  );
  const confirmed = prepared(db, (p: Names<{ after: Uint8Array; most: number }>) =>
    query
      .selectFrom('staff_contact as c')
      .innerJoin('staff as s', 's.id', 'c.staff')
      .select(['c.staff', 'c.email', 'c.lang', 'c.confirmed'])
      .where('c.confirmed', '=', lit(1))
      .where('s.status', '=', lit('active'))
      .where('c.staff', '>', p('after'))
      .orderBy('c.staff')
      .limit(p('most')),
  );
  return {
    async contact(staff) {
      const row = select.get({ staff: fromHex(staff) });
      return row === undefined ? null : toContact(row);
    },
    async setContact(event, { staff, email, lang }, codeHash, ends) {
      const id = fromHex(staff);
      return events.transaction(() => {
        events.append(event);
        drop(staff);
        insert.run({ staff: id, email, lang, code: fromHex(codeHash), ends });
        return 'saved' as const;
      });
    },
    async confirm(event, staff, codeHash, now) {
      const id = fromHex(staff);
      return events.transaction(() => {
        if (confirm.run({ staff: id, code: fromHex(codeHash), now }).changes === 1) {
          events.append(event);
          return true;
        }
        count.run({ staff: id });
        forget.run({ staff: id });
        return false;
      });
    },
    async dropContact(event, staff) {
      return events.transaction(() => {
        if (!drop(staff)) return 'unknown' as const;
        events.append(event);
        return 'dropped' as const;
      });
    },
    async takeSlot(day, slot) {
      return immediate(db, () => take.run({ day, slot }).changes === 1);
    },
    async served(day, slot, sent, failed) {
      serve.run({ day, slot, sent, failed });
    },
    async receivers(after, limit) {
      const from = after === null ? new Uint8Array(0) : fromHex(after);
      return confirmed.all({ after: from, most: limit }).map(toContact);
    },
  };
}

/** Forgets where a person's letters go, inside the caller's transaction; true when there was an address. Nobody who left is kept. */
export function createContactDrop(db: Db): (staff: StaffId) => boolean {
  const drop = prepared(db, (p: Names<Own>) =>
    query.deleteFrom('staff_contact').where('staff', '=', p('staff')),
  );
  return (staff) => drop.run({ staff: fromHex(staff) }).changes === 1;
}

const toContact = ({ staff, email, lang, confirmed }: Stored): Contact => ({
  staff: toHex<StaffId>(staff),
  email,
  lang,
  confirmed: confirmed === 1,
});
