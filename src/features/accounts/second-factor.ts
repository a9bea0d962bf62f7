import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Hash, StaffId } from '../../domain/ids.ts';
import { holdsAny, LEADER_ROLES, mayAdminister } from '../../domain/roles.ts';
import { openOneTimeSecret, sealOneTimeSecret } from '../../http/kit/one-time-secret.ts';
import { changeStaff, recorded } from '../../http/kit/server-event.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import { findStaff, provenBy } from './login.ts';
import { newOneTimeSecret, oneTimeText, oneTimeUri } from './one-time-code.ts';
import type { SecondFactorFetch } from './schema.ts';
import { checkThrottle, clearFailures, countFailure } from './throttle.ts';

/** A secret as it is shown to its person, once. */
export interface ShownSecret {
  readonly uri: string;
  readonly secret: string;
}

/** Whether this person is the head or deputy of the colleague's unit or of the unit above it. Nobody helps themselves. */
async function leadsNear(deps: Deps, helper: StaffRow, staff: StaffRow): Promise<boolean> {
  if (helper.id === staff.id || helper.status !== 'active') return false;
  if (!holdsAny(rolesOf(helper), LEADER_ROLES)) return false;
  if (helper.unit === staff.unit) return true;
  return (await deps.store.directory.unit(staff.unit))?.parent === helper.unit;
}

/** Whether this person may be one of the two who help a colleague: a leader near them, or an administrator. */
async function mayHelp(deps: Deps, helper: StaffRow, staff: StaffRow): Promise<boolean> {
  if (helper.id === staff.id || helper.status !== 'active') return false;
  return mayAdminister(rolesOf(helper)) || leadsNear(deps, helper, staff);
}

/**
 * Whether two people may help together: two different ones, both entitled, at least one of whom leads the colleague's unit or the one above
 * it, and so knows the person. Only where nobody leads there but the colleague, two administrators do.
 */
async function mayHelpTogether(
  deps: Deps,
  pair: readonly [StaffRow, StaffRow],
  staff: StaffRow,
): Promise<boolean> {
  for (const helper of pair) if (!(await mayHelp(deps, helper, staff))) return false;
  for (const helper of pair) if (await leadsNear(deps, helper, staff)) return true;
  const parent = (await deps.store.directory.unit(staff.unit))?.parent ?? null;
  for (const unit of parent === null ? [staff.unit] : [staff.unit, parent])
    for (const colleague of await deps.store.accounts.ofUnit(unit))
      if (await leadsNear(deps, colleague, staff)) return false;
  return true;
}

/** The member to be helped. Errors: `member_unknown`, `forbidden`. */
async function helped(deps: Deps, helper: StaffRow, id: StaffId): Promise<StaffRow> {
  const staff = await deps.store.accounts.byId(id);
  if (staff?.status !== 'active' || staff.credential === null)
    throw new AppError('member_unknown', { field: 'staff' });
  if (!(await mayHelp(deps, helper, staff))) throw new AppError('forbidden');
  return staff;
}

/** First person: asks for a new one-time-code secret for a colleague. Errors: `member_unknown`, `forbidden`. */
export async function proposeSecondFactor(
  deps: Deps,
  helper: StaffRow,
  id: StaffId,
): Promise<{ readonly id: number }> {
  const staff = await helped(deps, helper, id);
  const act = staffEvent(staff.id, 'second_factor_proposed', { by: helper.id });
  return recorded(deps, act, (event) =>
    deps.store.accounts.openStaffDecision(event, {
      kind: 'replace_second_factor',
      staff: staff.id,
      by: helper.id,
      at: deps.clock.now(),
    }),
  );
}

/** Proposals that this person could approve or has made: of their unit, of the units below it, or all for the administrator. */
export async function openSecondFactors(deps: Deps, helper: StaffRow) {
  const all = await deps.store.directory.units(null);
  const administrator = mayAdminister(rolesOf(helper));
  const units = all.filter(
    (unit) => administrator || unit.code === helper.unit || unit.parent === helper.unit,
  );
  const found = [];
  for (const unit of units) {
    for (const decision of await deps.store.accounts.staffDecisions(unit.code)) {
      const staff = await deps.store.accounts.byId(decision.staff);
      if (staff === null || !(await mayHelp(deps, helper, staff))) continue;
      const { id, proposedBy, at } = decision;
      found.push({
        id,
        staff: staff.id,
        account: staff.account,
        displayName: staff.displayName,
        unit: staff.unit,
        proposedBy,
        at,
        mine: proposedBy === helper.id,
      });
    }
  }
  return found;
}

/**
 * Second person: approves. The old secret ends at once; the answer is a token that the colleague, with their passphrase, turns into
 * the new secret: neither helper ever sees it. Errors: `same_person`, `not_found`, `forbidden` (neither of the two leads near the colleague,
 * or the first may not help any more).
 */
export async function approveSecondFactor(
  deps: Deps,
  helper: StaffRow,
  decision: number,
): Promise<{ readonly token: string; readonly account: string }> {
  const open = (await openSecondFactors(deps, helper)).find((candidate) => candidate.id === decision);
  if (open === undefined) throw new AppError('not_found');
  if (open.mine) throw new AppError('same_person');
  const [staff, first] = [
    await deps.store.accounts.byId(open.staff),
    await deps.store.accounts.byId(open.proposedBy),
  ];
  if (staff === null || first === null || !(await mayHelpTogether(deps, [first, helper], staff)))
    throw new AppError('forbidden');
  const token = deps.random.bytes(32);
  const totpSealed = sealOneTimeSecret(deps.crypto, deps.secrets.atRest, open.staff, {
    secret: newOneTimeSecret(deps.random),
    fetchBy: hashOf(deps, token),
  });
  const restricted = { by: helper.id, proposedBy: open.proposedBy };
  const act = staffEvent(open.staff, 'second_factor_approved', restricted);
  const result = await recorded(deps, act, (event) =>
    deps.store.accounts.closeStaffDecision(event, decision, helper.id, totpSealed),
  );
  if (result === 'same_person') throw new AppError('same_person');
  if (result === 'unknown') throw new AppError('not_found');
  return { token: toBase64Url(token), account: open.account };
}

/**
 * The person themselves: passphrase and token give the new secret, once. Errors: `login_slow_down`, `login_refused` for anything that
 * does not fit.
 */
export async function fetchSecondFactor(
  deps: Deps,
  request: SecondFactorFetch,
  slot: string,
): Promise<ShownSecret> {
  const row = await findStaff(deps, request.account);
  await checkThrottle(deps, slot);
  const proven = await provenBy(deps, request, row);
  const secret = row === null ? null : waitingSecret(deps, row, request.token);
  if (!proven || row === null || secret === null) {
    await countFailure(deps, slot);
    throw new AppError('login_refused');
  }
  await clearFailures(deps, slot);
  const totpSealed = sealOneTimeSecret(deps.crypto, deps.secrets.atRest, row.id, { secret, fetchBy: null });
  await changeStaff(deps, row.id, staffEvent(row.id, 'second_factor_shown', { by: row.id }), (fresh) => {
    const waits = waitingSecret(deps, fresh, request.token) !== null;
    if (!waits || fresh.credential === null) throw new AppError('login_refused');
    return { ...fresh, credential: { ...fresh.credential, totpSealed } };
  });
  return { uri: oneTimeUri(secret, row.account), secret: oneTimeText(secret) };
}

/** The secret that waits for this token, or null. */
function waitingSecret(deps: Deps, row: StaffRow, token: Uint8Array): Uint8Array | null {
  if (row.credential === null) return null;
  const opened = openOneTimeSecret(deps.crypto, deps.secrets.atRest, row.id, row.credential.totpSealed);
  return opened !== null && opened.fetchBy === hashOf(deps, token) ? opened.secret : null;
}

const hashOf = (deps: Deps, token: Uint8Array): Hash => toHex(deps.crypto.sha256(token)) as Hash;
