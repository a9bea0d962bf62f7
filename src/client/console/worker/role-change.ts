import type { StaffId } from '../../../domain/ids.ts';
import { sameRoles } from '../../../domain/role-change.ts';
import type { Role } from '../../../domain/terms.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { equalBytes } from '../../../protocol/bytes.ts';
import { ensure } from '../../../protocol/errors.ts';
import { memberPayload, parseMember } from '../../../protocol/member.ts';
import { isActive, memberSigners, type VerifiedMember } from '../../../protocol/membership.ts';
import { cosignStatement, signStatement } from '../../../protocol/statement.ts';
import { Problem, sendJson } from '../http.ts';
import type { WireMember, WirePending } from '../wire.ts';
import type { Calls, SignedResult } from './calls.ts';
import { MEMBERSHIP_SECONDS, personOf } from './membership.ts';
import type { WorkerState } from './state.ts';
import { directoryOf, loadUnit, pendingFor, type Unit } from './unit.ts';

/** A person's statement in force by the verified directory; undefined when there is none. */
export async function inForce(
  state: WorkerState,
  unit: Unit,
  person: WireMember,
): Promise<VerifiedMember | undefined> {
  const now = state.keyring.now();
  const { members } = await directoryOf(state, unit, person.unit);
  return members.find(
    (member) => member.person === person.staff && member.unit === person.unit && isActive(member, now),
  );
}

/** Roles that a waiting statement would give a member; null when it is about something else or about other keys. */
export function proposedRoles(
  state: WorkerState,
  present: VerifiedMember,
  pending: WirePending,
): readonly Role[] | null {
  if (pending.kind !== 'member') return null;
  const next = parseMember(state.suite, fromBase64Url(pending.record));
  const same =
    next.instance === present.instance &&
    next.person === present.person &&
    next.unit === present.unit &&
    next.name === present.name &&
    equalBytes(next.signKey, present.signKey) &&
    equalBytes(next.kemKey, present.kemKey);
  return same ? next.roles : null;
}

/**
 * Signs a statement that gives a member other roles, with the name and the keys of their statement in force; or adds the second signature
 * to the one that waits. `roles` are those that the page showed. Throws Problem `member_unknown`, `stale` (something else waits by now).
 */
export async function changeRoles(
  state: WorkerState,
  input: Calls['changeRoles']['in'],
): Promise<SignedResult> {
  const unit = await loadUnit(state);
  const person = personOf(unit, input.staff);
  const present = await inForce(state, unit, person);
  if (present === undefined) throw new Problem('member_unknown');
  const pending = pendingFor(unit.told, person);
  const record = input.cosign
    ? await cosigned(state, unit, present, pending, input.roles)
    : newStatement(state, present, input.roles);
  return sendJson('POST', `/api/staff/members/${person.staff}/statement`, { record: toBase64Url(record) });
}

function newStatement(state: WorkerState, present: VerifiedMember, roles: readonly Role[]): Uint8Array {
  const now = state.keyring.now();
  const payload = memberPayload(state.pins.instance, {
    person: present.person as StaffId,
    name: present.name,
    unit: present.unit,
    roles,
    signKey: present.signKey,
    kemKey: present.kemKey,
    issued: now,
    from: now,
    until: Math.max(now + MEMBERSHIP_SECONDS, present.until),
  });
  return signStatement(state.suite, 'member', payload, [state.keyring.secrets.sign]);
}

/** What the other leader signed, checked to give this member these roles and nothing else, with my signature added. */
async function cosigned(
  state: WorkerState,
  unit: Unit,
  present: VerifiedMember,
  pending: WirePending | undefined,
  roles: readonly Role[],
): Promise<Uint8Array> {
  const proposed = pending === undefined ? null : proposedRoles(state, present, pending);
  if (pending === undefined || proposed === null || !sameRoles(proposed, roles)) throw new Problem('stale');
  const record = fromBase64Url(pending.record);
  const { envelope } = parseMember(state.suite, record);
  const { members } = await directoryOf(state, unit, present.unit);
  const leaders = members.filter((member) => isActive(member, state.keyring.now()));
  ensure(memberSigners(state.suite, envelope, leaders).length > 0, 'member_signers');
  return cosignStatement(state.suite, record, state.keyring.secrets.sign);
}
