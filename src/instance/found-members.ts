import type { Seconds, StaffId, UnitId } from '../domain/ids.ts';
import type { Role } from '../domain/terms.ts';
import type { Credential, StaffRow } from '../ports/store/accounts-store.ts';
import type { StatementRow } from '../ports/store/directory-store.ts';
import { memberPayload } from '../protocol/member.ts';
import type { StaffSecrets } from '../protocol/staff-credential.ts';
import { signStatement } from '../protocol/statement.ts';
import type { SignKeyPair, Suite } from '../protocol/suite.ts';
import { memberRow } from './statement-rows.ts';

/** A membership holds for two years from its statement. */
export const MEMBER_SECONDS = 730 * 86_400;
const EARLIER = 3_600;

/** A person of a unit, as an account and a MEMBER statement name them. */
export interface Person {
  readonly id: StaffId;
  readonly account: string;
  readonly name: string;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
}

/** Public halves of a person's long-term keys. */
export type PublicKeys = { readonly signKey: Uint8Array; readonly kemKey: Uint8Array };

export const publicKeys = (secrets: StaffSecrets): PublicKeys => ({
  signKey: secrets.sign.publicKey,
  kemKey: secrets.kem.publicKey,
});

/**
 * A MEMBER statement signed by the given keys: the directory's threshold, or a leader of the unit and one of its parent. It holds for two
 * years and from an hour before, as some clocks are behind, unless `term` says otherwise (UTC seconds).
 */
export function makeMember(
  suite: Suite,
  instance: string,
  person: Person,
  keys: PublicKeys,
  signers: readonly SignKeyPair[],
  now: number,
  term: { readonly from: number; readonly until: number } = {
    from: now - EARLIER,
    until: now + MEMBER_SECONDS,
  },
): StatementRow {
  const payload = memberPayload(instance, {
    person: person.id,
    name: person.name,
    unit: person.unit,
    roles: person.roles,
    ...keys,
    issued: now,
    ...term,
  });
  return memberRow(suite, signStatement(suite, 'member', payload, signers));
}

/** An active account. */
export const activeStaff = (person: Person, keys: PublicKeys, credential: Credential): StaffRow => ({
  id: person.id,
  account: person.account,
  displayName: person.name,
  unit: person.unit,
  roles: person.roles,
  status: 'active',
  credential,
  ...keys,
  invite: null,
});

/** An account that waits for its person to join with a one-time token. */
export const invitedStaff = (
  person: Person,
  invite: { readonly tokenHash: NonNullable<StaffRow['invite']>['tokenHash']; readonly expires: Seconds },
): StaffRow => ({
  id: person.id,
  account: person.account,
  displayName: person.name,
  unit: person.unit,
  roles: person.roles,
  status: 'invited',
  credential: null,
  signKey: null,
  kemKey: null,
  invite,
});
