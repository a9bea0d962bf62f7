import { AppError } from '../../domain/errors.ts';
import type { TipId, UnitId } from '../../domain/ids.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { mayMergeInto } from '../../domain/merging.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { seesNoContent, tipFor } from './access.ts';

/**
 * Checks the tip that a duplicate names, when it is proposed and again when it is approved: another one, which the person's unit holds or
 * is offered, and which is still counted itself. Error `merge_target`.
 */
export async function checkMerge(
  deps: Deps,
  staff: StaffRow,
  { tip, state }: TipDetail,
  act: Act,
): Promise<void> {
  const into = targetOf(act, state.pending?.kind === 'resolution' ? state.pending.mergedInto : null);
  if (into === null) return;
  const refused = new AppError('merge_target', { field: 'act.mergedInto' });
  const seen = await tipFor(deps, staff, into).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'tip_unknown') throw refused;
    throw error;
  });
  const { outcome, legalKind } = seen.detail.state;
  if (seesNoContent(seen.access) || !mayMergeInto(tip, { tip: into, outcome, legalKind })) throw refused;
}

const targetOf = (act: Act, pending: TipId | null): TipId | null => {
  if (act.step === 'resolution_proposed') return act.mergedInto ?? null;
  return act.step === 'resolved' ? pending : null;
};

/**
 * The tip that has this number in the register of a unit, their own where none is named, as far as the person may see it. Error
 * `tip_unknown`.
 */
export async function tipByNumber(
  deps: Deps,
  staff: StaffRow,
  { unit, year, number }: { readonly unit?: UnitId; readonly year: number; readonly number: number },
) {
  const found = await deps.store.triage.registered(unit ?? staff.unit, year, number);
  if (found === null) throw new AppError('tip_unknown');
  const { detail } = await tipFor(deps, staff, found);
  const { tip, registerNumber, t0, stage, outcome } = detail;
  return { tip, registerNumber, t0, stage, outcome };
}
