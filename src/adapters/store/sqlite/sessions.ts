import type { Hash, Seconds, StaffId } from '../../../domain/ids.ts';
import type { AccountsStore, SessionRow } from '../../../ports/store/accounts-store.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';

type Sessions = Pick<
  AccountsStore,
  | 'openSession'
  | 'session'
  | 'touchSession'
  | 'endSession'
  | 'endSessionsOf'
  | 'sessionsOf'
  | 'forgetExpiredSessions'
>;

interface StoredSession {
  readonly token_hash: Uint8Array;
  readonly staff: Uint8Array;
  readonly created: Seconds;
  readonly last_seen: Seconds;
  readonly expires: Seconds;
}

/** Sessions by the hash of their token; opening one is an event, and ending one needs none. */
export function createSessions(db: Db, events: EventLog): Sessions {
  const insert = db.prepare<unknown[]>(
    'INSERT INTO session (token_hash, staff, created, last_seen, expires) VALUES (?, ?, ?, ?, ?)',
  );
  const select = db.prepare<[Uint8Array], StoredSession>('SELECT * FROM session WHERE token_hash = ?');
  const ofStaff = db.prepare<[Uint8Array], StoredSession>(
    'SELECT * FROM session WHERE staff = ? ORDER BY created',
  );
  const touch = db.prepare<[number, Uint8Array, number]>(
    'UPDATE session SET last_seen = ? WHERE token_hash = ? AND last_seen < ?',
  );
  const end = db.prepare<[Uint8Array]>('DELETE FROM session WHERE token_hash = ?');
  const endOthers = db.prepare<[Uint8Array, Uint8Array]>(
    'DELETE FROM session WHERE staff = ? AND token_hash <> ?',
  );
  const forget = db.prepare<[number]>('DELETE FROM session WHERE expires <= ?');
  const noToken = new Uint8Array(0);

  return {
    async openSession(session, event) {
      return events.transaction(() => {
        events.append(event);
        const { tokenHash, staff, created, lastSeen, expires } = session;
        insert.run(fromHex(tokenHash), fromHex(staff), created, lastSeen, expires);
        return 'opened' as const;
      });
    },
    async session(tokenHash) {
      const row = select.get(fromHex(tokenHash));
      return row === undefined ? null : toSession(row);
    },
    async touchSession(tokenHash, lastSeen) {
      touch.run(lastSeen, fromHex(tokenHash), lastSeen);
    },
    async endSession(tokenHash) {
      end.run(fromHex(tokenHash));
    },
    async endSessionsOf(staff, except) {
      return endOthers.run(fromHex(staff), except === null ? noToken : fromHex(except)).changes;
    },
    async sessionsOf(staff) {
      return ofStaff.all(fromHex(staff)).map(toSession);
    },
    async forgetExpiredSessions(now) {
      return forget.run(now).changes;
    },
  };
}

function toSession(row: StoredSession): SessionRow {
  return {
    tokenHash: toHex<Hash>(row.token_hash),
    staff: toHex<StaffId>(row.staff),
    created: row.created,
    lastSeen: row.last_seen,
    expires: row.expires,
  };
}
