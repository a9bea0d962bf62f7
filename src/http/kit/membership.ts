import { AppError } from '../../domain/errors.ts';
import type { Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { equalBytes } from '../../protocol/bytes.ts';
import { type ParsedMember, parseMember } from '../../protocol/member.ts';
import { isActive, withSuccession } from '../../protocol/membership.ts';
import { parseRevocation } from '../../protocol/revocation.ts';

type DirectoryDeps = Pick<Deps, 'crypto'> & { readonly store: Pick<Deps['store'], 'directory'> };

/**
 * Members of a unit at a moment by their accepted MEMBER statements, of each person the one in force. The statements' signatures were
 * verified when they were accepted.
 */
export async function activeMembersOf(
  deps: DirectoryDeps,
  unit: UnitId,
  now: Seconds,
): Promise<ReadonlyMap<StaffId, ParsedMember>> {
  // What ended before now cannot name a member of now; revocations never end.
  const rows = await deps.store.directory.statementsOf([unit], now);
  const revocations = rows
    .filter((row) => row.kind === 'revocation')
    .map((row) => parseRevocation(deps.crypto, row.record));
  const members = new Map<StaffId, ParsedMember>();
  const known = rows
    .filter(({ kind }) => kind === 'member')
    .map(({ record }) => parseMember(deps.crypto, record));
  for (const member of withSuccession(known)) {
    const revoked = revocations.some(
      ({ target, at }) =>
        target.kind === 'member' &&
        target.person === member.person &&
        equalBytes(target.signKey, member.signKey) &&
        at <= now,
    );
    if (isActive({ ...member, revokedAt: revoked ? now : null }, now)) members.set(member.person, member);
  }
  return members;
}

/** The signed-in person's own MEMBER statement in force: its key checks what they sign. Error `member_unknown`. */
export async function memberOf(deps: DirectoryDeps, staff: StaffRow, now: Seconds): Promise<ParsedMember> {
  const member = (await activeMembersOf(deps, staff.unit, now)).get(staff.id);
  if (member === undefined) throw new AppError('member_unknown');
  return member;
}
