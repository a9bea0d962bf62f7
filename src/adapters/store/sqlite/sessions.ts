import type { Selectable } from 'kysely';
import type { Hash, Seconds, StaffId } from '../../../domain/ids.ts';
import type { AccountsStore, SessionRow } from '../../../ports/store/accounts-store.ts';
import { type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

type Sessions = Pick<
  AccountsStore,
  | 'openSession'
  | 'session'
  | 'touchSession'
  | 'endSession'
  | 'endSessionsOf'
  | 'dropSession'
  | 'sessionsOf'
  | 'forgetExpiredSessions'
>;

type Stored = Selectable<Schema['session']>;
/** A session with its ids as the database keeps them. */
type Row = Omit<SessionRow, 'tokenHash' | 'staff'> & {
  readonly tokenHash: Uint8Array;
  readonly staff: Uint8Array;
};

/** Sessions by the hash of their token. Opening and ending one is an event; only running out by itself is none. */
export function createSessions(db: Db, events: EventLog): Sessions {
  const insert = prepared(db, (p: Names<Row>) =>
    query.insertInto('session').values({
      token_hash: p('tokenHash'),
      staff: p('staff'),
      created: p('created'),
      last_seen: p('lastSeen'),
      expires: p('expires'),
    }),
  );
  const select = prepared(db, (p: Names<{ tokenHash: Uint8Array }>) =>
    query.selectFrom('session').selectAll().where('token_hash', '=', p('tokenHash')),
  );
  const ofStaff = prepared(db, (p: Names<{ staff: Uint8Array }>) =>
    query.selectFrom('session').selectAll().where('staff', '=', p('staff')).orderBy('created'),
  );
  const touch = prepared(db, (p: Names<{ tokenHash: Uint8Array; lastSeen: Seconds }>) =>
    query
      .updateTable('session')
      .set({ last_seen: p('lastSeen') })
      .where('token_hash', '=', p('tokenHash'))
      .where('last_seen', '<', p('lastSeen')),
  );
  const end = prepared(db, (p: Names<{ tokenHash: Uint8Array }>) =>
    query.deleteFrom('session').where('token_hash', '=', p('tokenHash')),
  );
  const endOthers = createSessionEnds(db);
  const forget = prepared(db, (p: Names<{ now: Seconds }>) =>
    query.deleteFrom('session').where('expires', '<=', p('now')),
  );

  return {
    async openSession(session, event) {
      return events.transaction(() => {
        events.append(event);
        insert.run({ ...session, tokenHash: fromHex(session.tokenHash), staff: fromHex(session.staff) });
        return 'opened' as const;
      });
    },
    async session(tokenHash) {
      const row = select.get({ tokenHash: fromHex(tokenHash) });
      return row === undefined ? null : toSession(row);
    },
    async touchSession(tokenHash, lastSeen) {
      touch.run({ tokenHash: fromHex(tokenHash), lastSeen });
    },
    async endSession(event, tokenHash) {
      return events.transaction(() => {
        if (end.run({ tokenHash: fromHex(tokenHash) }).changes === 0) return 'unknown' as const;
        events.append(event);
        return 'ended' as const;
      });
    },
    async endSessionsOf(event, staff, except) {
      return events.transaction(() => {
        events.append(event);
        return endOthers(staff, except);
      });
    },
    async dropSession(tokenHash) {
      end.run({ tokenHash: fromHex(tokenHash) });
    },
    async sessionsOf(staff) {
      return ofStaff.all({ staff: fromHex(staff) }).map(toSession);
    },
    async forgetExpiredSessions(now) {
      return forget.run({ now }).changes;
    },
  };
}

/** Ends a person's sessions, all or all but one, inside the caller's transaction; gives how many there were. */
export function createSessionEnds(db: Db): (staff: StaffId, except: Hash | null) => number {
  const end = prepared(db, (p: Names<{ staff: Uint8Array; kept: Uint8Array }>) =>
    query.deleteFrom('session').where('staff', '=', p('staff')).where('token_hash', '<>', p('kept')),
  );
  const none = new Uint8Array(0);
  return (staff, except) =>
    end.run({ staff: fromHex(staff), kept: except === null ? none : fromHex(except) }).changes;
}

function toSession(row: Stored): SessionRow {
  return {
    tokenHash: toHex<Hash>(row.token_hash),
    staff: toHex<StaffId>(row.staff),
    created: row.created,
    lastSeen: row.last_seen,
    expires: row.expires,
  };
}
