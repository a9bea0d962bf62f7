import type { Hash, StaffId, UnitId } from '../domain/ids.ts';
import { isStaffId, isUnitId } from '../domain/ids.ts';
import { ROLES, type Role } from '../domain/terms.ts';
import { toBase64Url } from './base64.ts';
import type { Dsse } from './dsse.ts';
import { taggedHash } from './hash.ts';
import { MAX_SECONDS, openStatement, statementPayload } from './statement.ts';
import { type Hashes, SIZES } from './suite.ts';

/** A member of a unit with their keys. No other staff key counts anywhere. */
export interface MemberFields {
  readonly person: StaffId;
  readonly name: string;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
  /** Ed25519, 32 bytes. */
  readonly signKey: Uint8Array;
  /** X-Wing, 1216 bytes. */
  readonly kemKey: Uint8Array;
  /** When it was signed, and from when until when it holds; UTC seconds. */
  readonly issued: number;
  readonly from: number;
  readonly until: number;
}

export interface ParsedMember extends MemberFields {
  readonly instance: string;
  readonly hash: Hash;
  readonly envelope: Dsse;
}

/**
 * Roles that may read tips of their unit and sign its epochs; roles that speak for a unit and sign MEMBER and REVOCATION statements:
 * who handles and who leads, by the rules of the workflow.
 */
export { HANDLER_ROLES as READING_ROLES, LEADER_ROLES as LEADING_ROLES } from '../domain/roles.ts';

/** Payload of a MEMBER statement, for both signers. */
export const memberPayload = (instance: string, member: MemberFields): Uint8Array =>
  statementPayload('member', instance, {
    person: member.person,
    name: member.name.normalize('NFC'),
    unit: member.unit,
    roles: member.roles,
    signKey: toBase64Url(member.signKey),
    kemKey: toBase64Url(member.kemKey),
    issued: member.issued,
    from: member.from,
    until: member.until,
  });

/** Parses a MEMBER statement without checking its signatures. Throws `member_malformed`. */
export function parseMember(hashes: Pick<Hashes, 'blake2b512'>, bytes: Uint8Array): ParsedMember {
  const { envelope, reader, instance, hash } = openStatement(hashes, 'member', bytes, 'member_malformed');
  const member: ParsedMember = {
    person: reader.guarded('person', 32, isStaffId),
    name: reader.string('name', 300),
    unit: reader.guarded('unit', 40, isUnitId),
    roles: reader
      .strings('roles', ROLES.length, 40)
      .map((role) => ROLES.find((known) => known === role) ?? reader.fail('roles')),
    signKey: reader.bytes('signKey', SIZES.signPublicKey),
    kemKey: reader.bytes('kemKey', SIZES.kemPublicKey),
    issued: reader.integer('issued', 0, MAX_SECONDS),
    from: reader.integer('from', 0, MAX_SECONDS),
    until: reader.integer('until', 0, MAX_SECONDS),
    instance,
    hash,
    envelope,
  };
  reader.done();
  if (member.roles.length === 0 || new Set(member.roles).size !== member.roles.length) reader.fail('roles');
  if (member.until <= member.from) reader.fail('until');
  return member;
}

/**
 * Short fingerprint of a person's two keys, to be compared by voice before anything is wrapped for them: 24 digits in six groups.
 * Altering the keys unseen would take 2^79 tries.
 */
export function keyFingerprint(
  hashes: Pick<Hashes, 'blake2b512'>,
  signKey: Uint8Array,
  kemKey: Uint8Array,
): string {
  const hash = taggedHash(hashes, 'tk1/fingerprint', signKey, kemKey);
  let number = 0n;
  for (const byte of hash.subarray(0, 16)) number = number * 256n + BigInt(byte);
  const digits = (number % 10n ** 24n).toString().padStart(24, '0');
  return digits.match(/.{4}/g)?.join(' ') ?? '';
}
