import { brokenUnit, parseUnits, type UnitRecord } from '../domain/units.ts';
import type { ReferenceData } from '../ports/deps.ts';
import type { UnitRow } from '../ports/store/directory-store.ts';
import { InstanceError } from './instance-error.ts';

/** Units above the provinces have a file, and a shard, of their own. */
export const NATIONAL = 'vn';

/** Units of the given provinces with those above them, parents first. Throws InstanceError `unit_unknown` when a parent is missing. */
export function readUnits(data: ReferenceData, provinces: readonly string[]): UnitRecord[] {
  const all = [NATIONAL, ...provinces].flatMap((province) => parseUnits(data.get(`units/${province}`)));
  const broken = brokenUnit(all);
  if (broken !== null) {
    throw new InstanceError('unit_unknown', `The unit ${broken.code} has a parent that is not in the list.`);
  }
  return all;
}

/** A unit as the store keeps it. */
export const unitRow = (unit: UnitRecord): UnitRow => ({
  code: unit.code,
  parent: unit.parent,
  kind: unit.kind,
  nameVi: unit.nameVi,
  nameEn: unit.nameEn,
  province: unit.province,
  remote: false,
  from: unit.from,
  until: null,
});
