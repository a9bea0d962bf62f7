import type { UnitId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SupervisedRow } from '../../ports/store/triage-store.ts';

/** Rows with the names of the units that hold them; each unit is looked up once. */
export async function withUnitNames(deps: Pick<Deps, 'store'>, rows: readonly SupervisedRow[]) {
  const codes = [...new Set(rows.map(({ unit }) => unit))];
  const units = await Promise.all(codes.map((code) => deps.store.directory.unit(code)));
  const names = new Map<UnitId, { readonly vi: string; readonly en: string }>(
    units.flatMap((unit) => (unit === null ? [] : [[unit.code, { vi: unit.nameVi, en: unit.nameEn }]])),
  );
  return rows.map((row) => ({ ...row, unitName: names.get(row.unit) ?? { vi: row.unit, en: row.unit } }));
}
