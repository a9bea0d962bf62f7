import type { UnitId } from '../../../domain/ids.ts';
import type { SettlementRight } from '../../../domain/settlement.ts';

/** A right, and whose it is. */
export interface WireRight extends SettlementRight {
  readonly name: string;
}

/** Rights of my unit, and of the units right below it. */
export interface WireRights {
  readonly units: readonly { readonly code: UnitId; readonly nameVi: string; readonly nameEn: string }[];
  readonly below: readonly WireRight[];
  readonly own: readonly WireRight[];
}

/** Leaders of a unit right below. */
export interface WirePeople {
  readonly people: readonly { readonly staff: string; readonly name: string }[];
}
