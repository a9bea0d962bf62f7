import type { Population } from '../../../domain/rates.ts';

/**
 * SQL of `counts` (domain/rates.ts) over a row's `legal_kind` and `conduct`, null or empty where nobody classified: what is not
 * classified yet, or out of scope by one person's word, is counted by every plan.
 */
export const populationSql = (alias: string): string =>
  `(@kinds IS NULL OR ifnull(${alias}.legal_kind, '') IN ('', 'out_of_scope')
    OR (${alias}.legal_kind IN (SELECT value FROM json_each(@kinds))
        AND (@conducts IS NULL OR ifnull(${alias}.conduct, '') = ''
             OR ${alias}.conduct IN (SELECT value FROM json_each(@conducts)))))`;

/** Values that `populationSql` names. */
export function populationValues(population: Population | null): {
  kinds: string | null;
  conducts: string | null;
} {
  const conducts = population?.countedConduct ?? null;
  return {
    kinds: population === null ? null : JSON.stringify(population.countedKinds),
    conducts: conducts === null ? null : JSON.stringify(conducts),
  };
}
