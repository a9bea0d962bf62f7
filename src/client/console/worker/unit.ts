import type { UnitId } from '../../../domain/ids.ts';
import { holdsAny, LEADER_ROLES, mayReadTips, needsNoStatement } from '../../../domain/roles.ts';
import type { Role } from '../../../domain/terms.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { keyId, parseDsse } from '../../../protocol/dsse.ts';
import { parseEpoch } from '../../../protocol/epoch.ts';
import { keyFingerprint } from '../../../protocol/member.ts';
import { memberSigners } from '../../../protocol/membership.ts';
import { liveEpoch } from '../../../protocol/target.ts';
import type { VerifiedDirectory, VerifiedEpoch } from '../../../protocol/verify-directory.ts';
import { getJson } from '../http.ts';
import type { WireMember, WirePending, WireUnit } from '../wire.ts';
import type { EpochView, MemberView, UnitView } from './calls.ts';
import { inForce, proposedRoles } from './role-change.ts';
import type { WorkerState } from './state.ts';

const WEEK = 7 * 86_400;

/** The unit as the server tells it, beside what the verified directory says. */
export interface Unit {
  readonly told: WireUnit;
  readonly directory: VerifiedDirectory;
}

/** Fetches both anew. */
export async function loadUnit(state: WorkerState): Promise<Unit> {
  state.directories.refresh();
  const { me } = state.keyring;
  const told = await getJson<WireUnit>('/api/staff/members');
  return { told, directory: await state.directories.of(me.unit, state.keyring.now()) };
}

/** The verified directory of a unit: my own's, or of one below it. */
export const directoryOf = (
  state: WorkerState,
  { directory }: Unit,
  unit: UnitId,
): Promise<VerifiedDirectory> =>
  unit === state.keyring.me.unit
    ? Promise.resolve(directory)
    : state.directories.of(unit, state.keyring.now());

/** Members, keys and what waits for a signature, with what is proven apart from what is only told. */
export async function unitView(state: WorkerState): Promise<UnitView> {
  const unit = await loadUnit(state);
  const { told, directory } = unit;
  const { me } = state.keyring;
  const now = state.keyring.now();
  const epochs = directory.epochs.get(me.unit) ?? [];
  const proposed = told.pending.filter(({ kind }) => kind === 'epoch');
  const members: MemberView[] = [];
  for (const person of told.members) members.push(await memberView(state, unit, person));
  const below: MemberView[] = [];
  for (const person of told.below) below.push(await memberView(state, unit, person));
  return {
    members,
    below: below.filter((person) => person.mySignature),
    epochs: [
      ...epochs.map((epoch) => epochView(state, epoch, now)),
      ...proposed.map((one) => proposedView(state, one)),
    ],
    weeksAhead: Math.floor(Math.max(0, coveredUntil(epochs, now) - now) / WEEK),
    live: liveEpoch(directory, me.unit, now) !== null,
    proposed: proposed.length === 0 ? 'none' : proposed.some(({ by }) => by === me.staff) ? 'mine' : 'cosign',
    focal: told.focal.map(({ stage, rank, staff }) => ({ stage, rank, staff })),
  };
}

/** Until when the unit has an epoch without a gap from now on; now when it has none. */
export const coveredUntil = (epochs: readonly VerifiedEpoch[], now: number): number => {
  let until = now;
  for (const epoch of epochs.toSorted((a, b) => a.from - b.from))
    if (epoch.revokedAt === null && epoch.from <= until && epoch.until > until) until = epoch.until;
  return until;
};

const epochView = (state: WorkerState, epoch: VerifiedEpoch, now: number): EpochView => ({
  n: epoch.n,
  from: epoch.from,
  until: epoch.until,
  state:
    epoch.revokedAt !== null ? 'revoked' : epoch.until <= now ? 'past' : epoch.from > now ? 'next' : 'now',
  mine: state.keyring.has(epoch.unit, epoch.n),
});

const proposedView = (state: WorkerState, pending: WirePending): EpochView => {
  const epoch = parseEpoch(state.suite, fromBase64Url(pending.record));
  const mine = pending.wraps.some((wrap) => wrap.member === state.keyring.me.staff);
  return { n: epoch.n, from: epoch.from, until: epoch.until, state: 'proposed', mine };
};

async function memberView(state: WorkerState, unit: Unit, person: WireMember): Promise<MemberView> {
  const { me } = state.keyring;
  const leads = holdsAny(me.roles, LEADER_ROLES) && person.staff !== me.staff;
  const pending = pendingFor(unit.told, person);
  const { stage, nextRoles } = await standing(state, unit, person, pending);
  const signed = pending !== undefined && hasMySignature(state, pending);
  const reads = mayReadTips(person.roles) && person.unit === me.unit;
  const lacking = me.epochWraps.filter(
    (wrap) => wrap.unit === me.unit && !person.epochs.includes(wrap.epoch),
  );
  return {
    staff: person.staff,
    displayName: person.displayName,
    account: person.account,
    unit: person.unit,
    roles: person.roles,
    state: stage,
    nextRoles,
    fingerprint: person.signKey === '' ? null : fingerprintOf(state, person),
    mySignature:
      leads &&
      (stage === 'joined' || (pending !== undefined && !signed && complements(state, unit, pending))),
    removable:
      leads &&
      ['active', 'changing'].includes(stage) &&
      person.unit === me.unit &&
      !needsNoStatement(person.roles),
    changeable: leads && reads && (stage === 'active' || (stage === 'changing' && signed)),
    missing: ['active', 'changing'].includes(stage) && reads ? lacking.length : 0,
  };
}

/** Fingerprint of the keys that the server says are this person's: what is compared by voice. */
export const fingerprintOf = ({ suite }: WorkerState, person: WireMember): string =>
  keyFingerprint(suite, fromBase64Url(person.signKey), fromBase64Url(person.kemKey));

/** What waits for a second signature about a person: the end of their membership, else the membership itself. */
export const pendingFor = (told: WireUnit, person: WireMember): WirePending | undefined => {
  const theirs = told.pending.filter(({ about }) => about === person.staff);
  return theirs.find(({ kind }) => kind === 'revocation') ?? theirs.find(({ kind }) => kind === 'member');
};

const hasMySignature = (state: WorkerState, pending: WirePending): boolean => {
  const mine = keyId(state.suite, state.keyring.secrets.sign.publicKey);
  return parseDsse(fromBase64Url(pending.record)).signatures.some(({ keyid }) => keyid === mine);
};

/** The two signers must lead the unit and the one above it: mine completes a statement that somebody of the other unit signed. */
function complements(state: WorkerState, { directory }: Unit, pending: WirePending): boolean {
  const envelope = parseDsse(fromBase64Url(pending.record));
  const [first] = memberSigners(state.suite, envelope, directory.members);
  // A signer of a unit below is not in my own unit's directory: then it is the unit's own leader who signed.
  return first === undefined ? pending.unit !== state.keyring.me.unit : first.unit !== state.keyring.me.unit;
}

/** How far a person is, with the roles that wait for them. */
async function standing(
  state: WorkerState,
  unit: Unit,
  person: WireMember,
  pending: WirePending | undefined,
): Promise<{ readonly stage: MemberView['state']; readonly nextRoles: readonly Role[] | null }> {
  const only = (stage: MemberView['state']) => ({ stage, nextRoles: null });
  if (person.status === 'removed') return only('removed');
  if (person.signKey === '') return only('invited');
  if (pending?.kind === 'revocation') return only('leaving');
  const present = await inForce(state, unit, person);
  if (present !== undefined) {
    const nextRoles = pending === undefined ? null : proposedRoles(state, present, pending);
    return { stage: nextRoles === null ? 'active' : 'changing', nextRoles };
  }
  if (person.status === 'active' && !mayReadTips(person.roles)) return only('active');
  return only(pending === undefined ? 'joined' : 'cosign');
}
