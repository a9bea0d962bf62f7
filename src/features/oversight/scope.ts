import { AppError } from '../../domain/errors.ts';
import type { UnitId } from '../../domain/ids.ts';
import { ancestorsOf, maySeeRates } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';

/**
 * The units whose figures a person may see. An auditor sees the province that their unit belongs to, or every unit when it belongs to
 * none; a head or deputy sees their own unit and those below it in the tree. Error `forbidden` for everybody else.
 */
export function unitsInScope(staff: StaffRow, units: readonly UnitRow[]): readonly UnitRow[] {
  const roles = staff.roles as readonly Role[];
  if (!maySeeRates(roles)) throw new AppError('forbidden');
  const home = units.find((unit) => unit.code === staff.unit);
  if (roles.includes('auditor')) {
    const province = home?.province ?? '';
    return isProvince(province) ? units.filter((unit) => unit.province === province) : units;
  }
  const parents = new Map(units.map((unit) => [unit.code, unit.parent]));
  const parentOf = (unit: UnitId): UnitId | null => parents.get(unit) ?? null;
  return units.filter(
    (unit) => unit.code === staff.unit || ancestorsOf(unit.code, parentOf).includes(staff.unit),
  );
}

/** GSO codes of provinces are two digits; the units of the ministry carry none. */
const isProvince = (code: string): boolean => /^\d{2}$/.test(code);

/** One unit of the scope, or all of it. Error `unit_unknown` for a unit outside. */
export function chosenUnits(scope: readonly UnitRow[], unit: string | undefined): readonly UnitRow[] {
  if (unit === undefined || unit === '') return scope;
  const chosen = scope.filter((candidate) => candidate.code === unit);
  if (chosen.length === 0) throw new AppError('unit_unknown', { field: 'unit' });
  return chosen;
}
