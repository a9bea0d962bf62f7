import type { StaffId } from '../../../domain/ids.ts';
import { sameRoles } from '../../../domain/role-change.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { equalBytes } from '../../../protocol/bytes.ts';
import { EPOCH_GRACE_SECONDS } from '../../../protocol/epoch.ts';
import { ensure } from '../../../protocol/errors.ts';
import { memberPayload, parseMember } from '../../../protocol/member.ts';
import { parseRevocation, type RevocationTarget, revocationPayload } from '../../../protocol/revocation.ts';
import { cosignStatement, signStatement } from '../../../protocol/statement.ts';
import { Problem, sendJson } from '../http.ts';
import type { WireMember, WirePending } from '../wire.ts';
import type { Calls, SignedResult } from './calls.ts';
import type { WorkerState } from './state.ts';
import { fingerprintOf, loadUnit, pendingFor, type Unit } from './unit.ts';

/** A membership is signed for two years. */
export const MEMBERSHIP_SECONDS = 2 * 365 * 86_400;

/** A person of my unit, or of one below that waits for me, who has keys. Throws Problem `member_unknown`. */
export const personOf = ({ told }: Unit, staff: StaffId): WireMember => {
  const person = [...told.members, ...told.below].find((known) => known.staff === staff);
  if (person === undefined || person.signKey === '') throw new Problem('member_unknown');
  return person;
};

/**
 * Signs a person's MEMBER statement: a new one, or the one that the other leader signed, over the very same bytes. The keys must be those
 * whose fingerprint was compared. Throws Problem `member_unknown`, `event_signature` (other keys than compared).
 */
export async function signMember(
  state: WorkerState,
  input: Calls['signMember']['in'],
): Promise<SignedResult> {
  const unit = await loadUnit(state);
  const person = personOf(unit, input.staff);
  if (fingerprintOf(state, person) !== input.fingerprint) throw new Problem('event_signature');
  const pending = pendingFor(unit.told, person);
  const record = pending === undefined ? newMember(state, person) : cosignedMember(state, person, pending);
  return sendJson('POST', `/api/staff/members/${person.staff}/statement`, { record: toBase64Url(record) });
}

function newMember(state: WorkerState, person: WireMember): Uint8Array {
  const now = state.keyring.now();
  const payload = memberPayload(state.pins.instance, {
    person: person.staff,
    name: person.displayName,
    unit: person.unit,
    roles: person.roles,
    signKey: fromBase64Url(person.signKey),
    kemKey: fromBase64Url(person.kemKey),
    issued: now,
    from: now,
    until: now + MEMBERSHIP_SECONDS,
  });
  return signStatement(state.suite, 'member', payload, [state.keyring.secrets.sign]);
}

/** What the other leader signed must name this person and the compared keys before a second signature is added. */
function cosignedMember(state: WorkerState, person: WireMember, pending: WirePending): Uint8Array {
  const record = fromBase64Url(pending.record);
  const member = parseMember(state.suite, record);
  ensure(member.person === person.staff && member.unit === person.unit, 'member_malformed', 'person');
  ensure(member.instance === state.pins.instance, 'directory_instance');
  ensure(equalBytes(member.signKey, fromBase64Url(person.signKey)), 'member_malformed', 'signKey');
  ensure(equalBytes(member.kemKey, fromBase64Url(person.kemKey)), 'member_malformed', 'kemKey');
  ensure(sameRoles(member.roles, person.roles), 'member_malformed', 'roles');
  return cosignStatement(state.suite, record, state.keyring.secrets.sign);
}

/**
 * Signs the end of a membership and of every epoch that the person could open and that still takes something new; or adds the second
 * signature to what the other leader signed.
 */
export async function removeMember(
  state: WorkerState,
  input: Calls['removeMember']['in'],
): Promise<SignedResult> {
  const unit = await loadUnit(state);
  const person = personOf(unit, input.staff);
  const waiting = unit.told.pending.filter(
    ({ kind, unit: of }) => kind === 'revocation' && of === person.unit,
  );
  const first = waiting.find(({ about }) => about === person.staff);
  const records =
    first === undefined ? newRevocations(state, unit, person) : cosigned(state, person, first, waiting);
  return sendJson('POST', `/api/staff/members/${person.staff}/remove`, { records: records.map(toBase64Url) });
}

function newRevocations(state: WorkerState, { directory }: Unit, person: WireMember): readonly Uint8Array[] {
  const { suite, pins, keyring } = state;
  const at = keyring.now();
  const held = [...person.epochs, ...person.broken];
  const known = (directory.epochs.get(person.unit) ?? []).filter(
    (epoch) => epoch.revokedAt === null && epoch.until + EPOCH_GRACE_SECONDS > at && held.includes(epoch.n),
  );
  const targets: readonly RevocationTarget[] = [
    { kind: 'member', person: person.staff, signKey: fromBase64Url(person.signKey) },
    ...known.map(({ n }): RevocationTarget => ({ kind: 'epoch', n })),
  ];
  return targets.map((target) =>
    signStatement(suite, 'revocation', revocationPayload(pins.instance, { unit: person.unit, target, at }), [
      keyring.secrets.sign,
    ]),
  );
}

/** The other leader's revocations of that very moment, the member's first, each with my signature added. */
function cosigned(
  state: WorkerState,
  person: WireMember,
  first: WirePending,
  waiting: readonly WirePending[],
): readonly Uint8Array[] {
  const own = fromBase64Url(first.record);
  const main = parseRevocation(state.suite, own);
  ensure(
    main.target.kind === 'member' && main.target.person === person.staff,
    'statement_malformed',
    'person',
  );
  const epochs = waiting
    .filter(({ about, by }) => about !== person.staff && by === first.by)
    .map(({ record }) => fromBase64Url(record))
    .filter((record) => {
      const { target, at } = parseRevocation(state.suite, record);
      return target.kind === 'epoch' && at === main.at;
    });
  return [own, ...epochs].map((record) => cosignStatement(state.suite, record, state.keyring.secrets.sign));
}
