import type { Hash, Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { MembersStore, PendingStatement } from '../../../ports/store/members-store.ts';
import { fromHex, plain, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';

interface StoredPending {
  readonly hash: Uint8Array;
  readonly kind: PendingStatement['kind'];
  readonly unit: UnitId;
  readonly about: string;
  readonly record: Uint8Array;
  readonly extra: string;
  readonly by: Uint8Array;
  readonly at: Seconds;
}

interface Extra {
  readonly wraps: readonly (readonly [StaffId, string])[];
  readonly shares: readonly (readonly [string, string])[];
}

const COLUMNS = 'hash, kind, unit, about, record, extra, by, at';

/** Statements that wait for a second signature, and the one transaction that carries out completed ones. */
export function createMembersStore(db: Db, events: EventLog): MembersStore {
  const dropOther = db.prepare<[string, string, string]>(
    'DELETE FROM pending_statement WHERE unit = ? AND kind = ? AND about = ?',
  );
  const insert = db.prepare<unknown[]>(
    `INSERT INTO pending_statement (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const one = db.prepare<[Uint8Array], StoredPending>(
    `SELECT ${COLUMNS} FROM pending_statement WHERE hash = ?`,
  );
  const ofUnits = db.prepare<[string], StoredPending>(
    `SELECT ${COLUMNS} FROM pending_statement WHERE unit IN (SELECT value FROM json_each(?)) ORDER BY seq`,
  );
  const drop = db.prepare<[Uint8Array]>('DELETE FROM pending_statement WHERE hash = ?');
  const known = db.prepare<[Uint8Array], { seq: number }>('SELECT seq FROM statement WHERE hash = ?');
  const insertStatement = db.prepare<unknown[]>(
    `INSERT INTO statement (hash, kind, unit, version, valid_from, valid_until, person, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const putWrap = db.prepare<unknown[]>(
    `INSERT INTO epoch_wrap (unit, epoch, member, wrap) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET wrap = excluded.wrap`,
  );
  const putShare = db.prepare<unknown[]>(
    `INSERT INTO recovery_share (unit, epoch, holder, share) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET share = excluded.share`,
  );
  const setStatus = db.prepare<[string, Uint8Array]>('UPDATE staff SET status = ? WHERE id = ?');
  const endSessions = db.prepare<[Uint8Array]>('DELETE FROM session WHERE staff = ?');
  const dropWraps = db.prepare<[Uint8Array]>('DELETE FROM epoch_wrap WHERE member = ?');
  const endFocalPoints = db.prepare<[number, Uint8Array]>(
    'UPDATE focal_point SET valid_until = max(valid_from, ?) WHERE staff = ? AND valid_until IS NULL',
  );

  return {
    async propose(event, pending) {
      return events.transaction(() => {
        events.append(event);
        dropOther.run(pending.unit, pending.kind, pending.about);
        insert.run(
          fromHex(pending.hash),
          pending.kind,
          pending.unit,
          pending.about,
          pending.record,
          encodeExtra(pending),
          fromHex(pending.by),
          pending.at,
        );
        return 'kept' as const;
      });
    },
    async pending(hash) {
      const row = one.get(fromHex(hash));
      return row === undefined ? null : toPending(row);
    },
    async pendingOf(units) {
      return ofUnits.all(JSON.stringify([...new Set(units)])).map(toPending);
    },
    async withdraw(event, hash) {
      return events.transaction(() => {
        if (drop.run(fromHex(hash)).changes === 0) return 'unknown' as const;
        events.append(event);
        return 'withdrawn' as const;
      });
    },
    async accept(rows, change, at) {
      return events.transaction(() => {
        if (change.statements.some(({ hash }) => known.get(fromHex(hash)) !== undefined))
          return 'known' as const;
        for (const event of rows) events.append(event);
        for (const row of change.statements) {
          const person = row.person === '' ? null : fromHex(row.person);
          const { kind, unit, version, from, until, record } = row;
          insertStatement.run(fromHex(row.hash), kind, unit, version, from, until, person, record);
          drop.run(fromHex(row.hash));
        }
        for (const { unit, epoch, member, wrap } of change.wraps)
          putWrap.run(unit, epoch, fromHex(member), wrap);
        for (const { unit, epoch, holder, share } of change.shares) putShare.run(unit, epoch, holder, share);
        if (change.activates !== null) setStatus.run('active', fromHex(change.activates));
        if (change.removes !== null) {
          const id = fromHex(change.removes);
          setStatus.run('removed', id);
          endSessions.run(id);
          dropWraps.run(id);
          endFocalPoints.run(at, id);
        }
        return 'accepted' as const;
      });
    },
  };
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

function encodeExtra({ wraps, shares }: PendingStatement): string {
  const extra: Extra = {
    wraps: wraps.map(({ member, wrap }) => [member, base64(wrap)]),
    shares: shares.map(({ holder, share }) => [holder, base64(share)]),
  };
  return JSON.stringify(extra);
}

function toPending(row: StoredPending): PendingStatement {
  const extra = JSON.parse(row.extra) as Extra;
  return {
    hash: toHex<Hash>(row.hash),
    kind: row.kind,
    unit: row.unit,
    about: row.about,
    record: plain(row.record),
    wraps: extra.wraps.map(([member, wrap]) => ({ member, wrap: plain(Buffer.from(wrap, 'base64')) })),
    shares: extra.shares.map(([holder, share]) => ({ holder, share: plain(Buffer.from(share, 'base64')) })),
    by: toHex<StaffId>(row.by),
    at: row.at,
  };
}
