import { DataValue } from './data-error.ts';
import { CONDUCT_GROUPS, type ConductGroup, PRIORITIES, type Priority } from './terms.ts';

/** One kind of conduct as `db/data/conduct.json` has it. */
export interface Conduct {
  readonly id: string;
  readonly group: ConductGroup;
  /** In a citizen's own words. */
  readonly vi: string;
  readonly en: string;
  /** As the law calls it. */
  readonly officialVi: string;
  readonly officialEn: string;
  /** Articles, as they are cited. */
  readonly basis: string;
  readonly priority: Priority;
  /** True when the person described may themselves need help: the form and the console then offer a referral. */
  readonly supportOffer: boolean;
  /** False when the citizen's form does not offer it (an officer may still classify so). */
  readonly onForm: boolean;
}

/** A coarse group: all that the server knows before an officer classifies. */
export interface ConductGroupEntry {
  readonly id: ConductGroup;
  readonly vi: string;
  readonly en: string;
  /** The priority of a tip of this group until it is classified: the highest that is usual in it. */
  readonly priority: Priority;
}

export interface ConductTable {
  readonly groups: readonly ConductGroupEntry[];
  readonly conducts: readonly Conduct[];
}

/**
 * Reads the parsed `db/data/conduct.json`. Throws `DataError` naming the entry: malformed, an id used twice, a group without an entry.
 */
export const parseConduct = (json: unknown): ConductTable => {
  const root = new DataValue('conduct', json);
  const groups = root
    .at('groups')
    .items()
    .map((entry) => ({
      id: entry.at('id').oneOf(CONDUCT_GROUPS),
      vi: entry.at('vi').text(),
      en: entry.at('en').text(),
      priority: entry.at('priority').oneOf(PRIORITIES),
    }));
  for (const id of CONDUCT_GROUPS)
    if (groups.filter((group) => group.id === id).length !== 1)
      root.at('groups').fail(`must name ${id} once`);
  const seen = new Set<string>();
  const conducts = root
    .at('conducts')
    .items()
    .map((entry) => {
      const id = entry.at('id').text();
      if (!/^[a-z][a-z0-9_]{1,39}$/.test(id)) entry.at('id').fail('must be 2–40 of a–z, 0–9 and _');
      if (seen.has(id)) entry.at('id').fail(`is used twice: ${id}`);
      seen.add(id);
      return {
        id,
        group: entry.at('group').oneOf(CONDUCT_GROUPS),
        vi: entry.at('vi').text(),
        en: entry.at('en').text(),
        officialVi: entry.at('officialVi').text(),
        officialEn: entry.at('officialEn').text(),
        basis: entry.at('basis').text(),
        priority: entry.at('priority').oneOf(PRIORITIES),
        supportOffer: entry.at('supportOffer').yesNo(),
        onForm: entry.at('onForm').yesNo(),
      };
    });
  return { groups, conducts };
};

/** The entry of a conduct, or null for an id that the table does not have. */
export const conductById = (table: ConductTable, id: string): Conduct | null =>
  table.conducts.find((conduct) => conduct.id === id) ?? null;

/** The ids of the table, as `decide` wants them. */
export const conductIds = (table: ConductTable): ReadonlySet<string> =>
  new Set(table.conducts.map((conduct) => conduct.id));

/** The coarse group that a conduct tells the server; `other` for an unknown id. */
export const groupOf = (table: ConductTable, id: string): ConductGroup =>
  conductById(table, id)?.group ?? 'other';
