import { isAccountName } from '../../domain/credential.ts';
import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import { needsNoStatement, rolesProblem } from '../../domain/roles.ts';
import { type Role, UNIT_KINDS } from '../../domain/terms.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffEffects, StaffRow } from '../../ports/store/accounts-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import { changeStaff, recorded } from './server-event.ts';

/** An invitation may be redeemed for so many seconds: three days. */
export const INVITE_SECONDS = 3 * 86_400;

/** Who is invited, to what. */
export interface Invited {
  readonly account: string;
  readonly displayName: string;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
}

/** The one time that the token is shown; the store keeps its SHA-256. */
export interface Invitation {
  readonly staff: StaffId;
  /** 32 bytes, base64url. */
  readonly token: string;
  readonly expires: Seconds;
}

/**
 * Opens an account for a person who will join with the token. Errors: `field_invalid` (account name, or roles that the unit's kind does not
 * give or that must stand alone), `unit_unknown`, `account_taken`. An account behind which no MEMBER statement will stand waits for the
 * approval of somebody other than the one who invites.
 */
export async function inviteStaff(deps: Deps, by: StaffId, person: Invited): Promise<Invitation> {
  const { account, displayName, unit, roles } = person;
  if (!isAccountName(account)) throw new AppError('field_invalid', { field: 'account' });
  const row = await deps.store.directory.unit(unit);
  const kind = UNIT_KINDS.find((known) => known === row?.kind);
  if (kind === undefined) throw new AppError('unit_unknown', { field: 'unit' });
  if (rolesProblem(roles, kind) !== null) throw new AppError('field_invalid', { field: 'roles' });
  const id = toHex(deps.random.bytes(16)) as StaffId;
  const { token, invite } = newToken(deps);
  const staff: StaffRow = {
    id,
    account,
    displayName,
    unit,
    roles,
    status: 'invited',
    credential: null,
    signKey: null,
    kemKey: null,
    invite,
  };
  const act = staffEvent(id, 'member_invited', { by, account, unit, roles });
  const effects = approvalFor(deps, by, roles);
  const result = await recorded(deps, act, (event) => deps.store.accounts.saveStaff(event, staff, effects));
  if (result === 'taken') throw new AppError('account_taken', { field: 'account' });
  return { staff: id, token: toBase64Url(token), expires: invite.expires };
}

/**
 * Invites a person anew: whose token was lost, whose keys did not compare, who forgot the passphrase (once their membership is
 * revoked) or who comes back. Whatever they had made before is dropped. Errors: `member_unknown`, `step_not_allowed` for an active member.
 */
export async function inviteAgain(deps: Deps, by: StaffId, id: StaffId): Promise<Invitation> {
  const { token, invite } = newToken(deps);
  const known = await deps.store.accounts.byId(id);
  const change = (row: StaffRow): StaffRow => {
    if (row.status === 'active') throw new AppError('step_not_allowed', { field: 'staff' });
    return { ...row, status: 'invited', credential: null, signKey: null, kemKey: null, invite };
  };
  const effects = approvalFor(deps, by, (known?.roles ?? []) as readonly Role[]);
  const act = staffEvent(id, 'member_invited', { by, again: true });
  await changeStaff(deps, id, act, change, effects);
  return { staff: id, token: toBase64Url(token), expires: invite.expires };
}

/** Whoever invites somebody without a MEMBER statement has the token, so another person has to say that the account is right. */
const approvalFor = (deps: Deps, by: StaffId, roles: readonly Role[]): StaffEffects =>
  needsNoStatement(roles) ? { awaitsApproval: { by, at: deps.clock.now() } } : {};

function newToken(deps: Deps): {
  readonly token: Uint8Array;
  readonly invite: NonNullable<StaffRow['invite']>;
} {
  const token = deps.random.bytes(32);
  const tokenHash = toHex(deps.crypto.sha256(token)) as Hash;
  return { token, invite: { tokenHash, expires: (deps.clock.now() + INVITE_SECONDS) as Seconds } };
}
