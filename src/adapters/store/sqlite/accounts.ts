import type { Hash, Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { AccountsStore, FocalPointRow, StaffRow } from '../../../ports/store/accounts-store.ts';
import { fromHex, plain, plainOrNull, toHex } from './codec.ts';
import { type Db, immediate } from './connection.ts';
import type { EventLog } from './events.ts';
import { createSessions } from './sessions.ts';
import { createStaffDecisions } from './staff-decisions.ts';

interface StoredStaff {
  readonly id: Uint8Array;
  readonly account: string;
  readonly display_name: string;
  readonly unit: UnitId;
  readonly roles: string;
  readonly status: StaffRow['status'];
  readonly sign_key: Uint8Array | null;
  readonly kem_key: Uint8Array | null;
  readonly invite_hash: Uint8Array | null;
  readonly invite_expires: Seconds;
  readonly salt: Uint8Array | null;
  readonly memory_kib: number;
  readonly passes: number;
  readonly login_key: Uint8Array;
  readonly wrapped_secrets: Uint8Array;
  readonly totp_sealed: Uint8Array;
}

interface StoredFocalPoint {
  readonly unit: UnitId;
  readonly stage: string;
  readonly rank: FocalPointRow['rank'];
  readonly staff: Uint8Array;
  readonly valid_from: Seconds;
  readonly valid_until: Seconds | null;
}

/** Forgotten throttles: rows whose delay ended this long before a new one begins. */
const THROTTLE_KEPT = 7 * 86_400;

/** Staff, focal points and login throttles; sessions and two-person account acts have files of their own. */
export function createAccountsStore(db: Db, events: EventLog): AccountsStore {
  const byAccount = db.prepare<[string], StoredStaff>('SELECT * FROM staff WHERE account = ?');
  const byId = db.prepare<[Uint8Array], StoredStaff>('SELECT * FROM staff WHERE id = ?');
  const byInvite = db.prepare<[Uint8Array], StoredStaff>('SELECT * FROM staff WHERE invite_hash = ?');
  const ofUnit = db.prepare<[string], StoredStaff>('SELECT * FROM staff WHERE unit = ? ORDER BY account');
  const page = db.prepare<[string, number], StoredStaff>(
    'SELECT * FROM staff WHERE account > ? ORDER BY account LIMIT ?',
  );
  const holder = db.prepare<[string, Uint8Array], { seq: number }>(
    'SELECT seq FROM staff WHERE account = ? AND id <> ?',
  );
  const save = db.prepare<unknown[]>(
    `INSERT INTO staff (id, account, display_name, unit, roles, status, sign_key, kem_key, invite_hash, invite_expires,
                        salt, memory_kib, passes, login_key, wrapped_secrets, totp_sealed)
     VALUES (@id, @account, @displayName, @unit, @roles, @status, @signKey, @kemKey, @inviteHash, @inviteExpires,
             @salt, @memoryKiB, @passes, @loginKey, @wrappedSecrets, @totpSealed)
     ON CONFLICT (id) DO UPDATE SET account = @account, display_name = @displayName, unit = @unit, roles = @roles,
       status = @status, sign_key = @signKey, kem_key = @kemKey,
       invite_hash = @inviteHash, invite_expires = @inviteExpires, salt = @salt, memory_kib = @memoryKiB, passes = @passes,
       login_key = @loginKey, wrapped_secrets = @wrappedSecrets, totp_sealed = @totpSealed`,
  );
  const spendStep = db.prepare<[number, Uint8Array, number]>(
    'UPDATE staff SET totp_step = ? WHERE id = ? AND totp_step < ?',
  );
  const readThrottle = db.prepare<[string], { failures: number; notBefore: Seconds }>(
    'SELECT failures, not_before AS notBefore FROM throttle WHERE account = ?',
  );
  const writeThrottle = db.prepare<[string, number, number]>(
    `INSERT INTO throttle (account, failures, not_before) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET failures = excluded.failures, not_before = excluded.not_before`,
  );
  const dropThrottle = db.prepare<[string]>('DELETE FROM throttle WHERE account = ?');
  const dropOldThrottles = db.prepare<[number]>('DELETE FROM throttle WHERE not_before < ?');
  const focalPoints = db.prepare<unknown[], StoredFocalPoint>(
    `SELECT unit, stage, rank, staff, valid_from, valid_until FROM focal_point
      WHERE unit = @unit AND valid_from <= @now AND (valid_until IS NULL OR valid_until > @now) ORDER BY stage, rank`,
  );
  const endFocalPoint = db.prepare<unknown[]>(
    `UPDATE focal_point SET valid_until = max(valid_from, @from)
      WHERE unit = @unit AND stage = @stage AND rank = @rank AND valid_until IS NULL`,
  );
  const startFocalPoint = db.prepare<unknown[]>(
    `INSERT INTO focal_point (unit, stage, rank, staff, valid_from, valid_until)
     VALUES (@unit, @stage, @rank, @staff, @from, @until)`,
  );

  return {
    ...createSessions(db, events),
    ...createStaffDecisions(db, events),
    async byAccount(account) {
      return toStaffRow(byAccount.get(account));
    },
    async byId(id) {
      return toStaffRow(byId.get(fromHex(id)));
    },
    async byInvite(tokenHash) {
      return toStaffRow(byInvite.get(fromHex(tokenHash)));
    },
    async ofUnit(unit) {
      return ofUnit.all(unit).map(toStaff);
    },
    async page(after, limit) {
      return page.all(after ?? '', limit).map(toStaff);
    },
    async saveStaff(event, row) {
      return events.transaction(() => {
        if (holder.get(row.account, fromHex(row.id)) !== undefined) return 'taken' as const;
        events.append(event);
        save.run(toColumns(row));
        return 'saved' as const;
      });
    },
    async spendOneTimeCode(staff, step) {
      return spendStep.run(step, fromHex(staff), step).changes === 1;
    },
    async throttle(account) {
      return readThrottle.get(account) ?? { failures: 0, notBefore: 0 as Seconds };
    },
    async setThrottle(account, { failures, notBefore }) {
      immediate(db, () => {
        if (failures === 0) {
          dropThrottle.run(account);
          return;
        }
        dropOldThrottles.run(notBefore - THROTTLE_KEPT);
        writeThrottle.run(account, failures, notBefore);
      });
    },
    async focalPoints(unit, now) {
      return focalPoints.all({ unit, now }).map((row) => ({
        unit: row.unit,
        stage: row.stage,
        rank: row.rank,
        staff: toHex<StaffId>(row.staff),
        from: row.valid_from,
        until: row.valid_until,
      }));
    },
    async setFocalPoint(event, row) {
      return events.transaction(() => {
        events.append(event);
        endFocalPoint.run({ unit: row.unit, stage: row.stage, rank: row.rank, from: row.from });
        startFocalPoint.run({ ...row, staff: fromHex(row.staff) });
        return 'saved' as const;
      });
    },
  };
}

function toColumns(row: StaffRow): Record<string, unknown> {
  const { credential } = row;
  return {
    id: fromHex(row.id),
    account: row.account,
    displayName: row.displayName,
    unit: row.unit,
    roles: JSON.stringify(row.roles),
    status: row.status,
    signKey: row.signKey,
    kemKey: row.kemKey,
    inviteHash: row.invite === null ? null : fromHex(row.invite.tokenHash),
    inviteExpires: row.invite?.expires ?? null,
    salt: credential?.salt ?? null,
    memoryKiB: credential?.memoryKiB ?? null,
    passes: credential?.passes ?? null,
    loginKey: credential?.loginKey ?? null,
    wrappedSecrets: credential?.wrappedSecrets ?? null,
    totpSealed: credential?.totpSealed ?? null,
  };
}

const toStaffRow = (row: StoredStaff | undefined): StaffRow | null =>
  row === undefined ? null : toStaff(row);

function toStaff(row: StoredStaff): StaffRow {
  return {
    id: toHex<StaffId>(row.id),
    account: row.account,
    displayName: row.display_name,
    unit: row.unit,
    roles: JSON.parse(row.roles) as string[],
    status: row.status,
    credential:
      row.salt === null
        ? null
        : {
            salt: plain(row.salt),
            memoryKiB: row.memory_kib,
            passes: row.passes,
            loginKey: plain(row.login_key),
            wrappedSecrets: plain(row.wrapped_secrets),
            totpSealed: plain(row.totp_sealed),
          },
    signKey: plainOrNull(row.sign_key),
    kemKey: plainOrNull(row.kem_key),
    invite:
      row.invite_hash === null
        ? null
        : { tokenHash: toHex<Hash>(row.invite_hash), expires: row.invite_expires },
  };
}
