import { AppError } from '../../domain/errors.ts';
import type { UnitId } from '../../domain/ids.ts';
import { UNIT_KINDS, type UnitKind } from '../../domain/terms.ts';
import type { Deps } from '../../ports/deps.ts';

/** Kind of a unit of the directory, or null when it has none of this code. */
export async function kindIfKnown(deps: Pick<Deps, 'store'>, unit: UnitId): Promise<UnitKind | null> {
  const row = await deps.store.directory.unit(unit);
  return UNIT_KINDS.find((known) => known === row?.kind) ?? null;
}

/** As above. Error `unit_unknown`. */
export async function kindOf(deps: Pick<Deps, 'store'>, unit: UnitId): Promise<UnitKind> {
  const kind = await kindIfKnown(deps, unit);
  if (kind === null) throw new AppError('unit_unknown', { field: 'unit' });
  return kind;
}
