import { AppError } from '../../domain/errors.ts';
import type { UnitId } from '../../domain/ids.ts';
import { ancestorsOf, maySeeRates } from '../../domain/roles.ts';
import { isKeptOut, type RouteTable, receivesTips, takesDiverted } from '../../domain/routing.ts';
import type { Role, UnitKind } from '../../domain/terms.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';
import { parseDirectory } from '../../protocol/directory.ts';

/** What decides whose figures a person sees, besides their role and unit. */
export interface ScopeBasis {
  readonly units: readonly UnitRow[];
  readonly routes: RouteTable;
  /** Accounts of the auditors of the whole instance: those whom the signed directory names. */
  readonly independent: readonly string[];
}

/**
 * The units whose figures, tips and events a person may see.
 *
 * An auditor whom the directory names sees every unit. Whoever else checks sees what their unit may see, for a tip about a unit must not
 * show there, not even as one more in a sum: an auditor of a unit to which tips are sent, or of police, and every head and deputy, see
 * their own unit and those below it; an auditor of a unit that only oversees (a People's Committee) sees its province but for the units
 * to which a tip about that unit itself is diverted. Error `forbidden` for everybody else.
 */
export function unitsInScope(
  staff: Pick<StaffRow, 'account' | 'unit' | 'roles'>,
  { units, routes, independent }: ScopeBasis,
): readonly UnitRow[] {
  const roles = staff.roles as readonly Role[];
  if (!maySeeRates(roles)) throw new AppError('forbidden');
  const home = units.find((unit) => unit.code === staff.unit);
  const audits = roles.includes('auditor');
  if (audits && independent.includes(staff.account)) return units;
  // Of units that go out with one's own, a tip that keeps one's own out can be in none.
  const isOpen = (unit: UnitRow): boolean =>
    unit.code === staff.unit || isKeptOut(unit.code, [staff.unit], routes);
  if (audits && home !== undefined && oversees(home, routes))
    return units.filter(
      (unit) => unit.province === home.province && (isOpen(unit) || !takesDiverted(unit.code, routes)),
    );
  const parents = new Map(units.map((unit) => [unit.code, unit.parent]));
  const parentOf = (unit: UnitId): UnitId | null => parents.get(unit) ?? null;
  return units.filter(
    (unit) =>
      unit.code === staff.unit ||
      (ancestorsOf(unit.code, parentOf).includes(staff.unit) &&
        (isOpen(unit) || !receivesTips(unit.code, routes))),
  );
}

/** The units whose figures, tips and events a signed-in person may see now. Error `forbidden`. */
export async function scopeOf(
  deps: Pick<Deps, 'crypto'> & { readonly store: Pick<Deps['store'], 'directory'> },
  routes: RouteTable,
  staff: Pick<StaffRow, 'account' | 'unit' | 'roles'>,
): Promise<readonly UnitRow[]> {
  const [units, directory] = await Promise.all([
    deps.store.directory.units(null),
    deps.store.directory.latest('directory'),
  ]);
  const named = directory === null ? [] : parseDirectory(deps.crypto, directory.record).auditors;
  return unitsInScope(staff, { units, routes, independent: named.map(({ id }) => id) });
}

/** Kinds that only oversee others: no tip is theirs to handle. */
const OVERSEEING: readonly UnitKind[] = ['peoples_committee', 'fatherland_front'];

/** A unit of a province that only oversees; not where an instance's routes send tips to it. */
const oversees = (unit: UnitRow, routes: RouteTable): boolean =>
  isProvince(unit.province) &&
  OVERSEEING.some((kind) => kind === unit.kind) &&
  !receivesTips(unit.code, routes);

/** GSO codes of provinces are two digits; the units of the ministry carry none. */
const isProvince = (code: string): boolean => /^\d{2}$/.test(code);

/** One unit of the scope, or all of it. Error `unit_unknown` for a unit outside. */
export function chosenUnits(scope: readonly UnitRow[], unit: string | undefined): readonly UnitRow[] {
  if (unit === undefined || unit === '') return scope;
  const chosen = scope.filter((candidate) => candidate.code === unit);
  if (chosen.length === 0) throw new AppError('unit_unknown', { field: 'unit' });
  return chosen;
}
