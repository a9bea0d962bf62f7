import { AppError } from '../../domain/errors.ts';
import type { Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import { roleChangeProblem, sameRoles } from '../../domain/role-change.ts';
import { mayManageMembers } from '../../domain/roles.ts';
import { UNIT_KINDS } from '../../domain/terms.ts';
import { activeMembersOf, memberOf } from '../../http/kit/membership.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { equalBytes } from '../../protocol/bytes.ts';
import { EPOCH_GRACE_SECONDS } from '../../protocol/epoch.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { type ParsedMember, parseMember } from '../../protocol/member.ts';
import { parseRevocation } from '../../protocol/revocation.ts';
import { MAX_SECONDS } from '../../protocol/statement.ts';
import { directoryWith } from './directory-check.ts';
import {
  keepPending,
  lacksSigner,
  onlyStatements,
  putInForce,
  requireFresh,
  requireOwnSignature,
  type Signed,
  statementRow,
} from './signing.ts';

/** Longest time for which a membership may be signed: three years. */
const LONGEST_MEMBERSHIP = 3 * 366 * 86_400;

/**
 * The signed-in leader's own MEMBER statement, when they may speak about a unit: they lead it or the unit above it, and it is not about
 * themselves. Errors: `forbidden`, `member_unknown`.
 */
async function leaderFor(
  deps: Deps,
  leader: StaffRow,
  unit: UnitId,
  subject: StaffId,
): Promise<ParsedMember> {
  if (leader.id === subject) throw new AppError('same_person');
  const parent = (await deps.store.directory.unit(unit))?.parent ?? null;
  const near = leader.unit === unit || leader.unit === parent;
  if (!near || !mayManageMembers(rolesOf(leader))) throw new AppError('forbidden');
  return memberOf(deps, leader, deps.clock.now());
}

/**
 * Takes a MEMBER statement with one leader's signature or with both (of the unit and of the unit above it): of a person who has joined,
 * after each leader has compared the key fingerprint with them; or of an active member, with other roles or for a longer time. With both
 * the account is active and has the statement's roles. Errors: `member_unknown`, `forbidden`, `same_person`, `event_invalid` (it does not
 * say what the account says), `event_signature`, `member_signers`; for other roles also those of `requireRoleChange`.
 */
export async function signMembership(
  deps: Deps,
  leader: StaffRow,
  id: StaffId,
  record: Uint8Array,
): Promise<Signed> {
  const staff = await deps.store.accounts.byId(id);
  if (staff === null || staff.signKey === null || staff.kemKey === null || staff.status === 'removed')
    throw new AppError('member_unknown', { field: 'staff' });
  const own = await leaderFor(deps, leader, staff.unit, staff.id);
  const member = parseMember(deps.crypto, record);
  requireSameAs(deps, staff, member);
  const roles = sameRoles(member.roles, rolesOf(staff)) ? null : { staff: staff.id, roles: member.roles };
  if (roles !== null) await requireRoleChange(deps, staff, member);
  await requireOwnSignature(deps, member.envelope, own.signKey);
  if (member.envelope.signatures.length === 1) requireFresh(deps, member.issued, 'record.issued');
  try {
    await directoryWith(deps, staff.unit, { members: [record] });
  } catch (error) {
    if (roles !== null && contradicts(error)) throw new AppError('stale');
    if (!lacksSigner(error, member.envelope)) throw error;
    return keepPending(deps, {
      hash: member.hash,
      kind: 'member',
      unit: staff.unit,
      about: staff.id,
      record,
      wraps: [],
      shares: [],
      by: leader.id,
      at: deps.clock.now(),
    });
  }
  const row = statementRow('member', { ...member, version: 0, person: staff.id }, record);
  const change = { ...onlyStatements([row]), activates: roles === null ? staff.id : null, roles };
  return putInForce(deps, leader.id, staff.unit, change);
}

/**
 * True when the directory refuses other statements because of the new one: since it was proposed, the person has signed what only their
 * former roles allow.
 */
const contradicts = (error: unknown): boolean =>
  error instanceof ProtocolError && ['epoch_signers', 'revocation_signers'].includes(error.code);

/**
 * What a statement that gives an active member other roles must fulfil beyond what every one must. Errors: `member_unknown` (not an active
 * member), `stale` (a newer statement is in force), `event_invalid` (`record.from`: it counts from its signing on; `record.until`: not
 * shorter than the one before), `field_invalid` (`record.roles`: the unit's kind does not give them, or they read no tips: then the person
 * is to be removed), `last_leader`.
 */
async function requireRoleChange(deps: Deps, staff: StaffRow, member: ParsedMember): Promise<void> {
  if (staff.status !== 'active') throw new AppError('event_invalid', { field: 'record.roles' });
  const members = await activeMembersOf(deps, staff.unit, deps.clock.now());
  const present = members.get(staff.id);
  if (present === undefined) throw new AppError('member_unknown', { field: 'staff' });
  if (member.issued <= present.issued) throw new AppError('stale');
  if (member.from !== member.issued) throw new AppError('event_invalid', { field: 'record.from' });
  if (member.until < present.until) throw new AppError('event_invalid', { field: 'record.until' });
  const unit = await deps.store.directory.unit(staff.unit);
  const kind = UNIT_KINDS.find((known) => known === unit?.kind);
  if (kind === undefined) throw new AppError('unit_unknown', { field: 'unit' });
  const others = [...members.values()].filter(({ person }) => person !== staff.id).map(({ roles }) => roles);
  const problem = roleChangeProblem({ kind, from: present.roles, to: member.roles, others });
  if (problem === 'last_leader') throw new AppError('last_leader', { field: 'record.roles' });
  if (problem !== null) throw new AppError('field_invalid', { field: 'record.roles' });
}

/** Throws `event_invalid` with the field in which a MEMBER statement differs from the account, roles apart. */
function requireSameAs(deps: Deps, staff: StaffRow, member: ParsedMember): void {
  const invalid = (field: string): never => {
    throw new AppError('event_invalid', { field: `record.${field}` });
  };
  if (member.instance !== deps.instance.id) invalid('instance');
  if (member.person !== staff.id) invalid('person');
  if (member.unit !== staff.unit) invalid('unit');
  if (member.name !== staff.displayName.normalize('NFC')) invalid('name');
  if (staff.signKey === null || !equalBytes(member.signKey, staff.signKey)) invalid('signKey');
  if (staff.kemKey === null || !equalBytes(member.kemKey, staff.kemKey)) invalid('kemKey');
  if (member.envelope.signatures.length > 2) invalid('signatures');
  if (member.from > member.issued + 86_400) invalid('from');
  if (member.until - member.from > LONGEST_MEMBERSHIP) invalid('until');
}

/**
 * Takes REVOCATION statements that end a membership, and with it the epochs that the person could open, with one leader's signature each
 * or with both. With both: the account ends, its sessions too, and the unit's keys wrapped to it are deleted. Errors as `signMembership`,
 * and those of `requireEpochsEnded`.
 */
export async function removeMember(
  deps: Deps,
  leader: StaffRow,
  id: StaffId,
  records: readonly Uint8Array[],
): Promise<Signed> {
  const staff = await deps.store.accounts.byId(id);
  if (staff?.status !== 'active' || staff.signKey === null)
    throw new AppError('member_unknown', { field: 'staff' });
  const own = await leaderFor(deps, leader, staff.unit, staff.id);
  const parsed = records.map((record) => ({ ...parseRevocation(deps.crypto, record), record }));
  const [first, ...epochs] = parsed;
  const invalid = (): never => {
    throw new AppError('event_invalid', { field: 'records' });
  };
  if (first === undefined || first.target.kind !== 'member' || first.target.person !== staff.id)
    return invalid();
  if (!equalBytes(first.target.signKey, staff.signKey)) invalid();
  const count = first.envelope.signatures.length;
  for (const { instance, unit, envelope, at } of parsed) {
    if (instance !== deps.instance.id || unit !== staff.unit) invalid();
    if (envelope.signatures.length !== count || count > 2) invalid();
    await requireOwnSignature(deps, envelope, own.signKey);
    if (count === 1) requireFresh(deps, at, 'records.at');
  }
  if (epochs.some(({ target }) => target.kind !== 'epoch')) invalid();
  const ended = epochs.flatMap(({ target }) => (target.kind === 'epoch' ? [target.n] : []));
  await requireEpochsEnded(deps, staff, ended, count === 1);
  try {
    await directoryWith(deps, staff.unit, { revocations: records });
  } catch (error) {
    if (!lacksSigner(error, first.envelope)) throw error;
    for (const { hash, target, record } of parsed) {
      const about = target.kind === 'epoch' ? `epoch:${target.n}` : target.person;
      const { unit } = staff;
      const at = deps.clock.now();
      const kind = 'revocation';
      await keepPending(deps, { hash, kind, unit, about, record, wraps: [], shares: [], by: leader.id, at });
    }
    return { state: 'pending', hash: first.hash };
  }
  const rows = parsed.map(({ hash, unit, target, at, record }) => {
    const version = target.kind === 'epoch' ? target.n : 0;
    return statementRow(
      'revocation',
      { hash, unit, version, from: at, until: MAX_SECONDS, person: '' },
      record,
    );
  });
  return putInForce(deps, leader.id, staff.unit, { ...onlyStatements(rows), removes: staff.id });
}

/**
 * Whoever leaves takes along the keys they have seen. So every epoch of the unit that was wrapped for them and still takes tips, or will,
 * must end with the membership, whatever their wrap is said to be worth. Errors: `event_invalid` (`records.epochs`: one is missing),
 * `stale` when both have signed: they were given another one since, and the removal must be proposed anew.
 */
async function requireEpochsEnded(
  deps: Deps,
  staff: StaffRow,
  ended: readonly number[],
  proposed: boolean,
): Promise<void> {
  const { directory } = deps.store;
  const since = (deps.clock.now() - EPOCH_GRACE_SECONDS) as Seconds;
  const known = await directory.statementsOf([staff.unit], since);
  const over = known
    .filter(({ kind }) => kind === 'revocation')
    .map(({ record }) => parseRevocation(deps.crypto, record).target)
    .flatMap((target) => (target.kind === 'epoch' ? [target.n] : []));
  const held = new Set((await directory.epochWraps(staff.id)).map(({ epoch }) => epoch));
  const missing = known.some(
    ({ kind, unit, version }) =>
      kind === 'epoch' && unit === staff.unit && held.has(version) && ![...over, ...ended].includes(version),
  );
  if (!missing) return;
  throw new AppError(proposed ? 'event_invalid' : 'stale', { field: 'records.epochs' });
}
