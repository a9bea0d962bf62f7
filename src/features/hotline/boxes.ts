import { dayOf, isCalendarDay } from '../../domain/calendar.ts';
import { AppError } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import { hourOf, type Seconds } from '../../domain/ids.ts';
import { HANDLER_ROLES, holdsAny } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import { activeMembersOf, memberOf } from '../../http/kit/membership.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { BoxOpening } from '../../ports/store/hotline-store.ts';
import { type BoxStatement, parseBoxStatement } from '../../protocol/box-statement.ts';
import { equalBytes, toHex } from '../../protocol/bytes.ts';
import { type Dsse, type EnvelopeSignature, keyId, pae, parseDsse } from '../../protocol/dsse.ts';

const FIELD = 'statement';

/** True when the roles let a person empty a tip box together with somebody else: operators and whoever works on tips. */
export const mayOpenBoxes = (roles: readonly Role[]): boolean =>
  holdsAny(roles, ['operator', ...HANDLER_ROLES]);

/** Throws `event_signature` unless this key made this signature over the envelope. */
async function requireSigned(
  deps: Deps,
  envelope: Dsse,
  signature: EnvelopeSignature | undefined,
  signKey: Uint8Array,
): Promise<void> {
  const named = signature?.keyid === keyId(deps.crypto, signKey);
  const message = pae(envelope.payloadType, envelope.payload);
  if (!named || !(await deps.crypto.verify(signature.sig, message, signKey)))
    throw new AppError('event_signature', { field: FIELD });
}

/** Throws `event_invalid` unless the statement is of this instance and unit and speaks of a day that has begun. */
function requirePlace(deps: Deps, staff: StaffRow, { instance, unit, day }: BoxStatement): void {
  if (instance !== deps.instance.id || unit !== staff.unit)
    throw new AppError('event_invalid', { field: FIELD });
  if (!isCalendarDay(day) || day > dayOf(deps.clock.now()))
    throw new AppError('field_invalid', { field: 'day' });
}

/** The unit's opening of this id. Error `not_found`. */
async function openingOf(deps: Deps, staff: StaffRow, id: string): Promise<BoxOpening> {
  const found = (await deps.store.hotline.openings(staff.unit)).find((opening) => opening.id === id);
  if (found === undefined) throw new AppError('not_found');
  return found;
}

/**
 * Takes the first person's signed count of an emptied box; it counts for nothing until the second person has signed the same bytes. The
 * very same again is fine. Errors: `event_invalid`, `field_invalid` (`day`), `member_unknown` (the second person is no operator or
 * officer of the unit), `event_signature`, `stale` (another opening has this id).
 */
export async function proposeOpening(deps: Deps, staff: StaffRow, statement: Uint8Array): Promise<void> {
  const told = parseBoxStatement(statement);
  const { opening, box, day, letters, by } = told;
  requirePlace(deps, staff, told);
  if (by[0] !== staff.id) throw new AppError('event_invalid', { field: FIELD });
  const now = deps.clock.now();
  const second = (await activeMembersOf(deps, staff.unit, now)).get(by[1]);
  if (second === undefined || !mayOpenBoxes(second.roles))
    throw new AppError('member_unknown', { field: 'second' });
  const { signKey } = await memberOf(deps, staff, now);
  const envelope = parseDsse(statement);
  if (envelope.signatures.length !== 1) throw new AppError('event_signature', { field: FIELD });
  await requireSigned(deps, envelope, envelope.signatures[0], signKey);
  const act = unitEvent(staff.unit, 'box_proposed', { opening, letters, by });
  const result = await recorded(deps, act, (event) =>
    deps.store.hotline.proposeOpening(event, {
      ...{ id: opening, unit: staff.unit, box, day, count: letters, entered: 0, statement },
      ...{ pending: true, openedBy: staff.id },
    }),
  );
  if (result === 'proposed') return;
  const known = (await deps.store.hotline.openings(staff.unit)).find(({ id }) => id === opening);
  if (known === undefined || !equalBytes(known.statement, statement)) throw new AppError('stale');
}

/**
 * Takes the second person's signature over what the first one signed; from then on letters are counted off it. The very same again is fine.
 * Errors: `not_found`, `same_person`, `two_people` (somebody else is named), `event_invalid` (other bytes than the first person's),
 * `event_signature`, `stale` (confirmed already), `member_unknown`.
 */
export async function confirmOpening(
  deps: Deps,
  staff: StaffRow,
  request: { readonly id: string; readonly statement: Uint8Array },
): Promise<void> {
  const { id, statement } = request;
  const opening = await openingOf(deps, staff, id);
  if (!opening.pending) {
    if (equalBytes(opening.statement, statement)) return;
    throw new AppError('stale');
  }
  if (opening.openedBy === staff.id) throw new AppError('same_person');
  const { by, letters } = parseBoxStatement(opening.statement);
  if (by[1] !== staff.id) throw new AppError('two_people');
  const [before, after] = [parseDsse(opening.statement), parseDsse(statement)];
  const [first, second, ...more] = after.signatures;
  const same =
    after.payloadType === before.payloadType &&
    equalBytes(after.payload, before.payload) &&
    first?.keyid === before.signatures[0]?.keyid &&
    equalBytes(first?.sig ?? statement, before.signatures[0]?.sig ?? statement);
  if (!same || more.length > 0) throw new AppError('event_invalid', { field: FIELD });
  const { signKey } = await memberOf(deps, staff, deps.clock.now());
  await requireSigned(deps, after, second, signKey);
  const digest = toHex(deps.crypto.sha256(statement));
  const act = unitEvent(staff.unit, 'box_opened', { opening: id, letters, by, statement: digest });
  const result = await recorded(deps, act, (event) =>
    deps.store.hotline.confirmOpening(event, id, statement),
  );
  if (result === 'unknown') throw new AppError('stale');
}

/**
 * Counts one letter off an opening. The event names the opening, never the tip, and tells the hour alone: a finer time would lead from
 * letter to tip. Errors: `not_found` (also while the second signature is missing), `box_count` once all were entered.
 */
export async function letterEntered(deps: Deps, staff: StaffRow, id: string): Promise<void> {
  await openingOf(deps, staff, id);
  const hour = (hourOf(deps.clock.now()) * 3600) as Seconds;
  const act = unitEvent(staff.unit, 'letter_entered', { opening: id });
  const result = await recorded({ ...deps, clock: { now: () => hour } }, act, (event) =>
    deps.store.hotline.letterEntered(event, id),
  );
  if (result === 'unknown') throw new AppError('not_found');
  if (result === 'over') throw new AppError('box_count');
}
