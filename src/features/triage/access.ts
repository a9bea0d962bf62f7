import { AppError } from '../../domain/errors.ts';
import { isTipId, type Seconds, type TipId, type UnitId } from '../../domain/ids.ts';
import { isUrgentTip } from '../../domain/priority.ts';
import { ancestorsOf, holdsAny, LEADER_ROLES, OUTSIDE_ROLES } from '../../domain/roles.ts';
import { diverterOf, parseRoutes } from '../../domain/routing.ts';
import type { Role, Stage } from '../../domain/terms.ts';
import { APART_OUTCOMES } from '../../domain/transitions.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { kindIfKnown } from './kind-of.ts';

/**
 * Why a person's unit may see a tip: it holds it, a transfer offers it, it stands over the holder and is called upon (or over the one that does
 * not acknowledge a transfer, and was told so), it is the procuracy that was told of it, or the routes send tips about the holder to it. The last three see facts, steps and grounds, never the words, and cannot
 * write to the citizen.
 */
export type Access = 'holder' | 'offered' | 'over' | 'supervising' | 'diverting';

/** True for those who see no content. */
export const seesNoContent = (access: Access): boolean => access !== 'holder' && access !== 'offered';

export interface SeenTip {
  readonly detail: TipDetail;
  readonly access: Access;
  /** Units above the holder in its own tree, nearest first. */
  readonly above: readonly UnitId[];
}

/**
 * A tip as far as this person may see it. Error `tip_unknown`, the very same for a tip that does not exist and for one that another
 * unit holds: nobody learns of it by asking.
 */
export async function tipFor(deps: Deps, staff: StaffRow, id: string): Promise<SeenTip> {
  const detail = isTipId(id) ? await deps.store.triage.tip(id) : null;
  if (detail === null) throw new AppError('tip_unknown');
  const { state } = detail;
  const above = await unitsAbove(deps, state.unit);
  if (state.unit === staff.unit) return { detail, access: 'holder', above };
  if (state.transferTo === staff.unit) return { detail, access: 'offered', above };
  if (state.supervisor === staff.unit && holdsAny(rolesOf(staff), SUPERVISING))
    return { detail, access: 'supervising', above };
  const over = above.includes(staff.unit) && holdsAny(rolesOf(staff), OUTSIDE_ROLES);
  const leads = leadsUnit(staff);
  if (over && (callsForAbove(detail, deps.clock.now()) !== null || (leads && mayBeTakenUp(detail))))
    return { detail, access: 'over', above };
  if (leads && (await deps.store.marks.isToldTo(staff.unit, detail.tip)))
    return { detail, access: 'over', above };
  if (await mayDivert(deps, staff, detail)) return { detail, access: 'diverting', above };
  throw new AppError('tip_unknown');
}

/**
 * Whether somebody may take a tip away from its holder because of a conflict of interest: who decides in a unit to which the routes send
 * tips about the holder, while the tip is open.
 */
async function mayDivert(deps: Deps, staff: StaffRow, { state }: TipDetail): Promise<boolean> {
  if (ENDED.includes(state.stage) || !holdsAny(rolesOf(staff), OUTSIDE_ROLES)) return false;
  const kind = await kindIfKnown(deps, state.unit);
  const holder = kind === null ? null : { code: state.unit, kind };
  return holder !== null && diverterOf(holder, parseRoutes(deps.data.get('routes'))) === staff.unit;
}

/** Those to whom the end of a clock of another unit's tip is told: leaders see what was. */
export const leadsUnit = (staff: StaffRow): boolean => holdsAny(rolesOf(staff), LEADER_ROLES);

/** Who of a procuracy looks at what it was told of. */
const SUPERVISING: readonly Role[] = ['prosecutor', ...LEADER_ROLES];

/**
 * What calls a unit above to a tip that it does not hold: a proposal of spam or unreadable that needs somebody from outside, an urgent
 * tip that nobody took up, a transfer that nobody acknowledged in time. Null when nothing does.
 */
export function callsForAbove(
  tip: Pick<TipDetail, 'state'>,
  now: Seconds,
): 'decision' | 'urgent' | 'transfer' | null {
  const { pending, stage, overlay, clocks } = tip.state;
  if (pending?.kind === 'resolution' && APART_OUTCOMES.includes(pending.outcome)) return 'decision';
  if (isUrgentTip(tip.state) && stage === 'submitted') return 'urgent';
  const waiting = clocks.find((clock) => clock.clock === 'transfer_ack' && clock.stopped === null);
  return overlay === 'transfer_sent' && waiting !== undefined && now > waiting.due ? 'transfer' : null;
}

const ENDED: readonly Stage[] = ['resolved', 'notified', 'archived'];

/** What leaders above may order to be taken up again: a tip that ended, one that is suspended. Nobody calls them to it. */
const mayBeTakenUp = ({ state }: TipDetail): boolean =>
  ENDED.includes(state.stage) || state.overlay === 'suspended';

/** Units above a unit, nearest first. */
async function unitsAbove(deps: Pick<Deps, 'store'>, unit: UnitId): Promise<readonly UnitId[]> {
  const parents = new Map<UnitId, UnitId | null>();
  let next: UnitId | null = unit;
  while (next !== null && !parents.has(next)) {
    const parent: UnitId | null = (await deps.store.directory.unit(next))?.parent ?? null;
    parents.set(next, parent);
    next = parent;
  }
  return ancestorsOf(unit, (code) => parents.get(code) ?? null);
}

/** Units of which this one is above, at any depth. */
export async function unitsBelow(deps: Pick<Deps, 'store'>, unit: UnitId): Promise<readonly UnitId[]> {
  const all = await deps.store.directory.units(null);
  const parents = new Map(all.map((row) => [row.code, row.parent]));
  return all
    .filter((row) => ancestorsOf(row.code, (code) => parents.get(code) ?? null).includes(unit))
    .map((row) => row.code);
}

/** The tip of a live event's subject `tip:<id>`, or null. */
export const tipOfSubject = (subject: string): TipId | null => {
  const id = subject.startsWith('tip:') ? subject.slice(4) : '';
  return isTipId(id) ? id : null;
};
