import { parseConduct } from '../domain/conduct.ts';
import { type LawOfSteps, readLawOfSteps } from '../domain/law.ts';
import { type Plan, parsePlans } from '../domain/plans.ts';
import { parseRetention, type RetentionRule } from '../domain/retention.ts';
import type { LAW_FILES } from './law-hashes.ts';

/** Reference files that a verifier decides with: its own, never those of whom it checks. Parsed JSON of `db/data` by name. */
export type LawFiles = (name: (typeof LAW_FILES)[number]) => unknown;

/** What steps, and the end of what is kept, are decided by. */
export interface LawData extends LawOfSteps {
  readonly knownConducts: ReadonlySet<string>;
  readonly retention: readonly RetentionRule[];
}

/** Reads the reference files. Throws `DataError` naming the entry that is wrong. */
export const readLawData = (files: LawFiles): { readonly law: LawData; readonly plans: readonly Plan[] } => ({
  law: {
    ...readLawOfSteps(files),
    retention: parseRetention(files('retention')),
    knownConducts: new Set(parseConduct(files('conduct')).conducts.map(({ id }) => id)),
  },
  plans: parsePlans(files('plans')),
});
