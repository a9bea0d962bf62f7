import { type RawBuilder, sql } from 'kysely';
import type { Population } from '../../../domain/rates.ts';
import type { Names } from '../sql/builder.ts';

/** The lists of a population as JSON; null where there is no restriction. */
export interface PopulationValues {
  readonly kinds: string | null;
  readonly conducts: string | null;
}

/**
 * Condition of `counts` (domain/rates.ts) over `legal_kind` and `conduct` of the rows under the alias `c`, null or empty where nobody
 * classified: what is not classified yet, or out of scope by one person's word, is counted by every plan.
 */
export const ofPopulation = (p: Names<PopulationValues>): RawBuilder<boolean> =>
  sql`(${p('kinds')} is null or ifnull(c.legal_kind, '') in ('', 'out_of_scope')
    or (c.legal_kind in (select value from json_each(${p('kinds')}))
        and (${p('conducts')} is null or ifnull(c.conduct, '') = ''
             or c.conduct in (select value from json_each(${p('conducts')})))))`;

/** Values that `ofPopulation` names. */
export function populationValues(population: Population | null): PopulationValues {
  const conducts = population?.countedConduct ?? null;
  return {
    kinds: population === null ? null : JSON.stringify(population.countedKinds),
    conducts: conducts === null ? null : JSON.stringify(conducts),
  };
}
