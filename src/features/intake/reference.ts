import { type ConductTable, parseConduct } from '../../domain/conduct.ts';
import { type Province, parseProvinces } from '../../domain/places.ts';
import { parseRoutes, type RouteTable } from '../../domain/routing.ts';
import { parseUnits, type UnitRecord } from '../../domain/units.ts';
import type { Deps } from '../../ports/deps.ts';

/** The reference data that the form is made of, parsed once. */
export interface FormReference {
  /** Provinces that this instance serves, in its own order. */
  readonly provinces: readonly Province[];
  readonly conduct: ConductTable;
  readonly routes: RouteTable;
  /** Units above the provinces. */
  readonly upperUnits: readonly UnitRecord[];
}

/** Throws `DataError` naming the entry when a file under `db/data` is wrong, and `Error` for a province that does not exist. */
export function formReference(deps: Pick<Deps, 'data' | 'instance'>): FormReference {
  const all = parseProvinces(deps.data.get('provinces'));
  return {
    provinces: deps.instance.provinces.map((code) => {
      const province = all.find((one) => one.code === code);
      if (province === undefined) throw new Error(`reference data: there is no province ${code}`);
      return province;
    }),
    conduct: parseConduct(deps.data.get('conduct')),
    routes: parseRoutes(deps.data.get('routes')),
    upperUnits: parseUnits(deps.data.get('units/vn')),
  };
}
