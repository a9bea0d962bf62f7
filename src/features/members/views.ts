import { LEADER_ROLES } from '../../domain/roles.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { PendingStatement } from '../../ports/store/members-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';

/** A member of staff as colleagues see them: public keys, for which epochs they have a wrap, and which of them they said do not open. */
export async function memberView(deps: Deps, staff: StaffRow) {
  const held = await deps.store.directory.epochWraps(staff.id);
  const wraps = held.filter(({ unit }) => unit === staff.unit);
  return {
    staff: staff.id,
    account: staff.account,
    displayName: staff.displayName,
    unit: staff.unit,
    roles: rolesOf(staff),
    status: staff.status,
    inviteExpires: staff.invite?.expires ?? null,
    signKey: staff.signKey === null ? '' : toBase64Url(staff.signKey),
    kemKey: staff.kemKey === null ? '' : toBase64Url(staff.kemKey),
    epochs: wraps.filter(({ broken }) => !broken).map(({ epoch }) => epoch),
    broken: wraps.filter(({ broken }) => broken).map(({ epoch }) => epoch),
  };
}

const pendingView = (pending: PendingStatement) => ({
  hash: pending.hash,
  kind: pending.kind,
  unit: pending.unit,
  about: pending.about,
  record: toBase64Url(pending.record),
  wraps: pending.wraps.map(({ member, wrap }) => ({ member, wrap: toBase64Url(wrap) })),
  shares: pending.shares.map(({ holder, share }) => ({ holder, share: toBase64Url(share) })),
  by: pending.by,
  at: pending.at,
});

/**
 * The unit's people, what waits for a signature, and its focal points. Leaders also see what waits in the units directly below and the
 * people whom it concerns, because the parent unit signs too.
 */
export async function unitView(deps: Deps, viewer: StaffRow) {
  const { accounts, directory, members } = deps.store;
  const leads = rolesOf(viewer).some((role) => LEADER_ROLES.includes(role));
  const below = leads
    ? (await directory.units(null)).filter((unit) => unit.parent === viewer.unit).map((unit) => unit.code)
    : [];
  const pending = await members.pendingOf([viewer.unit, ...below]);
  const concerned = new Set(pending.filter(({ unit }) => unit !== viewer.unit).map(({ unit }) => unit));
  const own = await accounts.ofUnit(viewer.unit);
  const others = await Promise.all([...concerned].map((unit) => accounts.ofUnit(unit)));
  const focal = await accounts.focalPoints(viewer.unit, deps.clock.now());
  return {
    members: await Promise.all(own.map((staff) => memberView(deps, staff))),
    below: await Promise.all(others.flat().map((staff) => memberView(deps, staff))),
    pending: pending
      .filter(({ unit, kind }) => unit === viewer.unit || kind !== 'epoch')
      .map((statement) => pendingView(statement)),
    focal: focal.map(({ stage, rank, staff, from }) => ({ stage, rank, staff, from })),
  };
}
