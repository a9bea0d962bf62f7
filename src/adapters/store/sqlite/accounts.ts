import type { Insertable, Selectable } from 'kysely';
import type { Hash, Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type {
  AccountsStore,
  Credential,
  StaffRow,
  ThrottleState,
} from '../../../ports/store/accounts-store.ts';
import { type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, plain, plainOrNull, toHex } from './codec.ts';
import { type Db, immediate } from './connection.ts';
import type { EventLog } from './events.ts';
import { createContactDrop } from './post.ts';
import { prepared } from './prepared.ts';
import { createSessionEnds, createSessions } from './sessions.ts';
import { createApprovals, createStaffDecisions } from './staff-decisions.ts';

type StoredStaff = Selectable<Schema['staff']>;
type StaffColumns = Omit<Required<Insertable<Schema['staff']>>, 'seq' | 'totp_step'>;

/** Forgotten throttles: rows whose delay ended this long before a new one begins. */
const THROTTLE_KEPT = 7 * 86_400;

/** Staff, focal points and login throttles; sessions and two-person account acts have files of their own. */
export function createAccountsStore(db: Db, events: EventLog): AccountsStore {
  const staff = query.selectFrom('staff').selectAll();
  const byAccount = prepared(db, (p: Names<{ account: string }>) =>
    staff.where('account', '=', p('account')),
  );
  const byId = prepared(db, (p: Names<{ id: Uint8Array }>) => staff.where('id', '=', p('id')));
  const byInvite = prepared(db, (p: Names<{ hash: Uint8Array }>) =>
    staff.where('invite_hash', '=', p('hash')),
  );
  const ofUnit = prepared(db, (p: Names<{ unit: UnitId }>) =>
    staff.where('unit', '=', p('unit')).orderBy('account'),
  );
  const page = prepared(db, (p: Names<{ after: string; limit: number }>) =>
    staff.where('account', '>', p('after')).orderBy('account').limit(p('limit')),
  );
  const holder = prepared(db, (p: Names<{ account: string; id: Uint8Array }>) =>
    query.selectFrom('staff').select('seq').where('account', '=', p('account')).where('id', '<>', p('id')),
  );
  const save = prepared(db, (p: Names<StaffColumns>) => {
    const changeable = {
      account: p('account'),
      display_name: p('display_name'),
      unit: p('unit'),
      roles: p('roles'),
      status: p('status'),
      sign_key: p('sign_key'),
      kem_key: p('kem_key'),
      invite_hash: p('invite_hash'),
      invite_expires: p('invite_expires'),
      salt: p('salt'),
      memory_kib: p('memory_kib'),
      passes: p('passes'),
      login_key: p('login_key'),
      wrapped_secrets: p('wrapped_secrets'),
      totp_sealed: p('totp_sealed'),
    };
    return query
      .insertInto('staff')
      .values({ id: p('id'), ...changeable })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changeable));
  });
  const spendStep = prepared(db, (p: Names<{ id: Uint8Array; step: number }>) =>
    query
      .updateTable('staff')
      .set({ totp_step: p('step') })
      .where('id', '=', p('id'))
      .where('totp_step', '<', p('step')),
  );
  const readThrottle = prepared(db, (p: Names<{ account: string }>) =>
    query
      .selectFrom('throttle')
      .select(['failures', 'not_before as notBefore'])
      .where('account', '=', p('account')),
  );
  const writeThrottle = prepared(db, (p: Names<{ account: string } & ThrottleState>) =>
    query
      .insertInto('throttle')
      .values({ account: p('account'), failures: p('failures'), not_before: p('notBefore') })
      .onConflict((conflict) =>
        conflict.column('account').doUpdateSet({ failures: p('failures'), not_before: p('notBefore') }),
      ),
  );
  const dropThrottle = prepared(db, (p: Names<{ account: string }>) =>
    query.deleteFrom('throttle').where('account', '=', p('account')),
  );
  const dropOldThrottles = prepared(db, (p: Names<{ before: Seconds }>) =>
    query.deleteFrom('throttle').where('not_before', '<', p('before')),
  );
  const focalPoints = prepared(db, (p: Names<{ unit: UnitId; now: Seconds }>) =>
    query
      .selectFrom('focal_point')
      .select(['unit', 'stage', 'rank', 'staff', 'valid_from as from', 'valid_until as until'])
      .where('unit', '=', p('unit'))
      .where('valid_from', '<=', p('now'))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('now'))]))
      .orderBy('stage')
      .orderBy('rank'),
  );
  const approvals = createApprovals(db);
  const endSessions = createSessionEnds(db);
  const dropContact = createContactDrop(db);
  const administers = (row: StaffRow | null): boolean =>
    row?.status === 'active' && row.roles.includes('administrator');
  /** True for another person than the one who goes, who is an administrator at this moment. */
  const stays = (goes: StaffId, other: StaffId | undefined): boolean =>
    other !== undefined && other !== goes && administers(toStaffRow(byId.get({ id: fromHex(other) })));

  return {
    ...createSessions(db, events),
    ...createStaffDecisions(db, events),
    async byAccount(account) {
      return toStaffRow(byAccount.get({ account }));
    },
    async byId(id) {
      return toStaffRow(byId.get({ id: fromHex(id) }));
    },
    async byInvite(tokenHash) {
      return toStaffRow(byInvite.get({ hash: fromHex(tokenHash) }));
    },
    async ofUnit(unit) {
      return ofUnit.all({ unit }).map(toStaff);
    },
    async page(after, limit) {
      return page.all({ after: after ?? '', limit }).map(toStaff);
    },
    async saveStaff(event, row, effects = {}) {
      return events.transaction(() => {
        if (holder.get({ account: row.account, id: fromHex(row.id) }) !== undefined) return 'taken' as const;
        const problem = approvals.problem(row, effects);
        if (problem !== null) return problem;
        const id = fromHex(row.id);
        const goes = administers(toStaffRow(byId.get({ id }))) && !administers(row);
        if (goes && !stays(row.id, effects.remains)) return 'last_administrator' as const;
        events.append(event);
        save.run(toColumns(row));
        if (row.status === 'removed') dropContact(row.id);
        approvals.apply(row, effects);
        if (effects.endSessions !== undefined) endSessions(row.id, effects.endSessions.except);
        return 'saved' as const;
      });
    },
    async spendOneTimeCode(staff, step) {
      return spendStep.run({ id: fromHex(staff), step }).changes === 1;
    },
    async throttle(account) {
      return readThrottle.get({ account }) ?? { failures: 0, notBefore: 0 as Seconds };
    },
    async setThrottle(account, { failures, notBefore }) {
      immediate(db, () => {
        if (failures === 0) {
          dropThrottle.run({ account });
          return;
        }
        dropOldThrottles.run({ before: (notBefore - THROTTLE_KEPT) as Seconds });
        writeThrottle.run({ account, failures, notBefore });
      });
    },
    async focalPoints(unit, now) {
      return focalPoints.all({ unit, now }).map((row) => ({ ...row, staff: toHex<StaffId>(row.staff) }));
    },
  };
}

function toColumns(row: StaffRow): StaffColumns {
  const { credential } = row;
  return {
    id: fromHex(row.id),
    account: row.account,
    display_name: row.displayName,
    unit: row.unit,
    roles: JSON.stringify(row.roles),
    status: row.status,
    sign_key: row.signKey,
    kem_key: row.kemKey,
    invite_hash: row.invite === null ? null : fromHex(row.invite.tokenHash),
    invite_expires: row.invite?.expires ?? null,
    salt: credential?.salt ?? null,
    memory_kib: credential?.memoryKiB ?? null,
    passes: credential?.passes ?? null,
    login_key: credential?.loginKey ?? null,
    wrapped_secrets: credential?.wrappedSecrets ?? null,
    totp_sealed: credential?.totpSealed ?? null,
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
    credential: toCredential(row),
    signKey: plainOrNull(row.sign_key),
    kemKey: plainOrNull(row.kem_key),
    invite:
      row.invite_hash === null || row.invite_expires === null
        ? null
        : { tokenHash: toHex<Hash>(row.invite_hash), expires: row.invite_expires },
  };
}

/** All of a credential's columns are set or none is (CHECK of the table). */
function toCredential(row: StoredStaff): Credential | null {
  const { salt, memory_kib, passes, login_key, wrapped_secrets, totp_sealed } = row;
  if (salt === null || memory_kib === null || passes === null) return null;
  if (login_key === null || wrapped_secrets === null || totp_sealed === null) return null;
  return {
    salt: plain(salt),
    memoryKiB: memory_kib,
    passes,
    loginKey: plain(login_key),
    wrappedSecrets: plain(wrapped_secrets),
    totpSealed: plain(totp_sealed),
  };
}
