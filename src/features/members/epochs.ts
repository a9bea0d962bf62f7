import { AppError } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import type { UnitId } from '../../domain/ids.ts';
import { mayReadTips } from '../../domain/roles.ts';
import { activeMembersOf, memberOf } from '../../http/kit/membership.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { MemberWrap, PendingStatement } from '../../ports/store/members-store.ts';
import { parseDirectory } from '../../protocol/directory.ts';
import { type ParsedEpoch, parseEpoch } from '../../protocol/epoch.ts';
import { directoryWith } from './directory-check.ts';
import type { EpochRequest } from './schema.ts';
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

/** An epoch on its way, with what the first signer brought for it. */
interface Coming {
  readonly epoch: ParsedEpoch;
  readonly record: Uint8Array;
  readonly wraps: PendingStatement['wraps'];
  readonly shares: PendingStatement['shares'];
}

/**
 * Takes a run of EPOCH statements of the signer's own unit, with one member's signature (then with every reader's wrap and every recovery
 * holder's share) or with both. With both they are in force, wraps and shares with them. Errors: `forbidden`, `member_unknown`,
 * `event_invalid`, `event_signature`, `epoch_signers`, `wrap_missing`, `share_invalid`.
 */
export async function signEpochs(
  deps: Deps,
  staff: StaffRow,
  requests: readonly EpochRequest[],
): Promise<Signed> {
  const own = await memberOf(deps, staff, deps.clock.now());
  const coming: Coming[] = [];
  for (const { record, wraps, shares } of requests) {
    const epoch = parseEpoch(deps.crypto, record);
    if (epoch.unit !== staff.unit || epoch.instance !== deps.instance.id)
      throw new AppError('event_invalid', { field: 'epochs.record' });
    await requireOwnSignature(deps, epoch.envelope, own.signKey);
    const kept = await deps.store.members.pending(epoch.hash);
    coming.push({ epoch, record, wraps: kept?.wraps ?? wraps, shares: kept?.shares ?? shares });
  }
  const fresh = await notYetInForce(deps, staff.unit, coming);
  const [first] = fresh;
  if (first === undefined) return { state: 'accepted' };
  requireSameSigners(fresh);
  for (const each of fresh) await requireComplete(deps, staff.unit, each);
  try {
    await directoryWith(deps, staff.unit, { epochs: fresh.map(({ record }) => record) });
  } catch (error) {
    if (!lacksSigner(error, first.epoch.envelope)) throw error;
    for (const each of fresh) await propose(deps, staff, each);
    return { state: 'pending', hash: first.epoch.hash };
  }
  return putInForce(deps, staff.id, staff.unit, {
    ...onlyStatements(fresh.map(({ epoch, record }) => epochRow(epoch, record))),
    wraps: fresh.flatMap(({ epoch, wraps }) =>
      wraps.map((wrap) => ({ ...wrap, unit: epoch.unit, epoch: epoch.n })),
    ),
    shares: fresh.flatMap(({ epoch, shares }) =>
      shares.map((share) => ({ ...share, unit: epoch.unit, epoch: epoch.n })),
    ),
  });
}

const epochRow = (epoch: ParsedEpoch, record: Uint8Array) =>
  statementRow('epoch', { ...epoch, version: epoch.n, person: '' }, record);

/** Those that are not accepted yet, which must continue the unit's chain number by number. Error `event_invalid`. */
async function notYetInForce(
  deps: Deps,
  unit: UnitId,
  coming: readonly Coming[],
): Promise<readonly Coming[]> {
  const known = await deps.store.directory.epochs(unit);
  const fresh = coming.filter(({ epoch }) => !known.some((row) => row.hash === epoch.hash));
  let last = known.at(-1);
  for (const { epoch, record } of fresh) {
    const joins = epoch.n === (last?.version ?? 0) + 1 && epoch.prev === (last?.hash ?? null);
    if (!joins) throw new AppError('event_invalid', { field: 'epochs.prev' });
    last = epochRow(epoch, record);
  }
  return fresh;
}

/** A run is signed as one: all with one signature, or all with both. */
function requireSameSigners(run: readonly Coming[]): void {
  const count = run[0]?.epoch.envelope.signatures.length ?? 0;
  if (count > 2 || run.some(({ epoch }) => epoch.envelope.signatures.length !== count))
    throw new AppError('epoch_signers', { field: 'epochs.record' });
}

/** Every reader of the unit must have a wrap, and nobody else; every recovery holder a share. */
async function requireComplete(deps: Deps, unit: UnitId, { wraps, shares, epoch }: Coming): Promise<void> {
  const readers = await readersOf(deps, unit);
  const wrapped = new Set(wraps.map(({ member }) => member));
  const proposed = epoch.envelope.signatures.length === 1;
  const strangers = [...wrapped].some((member) => !readers.has(member));
  const missing = [...readers.keys()].some((member) => !wrapped.has(member));
  // Between the two signatures somebody may have joined: a colleague wraps for them later.
  if (wrapped.size !== wraps.length || strangers || (proposed && missing) || wrapped.size < 2)
    throw new AppError('wrap_missing', { field: 'epochs.wraps' });
  const directory = await deps.store.directory.latest('directory');
  const holders =
    directory === null
      ? []
      : parseDirectory(deps.crypto, directory.record).recoveryHolders.map(({ id }) => id);
  const given = shares.map(({ holder }) => holder);
  if (given.length !== holders.length || !holders.every((id) => given.includes(id)))
    throw new AppError('share_invalid', { field: 'epochs.shares' });
}

/** Active members of a unit who read its tips. */
async function readersOf(deps: Deps, unit: UnitId) {
  const members = await activeMembersOf(deps, unit, deps.clock.now());
  return new Map([...members].filter(([, member]) => mayReadTips(member.roles)));
}

async function propose(deps: Deps, staff: StaffRow, { epoch, record, wraps, shares }: Coming): Promise<void> {
  requireFresh(deps, epoch.issued, 'epochs.issued');
  await keepPending(deps, {
    hash: epoch.hash,
    kind: 'epoch',
    unit: staff.unit,
    about: String(epoch.n),
    record,
    wraps,
    shares,
    by: staff.id,
    at: deps.clock.now(),
  });
}

/**
 * Takes epoch secrets that a colleague who can open them wrapped for members who lack them: who came later, or who have said that theirs
 * does not open. The service cannot see into a wrap; whoever opens it checks it against the signed epoch, and nobody can take away what a
 * colleague opens with. Errors: `member_unknown` (not an active reader of the unit), `epoch_unknown`, `forbidden` (the epoch is not wrapped
 * for the person who wraps it), `stale` (the member has a wrap that they did not report).
 */
export async function saveEpochWraps(
  deps: Deps,
  staff: StaffRow,
  wraps: readonly (MemberWrap & { readonly epoch: number })[],
): Promise<void> {
  await memberOf(deps, staff, deps.clock.now());
  const { unit } = staff;
  const readers = await readersOf(deps, unit);
  const known = new Set((await deps.store.directory.epochs(unit)).map((row) => row.version));
  const own = await openableEpochs(deps, staff);
  for (const { member, epoch } of wraps) {
    if (!readers.has(member)) throw new AppError('member_unknown', { field: 'wraps.member' });
    if (!known.has(epoch)) throw new AppError('epoch_unknown', { field: 'wraps.epoch' });
    if (!own.has(epoch)) throw new AppError('forbidden', { field: 'wraps.epoch' });
  }
  const restricted = { by: staff.id, wraps: wraps.map(({ epoch, member }) => ({ epoch, member })) };
  const act = unitEvent(unit, 'epoch_wraps_saved', restricted);
  const rows = wraps.map((wrap) => ({ ...wrap, unit }));
  const result = await recorded(deps, act, (event) => deps.store.directory.putEpochWraps(event, rows));
  if (result === 'taken') throw new AppError('stale', { field: 'wraps' });
  deps.live.publish(unit, { kind: 'unit_changed' });
}

/** Epochs of their unit that a person can open, as far as the service knows: wrapped for them, and not reported by them. */
async function openableEpochs(deps: Deps, staff: StaffRow): Promise<ReadonlySet<number>> {
  const held = await deps.store.directory.epochWraps(staff.id);
  return new Set(held.filter(({ unit, broken }) => unit === staff.unit && !broken).map(({ epoch }) => epoch));
}

/**
 * A member says that wraps made for them do not open the signed epochs: from then on a colleague may make others. Whose they were, the
 * unit's events tell. Error `epoch_unknown`: one of them was never wrapped for this person, or is reported already.
 */
export async function reportEpochWraps(
  deps: Deps,
  staff: StaffRow,
  epochs: readonly number[],
): Promise<void> {
  await memberOf(deps, staff, deps.clock.now());
  const { unit, id } = staff;
  const act = unitEvent(unit, 'epoch_wraps_reported', { by: id, epochs });
  const result = await recorded(deps, act, (event) =>
    deps.store.directory.reportEpochWraps(event, unit, id, epochs),
  );
  if (result === 'unknown') throw new AppError('epoch_unknown', { field: 'epochs' });
  deps.live.publish(unit, { kind: 'unit_changed' });
}
