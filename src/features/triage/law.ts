import { parseConduct } from '../../domain/conduct.ts';
import { type LawOfSteps, readLawOfSteps } from '../../domain/law.ts';
import type { DecideContext } from '../../domain/life-cycle.ts';
import type { ReferenceData } from '../../ports/deps.ts';

/** The data by which steps are decided, parsed once. */
export type Law = LawOfSteps & Required<Pick<DecideContext, 'knownConducts'>>;

/** Throws `DataError` naming the entry when a file under `db/data` is wrong. */
export const readLaw = (data: ReferenceData): Law => ({
  ...readLawOfSteps((name) => data.get(name)),
  knownConducts: new Set(parseConduct(data.get('conduct')).conducts.map((conduct) => conduct.id)),
});
