import type { UnitId } from './ids.ts';
import type { Act } from './life-cycle-types.ts';

interface Placed {
  readonly code: UnitId;
  readonly kind: string;
  readonly parent: UnitId | null;
  readonly province: string;
}

/** The procuracy that an act tells or asks; null for an act that names none. */
export const procuracyIn = (act: Act): UnitId | null => {
  const names =
    act.step === 'receipt_noticed' || act.step === 'extension_proposed' || act.step === 'suspension_proposed';
  return names ? act.toUnit : null;
};

/** True when a unit is a procuracy that supervises another one: of its province, or the supreme one (BLTTHS 2015 Đ20, 159). */
export const supervises = (named: Placed, holder: Pick<Placed, 'code' | 'province'>): boolean =>
  named.kind === 'procuracy' &&
  named.code !== holder.code &&
  (named.parent === null || named.province === holder.province);
