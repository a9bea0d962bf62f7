import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Seconds, StaffId } from '../../domain/ids.ts';
import { mayBeClosed, needsNoStatement } from '../../domain/roles.ts';
import { changeStaff, recorded } from '../../http/kit/server-event.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { keyFingerprint } from '../../protocol/member.ts';

/** What an account waits for that only an administrator other than its opener can give. */
export interface Awaited {
  readonly by: StaffId;
  readonly at: Seconds;
  /** True when the one who asks opened the account, and so cannot approve it. */
  readonly mine: boolean;
  /** Digits that the joined person read on their own screen; null before they joined. */
  readonly fingerprint: string | null;
}

const fingerprintOf = (deps: Deps, { signKey, kemKey }: StaffRow): string | null =>
  signKey === null || kemKey === null ? null : keyFingerprint(deps.crypto, signKey, kemKey);

async function awaited(deps: Deps, viewer: StaffRow, staff: StaffRow): Promise<Awaited | null> {
  if (staff.status !== 'invited' || !needsNoStatement(rolesOf(staff))) return null;
  const open = await deps.store.accounts.approvalAwaited(staff.id);
  return open === null
    ? null
    : { ...open, mine: open.by === viewer.id, fingerprint: fingerprintOf(deps, staff) };
}

/** An account as the administrator sees it: no key, no secret. */
export const accountView = async (deps: Deps, viewer: StaffRow, staff: StaffRow) => ({
  staff: staff.id,
  account: staff.account,
  displayName: staff.displayName,
  unit: staff.unit,
  roles: rolesOf(staff),
  status: staff.status,
  joined: staff.signKey !== null,
  inviteExpires: staff.invite?.expires ?? null,
  awaits: await awaited(deps, viewer, staff),
});

/**
 * Second person: lets an auditor or administrator in who has joined, after comparing the digits with them by voice. Errors:
 * `member_unknown`, `same_person` (they opened the account themselves), `stale` (the keys are not those that were compared), `not_found`
 * (nothing waits).
 */
export async function approveAccount(
  deps: Deps,
  administrator: StaffRow,
  id: StaffId,
  fingerprint: string,
): Promise<void> {
  const act = staffEvent(id, 'account_approved', { by: administrator.id });
  const change = (row: StaffRow): StaffRow => {
    if (row.status !== 'invited' || !needsNoStatement(rolesOf(row))) throw new AppError('not_found');
    if (fingerprintOf(deps, row) !== fingerprint) throw new AppError('stale');
    return { ...row, status: 'active' };
  };
  await changeStaff(deps, id, act, change, { approvedBy: administrator.id });
}

/**
 * Closes the account of an auditor, operator or administrator; their sessions end at once. Errors: `member_unknown`, `same_person` (nobody
 * closes their own), `forbidden` (whoever reads tips is removed by two leaders), `last_administrator`.
 */
export async function closeAccount(deps: Deps, administrator: StaffRow, id: StaffId): Promise<void> {
  if (administrator.id === id) throw new AppError('same_person');
  const act = staffEvent(id, 'account_closed', { by: administrator.id });
  const change = (row: StaffRow): StaffRow => {
    if (row.status === 'removed') throw new AppError('member_unknown', { field: 'staff' });
    if (!mayBeClosed(rolesOf(row))) throw new AppError('forbidden', { field: 'staff' });
    return { ...row, status: 'removed', invite: null };
  };
  const closed = await changeStaff(deps, id, act, change, {
    endSessions: { except: null },
    remains: administrator.id,
  });
  deps.live.publish(closed.unit, { kind: 'unit_changed' });
}

/** Ends all sessions of somebody, with an event; gives how many there were. Error `member_unknown`. */
export async function endSessions(deps: Deps, administrator: StaffRow, id: StaffId): Promise<number> {
  if ((await deps.store.accounts.byId(id)) === null) throw new AppError('member_unknown', { field: 'staff' });
  const act = staffEvent(id, 'sessions_ended', { by: administrator.id });
  return recorded(deps, act, (event) => deps.store.accounts.endSessionsOf(event, id, null));
}
