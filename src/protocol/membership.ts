import type { UnitId } from '../domain/ids.ts';
import type { Role } from '../domain/terms.ts';
import { equalBytes, toHex } from './bytes.ts';
import { type Dsse, validSigners } from './dsse.ts';
import { ensure } from './errors.ts';
import { LEADING_ROLES, type ParsedMember } from './member.ts';
import type { ParsedRevocation } from './revocation.ts';
import type { VerifiedKeySet } from './root.ts';
import type { DirectoryUnit } from './shard.ts';
import type { Verifier } from './suite.ts';

/** A member whose statement was verified. */
export interface VerifiedMember extends ParsedMember {
  /** UTC seconds from when on the membership is revoked; null while it is not. */
  readonly revokedAt: number | null;
  /** UTC seconds from when on a newer statement about the same person, unit and signing key stands in place of this one; null without one. */
  readonly supersededAt: number | null;
}

/** Whose signatures count as the directory's own: the key set in force and former ones until they ended. */
export interface DirectoryAuthority {
  readonly sets: readonly VerifiedKeySet[];
  readonly units: ReadonlyMap<UnitId, DirectoryUnit>;
}

/** True while the statement holds: within its time, before any revocation, and before a newer one stands in its place. */
export const isActive = (member: VerifiedMember, at: number): boolean =>
  member.from <= at &&
  at < member.until &&
  (member.revokedAt === null || at < member.revokedAt) &&
  (member.supersededAt === null || at < member.supersededAt);

/** Members of a unit with one of the roles that are active at a moment. */
export const activeMembers = (
  members: readonly VerifiedMember[],
  unit: UnitId,
  roles: readonly Role[],
  at: number,
): readonly VerifiedMember[] =>
  members.filter(
    (member) =>
      member.unit === unit && isActive(member, at) && member.roles.some((role) => roles.includes(role)),
  );

type ByUnit = Map<UnitId, VerifiedMember[]>;

/**
 * Statements with the moment from which a newer one about the same person, unit and signing key stands in their place. Newer is the one
 * that was signed later; of two signed in the same second, the one with the greater hash. It counts from its own `from` on, and for good:
 * its end or revocation does not bring an older one back. Throws `member_malformed` when a newer one ends before an older one, because
 * then the older would come back for whoever leaves out what has ended (section 8).
 */
export function withSuccession<T extends ParsedMember>(
  members: readonly T[],
): readonly (T & Pick<VerifiedMember, 'supersededAt'>)[] {
  const lines = new Map<string, T[]>();
  for (const member of members) {
    const name = `${member.person} ${member.unit} ${toHex(member.signKey)}`;
    const line = lines.get(name);
    if (line === undefined) lines.set(name, [member]);
    else line.push(member);
  }
  const ends = new Map<T, number>();
  for (const line of lines.values()) {
    const newestFirst = line.toSorted((a, b) => (isNewer(a, b) ? -1 : 1));
    let end = Number.POSITIVE_INFINITY;
    let until = Number.POSITIVE_INFINITY;
    for (const member of newestFirst) {
      ensure(member.until <= until, 'member_malformed', 'until');
      ends.set(member, end);
      end = Math.min(end, member.from);
      until = Math.min(until, member.until);
    }
  }
  return members.map((member) => {
    const end = ends.get(member) ?? Number.POSITIVE_INFINITY;
    return { ...member, supersededAt: Number.isFinite(end) ? end : null };
  });
}

const isNewer = (a: ParsedMember, b: ParsedMember): boolean =>
  a.issued === b.issued ? a.hash > b.hash : a.issued > b.issued;

/** The distinct members among candidates who signed an envelope. */
export function memberSigners(
  verifier: Verifier,
  envelope: Dsse,
  candidates: readonly VerifiedMember[],
): readonly VerifiedMember[] {
  const keys = validSigners(
    verifier,
    envelope,
    candidates.map((member) => member.signKey),
  );
  const signed = candidates.filter((member) => keys.some((key) => equalBytes(key, member.signKey)));
  return signed.filter((member, i) => signed.findIndex((other) => other.person === member.person) === i);
}

/** A statement about a unit that two leaders, or the directory's own keys, must have signed. */
interface UnitStatement {
  readonly envelope: Dsse;
  readonly unit: UnitId;
  /** When it was signed, UTC seconds. */
  readonly at: number;
}

/**
 * True when the directory's keys signed at their threshold, or a leader of the unit and another leader of its parent unit, both active
 * when it was signed. Nobody vouches for themselves.
 */
function isEndorsed(
  verifier: Verifier,
  authority: DirectoryAuthority,
  accepted: ByUnit,
  statement: UnitStatement,
  subject: string | null,
): boolean {
  const { envelope, unit, at } = statement;
  const bySet = authority.sets.some(
    (set) =>
      at >= set.from && at < set.until && validSigners(verifier, envelope, set.keys).length >= set.threshold,
  );
  if (bySet) return true;
  const parent = authority.units.get(unit)?.parent ?? null;
  if (parent === null) return false;
  const leaders = (of: UnitId) =>
    activeMembers(accepted.get(of) ?? [], of, LEADING_ROLES, at).filter(
      (member) => member.person !== subject,
    );
  const own = memberSigners(verifier, envelope, leaders(unit));
  const above = memberSigners(verifier, envelope, leaders(parent));
  return own.some((member) => above.some((other) => other.person !== member.person));
}

/**
 * Accepts members in rounds, because members vouch for members: first those whom the directory's keys signed, then those whom accepted
 * leaders signed, until no round adds one. Throws `unit_unknown`, `member_malformed` (`withSuccession`), `member_signers` when one is left.
 */
export function acceptMembers(
  verifier: Verifier,
  authority: DirectoryAuthority,
  members: readonly ParsedMember[],
  revocations: readonly ParsedRevocation[],
): readonly VerifiedMember[] {
  for (const { unit } of members) ensure(authority.units.has(unit), 'unit_unknown', unit);
  const accepted: VerifiedMember[] = [];
  const byUnit: ByUnit = new Map();
  let waiting: readonly VerifiedMember[] = withSuccession(members).map((member) => ({
    ...member,
    revokedAt: revokedAt(member, revocations),
  }));
  while (waiting.length > 0) {
    const added = waiting.filter((member) =>
      isEndorsed(verifier, authority, byUnit, { ...member, at: member.issued }, member.person),
    );
    ensure(added.length > 0, 'member_signers', waiting[0]?.unit);
    for (const member of added) {
      accepted.push(member);
      byUnit.set(member.unit, [...(byUnit.get(member.unit) ?? []), member]);
    }
    waiting = waiting.filter((member) => !added.includes(member));
  }
  return accepted;
}

function revokedAt(member: ParsedMember, revocations: readonly ParsedRevocation[]): number | null {
  const times = revocations
    .filter(
      ({ unit, target }) =>
        target.kind === 'member' &&
        unit === member.unit &&
        target.person === member.person &&
        equalBytes(target.signKey, member.signKey),
    )
    .map(({ at }) => at);
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * Accepts revocations in the order of their time, each signed by people whom none of the earlier ones had ended. Throws `unit_unknown`,
 * `revocation_signers`.
 */
export function acceptRevocations(
  verifier: Verifier,
  authority: DirectoryAuthority,
  members: readonly VerifiedMember[],
  revocations: readonly ParsedRevocation[],
): readonly ParsedRevocation[] {
  const accepted: ParsedRevocation[] = [];
  for (const revocation of revocations.toSorted((a, b) => a.at - b.at)) {
    ensure(authority.units.has(revocation.unit), 'unit_unknown', revocation.unit);
    const byUnit: ByUnit = new Map();
    for (const member of members) {
      const current = { ...member, revokedAt: revokedAt(member, accepted) };
      byUnit.set(member.unit, [...(byUnit.get(member.unit) ?? []), current]);
    }
    const subject = revocation.target.kind === 'member' ? revocation.target.person : null;
    ensure(
      isEndorsed(verifier, authority, byUnit, revocation, subject),
      'revocation_signers',
      revocation.unit,
    );
    accepted.push(revocation);
  }
  return accepted;
}
