import { AppError } from '../../domain/errors.ts';
import { directoryEvent } from '../../domain/events/index.ts';
import type { Hash, UnitId } from '../../domain/ids.ts';
import { holdsAny, LEADER_ROLES } from '../../domain/roles.ts';
import type { SettlementRight, SettlementRule } from '../../domain/settlement.ts';
import { activeMembersOf, memberOf } from '../../http/kit/membership.ts';
import { recorded } from '../../http/kit/server-event.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import { requireSignature } from '../../http/kit/two-people.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';
import { type Assignment, parseAssignment, rightOf } from '../../protocol/assignment.ts';
import { fromUtf8 } from '../../protocol/bytes.ts';
import { ProtocolError } from '../../protocol/errors.ts';

/** Units right below a unit whose settling hangs on an assignment. */
async function unitsBelow(
  deps: Pick<Deps, 'store'>,
  unit: UnitId,
  rules: readonly SettlementRule[],
): Promise<readonly UnitRow[]> {
  const kinds = new Set<string>(rules.flatMap(({ unitKinds }) => unitKinds));
  return (await deps.store.directory.units(null)).filter(
    ({ parent, kind }) => parent === unit && kinds.has(kind),
  );
}

/** Rights that a leader may give, by unit right below, and those that their own unit was given. */
export async function rightsSeenBy(deps: Deps, staff: StaffRow, rules: readonly SettlementRule[]) {
  const units = await unitsBelow(deps, staff.unit, rules);
  const [below, own] = await Promise.all([
    deps.store.rights.rights(units.map(({ code }) => code)),
    deps.store.rights.rights([staff.unit]),
  ]);
  return {
    units: units.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn })),
    below,
    own,
  };
}

/** Leaders of a unit right below, to whom the right to settle can be given. Error `right_unit`. */
export async function leadersOf(
  deps: Deps,
  staff: StaffRow,
  unit: string,
): Promise<readonly { readonly staff: string; readonly name: string }[]> {
  const row = await deps.store.directory.unit(unit as UnitId);
  if (row === null || row.parent !== staff.unit) throw new AppError('right_unit', { field: 'unit' });
  const people = await deps.store.accounts.ofUnit(row.code);
  return people
    .filter((person) => person.status === 'active' && holdsAny(rolesOf(person), LEADER_ROLES))
    .map(({ id, displayName }) => ({ staff: id, name: displayName }));
}

/**
 * Takes an assignment that a leader of the unit directly above has signed. Errors: `event_invalid` (no such statement, of another instance or in
 * another's name), `event_signature`, `right_unit` (not directly above), `member_unknown` (no leader of the unit), `right_period` (over already).
 */
export async function giveRight(deps: Deps, staff: StaffRow, record: Uint8Array): Promise<SettlementRight> {
  const now = deps.clock.now();
  const giver = await memberOf(deps, staff, now);
  const parsed = readAssignment(deps, record);
  const { assignment } = parsed;
  const { instance, by, byUnit } = assignment;
  if (instance !== deps.instance.id || by !== staff.id || byUnit !== staff.unit)
    throw new AppError('event_invalid', { field: 'record' });
  if (!holdsAny(giver.roles, LEADER_ROLES)) throw new AppError('forbidden');
  if (parsed.envelope.signatures.length !== 1) throw new AppError('event_invalid', { field: 'record' });
  await requireSignature(deps, parsed.envelope, giver.signKey);
  await requireFits(deps, staff, assignment);
  const right = rightOf(parsed);
  const act = directoryEvent('right_given', { by: staff.id, right: right.id, statement: fromUtf8(record) });
  await recorded(deps, act, (event) => deps.store.rights.giveRight(event, right, record));
  deps.live.publish(right.unit, { kind: 'unit_changed' });
  return right;
}

function readAssignment(deps: Pick<Deps, 'crypto'>, record: Uint8Array) {
  try {
    return parseAssignment(deps.crypto, record);
  } catch (error) {
    if (error instanceof ProtocolError) throw new AppError('event_invalid', { field: 'record' });
    throw error;
  }
}

async function requireFits(deps: Deps, staff: StaffRow, given: Assignment): Promise<void> {
  const now = deps.clock.now();
  const unit = await deps.store.directory.unit(given.unit);
  if (unit === null || unit.parent !== staff.unit) throw new AppError('right_unit', { field: 'unit' });
  const person = (await activeMembersOf(deps, given.unit, now)).get(given.person);
  if (person === undefined || !holdsAny(person.roles, LEADER_ROLES))
    throw new AppError('member_unknown', { field: 'person' });
  if (given.until !== null && given.until <= now) throw new AppError('right_period', { field: 'until' });
}

/** Ends an assignment from now on. Errors: `not_found`, `right_unit`. */
export async function endRight(deps: Deps, staff: StaffRow, id: Hash, unit: UnitId): Promise<void> {
  const row = await deps.store.directory.unit(unit);
  if (row === null || row.parent !== staff.unit) throw new AppError('right_unit', { field: 'unit' });
  const right = (await deps.store.rights.rights([unit])).find((one) => one.id === id);
  if (right === undefined) throw new AppError('not_found');
  const act = directoryEvent('right_ended', { by: staff.id, right: id });
  const result = await recorded(deps, act, (event) =>
    deps.store.rights.endRight(event, id, deps.clock.now()),
  );
  if (result === 'unknown') throw new AppError('not_found');
  deps.live.publish(unit, { kind: 'unit_changed' });
}
