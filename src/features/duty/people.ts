import { dayNumber, dayOf, endOfDay, startOfDay } from '../../domain/calendar.ts';
import { AppError } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import { FOCAL_POINT_RANGE, type FocalDuty, holesIn } from '../../domain/focal.ts';
import type { Day, Seconds, StaffId } from '../../domain/ids.ts';
import { mayManageMembers } from '../../domain/roles.ts';
import { FOCAL_STAGES } from '../../domain/transition-types.ts';
import { activeMembersOf } from '../../http/kit/membership.ts';
import { recorded } from '../../http/kit/server-event.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';

/** Who answers in a person's unit, now and as planned; who is away; which stages nobody present answers for. */
export async function dutiesOf(deps: Deps, { unit }: StaffRow) {
  const now = deps.clock.now();
  const [home] = await deps.store.duty.duties([unit], now);
  if (home === undefined) throw new Error('a store answers for every unit that it is asked for');
  return { duties: home.duties, absences: home.absences, holes: holesIn(home, FOCAL_STAGES, now) };
}

/**
 * The first second of a day that has not passed; this very moment for today. Errors: `absence_period`, with the field, for a day that has
 * passed or lies more than a year ahead.
 */
const beginning = (day: Day, now: Seconds): Seconds => {
  const ahead = dayNumber(day) - dayNumber(dayOf(now));
  if (ahead < 0 || ahead > FOCAL_POINT_RANGE) throw new AppError('absence_period', { field: 'from' });
  return ahead === 0 ? now : startOfDay(day);
};

/**
 * Names somebody for a stage, from now on or from a day to come. Errors: `member_unknown` for whoever does not work in the unit,
 * `focal_same` when they have the other rank of the stage, `absence_period` for the day.
 */
export async function nameFocalPoint(
  deps: Deps,
  { id: by, unit }: StaffRow,
  named: Pick<FocalDuty, 'stage' | 'rank' | 'staff'> & { readonly from?: Day | undefined },
): Promise<void> {
  const now = deps.clock.now();
  const { stage, staff, rank } = named;
  const from = named.from === undefined ? now : beginning(named.from, now);
  if (!(await activeMembersOf(deps, unit, now)).has(staff))
    throw new AppError('member_unknown', { field: 'staff' });
  const act = unitEvent(unit, 'focal_point_set', { by, stage, staff, rank, from });
  const duty = { stage, staff, rank, from, until: null };
  const result = await recorded(deps, act, (event) => deps.store.duty.setFocalPoint(event, unit, duty));
  if (result === 'focal_same') throw new AppError('focal_same', { field: 'staff' });
  deps.live.publish(unit, { kind: 'unit_changed' });
}

/** Whose absence somebody may write down: their own; a leader that of everybody in the unit. */
async function absentee(deps: Deps, viewer: StaffRow, staff: StaffId): Promise<StaffId> {
  if (staff === viewer.id) return staff;
  if (!mayManageMembers(rolesOf(viewer))) throw new AppError('forbidden', { field: 'staff' });
  const person = await deps.store.accounts.byId(staff);
  if (person === null || person.unit !== viewer.unit || person.status !== 'active')
    throw new AppError('member_unknown', { field: 'staff' });
  return staff;
}

/**
 * Writes down that somebody is away, for whole days: whoever stands in answers meanwhile. Errors: `forbidden` and `member_unknown` for
 * another person, `absence_period` (field `from` or `until`), `absence_overlaps`.
 */
export async function setAbsence(
  deps: Deps,
  viewer: StaffRow,
  asked: { readonly staff?: StaffId | undefined; readonly from: Day; readonly until: Day | null },
): Promise<void> {
  const staff = await absentee(deps, viewer, asked.staff ?? viewer.id);
  const from = beginning(asked.from, deps.clock.now());
  const until = asked.until === null ? null : ((endOfDay(asked.until) + 1) as Seconds);
  const long = asked.until === null ? 0 : dayNumber(asked.until) - dayNumber(asked.from);
  if (long < 0 || long > FOCAL_POINT_RANGE) throw new AppError('absence_period', { field: 'until' });
  const act = unitEvent(viewer.unit, 'absence_set', { by: viewer.id, staff, from, until });
  const result = await recorded(deps, act, (event) =>
    deps.store.duty.setAbsence(event, viewer.unit, { staff, from, until }),
  );
  if (result === 'overlaps') throw new AppError('absence_overlaps', { field: 'from' });
  deps.live.publish(viewer.unit, { kind: 'unit_changed' });
}

/** Ends an absence at this moment, or before it begins. Errors: `forbidden`, `member_unknown`, `not_found`. */
export async function endAbsence(
  deps: Deps,
  viewer: StaffRow,
  absence: { readonly staff: StaffId; readonly from: number },
): Promise<void> {
  const staff = await absentee(deps, viewer, absence.staff);
  const from = absence.from as Seconds;
  const act = unitEvent(viewer.unit, 'absence_ended', { by: viewer.id, staff, from });
  const result = await recorded(deps, act, (event) =>
    deps.store.duty.endAbsence(event, { unit: viewer.unit, staff, from }, deps.clock.now()),
  );
  if (result === 'unknown') throw new AppError('not_found', { field: 'from' });
  deps.live.publish(viewer.unit, { kind: 'unit_changed' });
}
