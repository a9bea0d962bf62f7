import { DataValue } from './data-error.ts';
import { isUnitId, type UnitId } from './ids.ts';

/** Who is said to be involved; the form's answers. `none` also stands for "I do not know". */
export const INVOLVED = [
  'none',
  'commune_police_officer',
  'commune_police_head',
  'commune_police',
  'provincial_department',
  'provincial_department_head',
  'provincial_director',
  'provincial_police',
  'investigator',
  'commune_official',
  'other_official',
] as const;
export type Involved = (typeof INVOLVED)[number];

/**
 * Conflict routes as data (`db/data/routes.json`). Every unit is a pattern in which `{province}` and `{commune}` stand for codes;
 * each list is tried from its first entry on, then `lastResort`.
 */
export interface RouteTable {
  readonly version: string;
  /** Where a tip goes when a commune is known and when it is not. */
  readonly ordinary: { readonly commune: readonly string[]; readonly province: readonly string[] };
  readonly involved: Readonly<Record<Exclude<Involved, 'none'>, readonly string[]>>;
  /** A request for help never goes to police. */
  readonly support: readonly string[];
  readonly lastResort: readonly string[];
  /** A unit that is excluded takes these with it: what belongs to it or answers to it. */
  readonly excludesAlso: Readonly<Record<string, readonly string[]>>;
}

export interface RouteRequest {
  readonly province: string;
  /** Code of the commune; null for "I do not know". */
  readonly commune: string | null;
  readonly involved: Involved;
  /** Units that the citizen wants kept out. */
  readonly excluded: readonly UnitId[];
  /** True for "I need help". */
  readonly support?: boolean;
}

export interface Route {
  readonly unit: UnitId;
  /** True when the tip does not go where an ordinary one from the same place would. */
  readonly diverted: boolean;
}

type Place = Pick<RouteRequest, 'province' | 'commune'>;

/** A pattern with its codes filled in; null when it needs a commune and none is known. */
const fill = (pattern: string, place: Place): UnitId | null => {
  if (pattern.includes('{commune}') && place.commune === null) return null;
  const code = pattern.replace('{province}', place.province).replace('{commune}', place.commune ?? '');
  return isUnitId(code) ? code : null;
};

const fillAll = (patterns: readonly string[], place: Place): UnitId[] =>
  patterns.flatMap((pattern) => fill(pattern, place) ?? []);

/** Every unit that the exclusions keep out, with what belongs to them: none of these may hold a key to the tip. */
export const keptOut = (request: Omit<RouteRequest, 'involved'>, table: RouteTable): ReadonlySet<UnitId> => {
  const out = new Set<UnitId>(request.excluded);
  for (const [pattern, others] of Object.entries(table.excludesAlso)) {
    const unit = fill(pattern, request);
    if (unit !== null && out.has(unit)) for (const other of fillAll(others, request)) out.add(other);
  }
  return out;
};

/**
 * The units that may receive the tip, best first, none of them kept out, none twice. A browser takes the first; when that unit has no
 * live epoch and its parent is kept out, it takes the next. Empty only when the citizen excluded every unit there is.
 */
export const routeCandidates = (request: RouteRequest, table: RouteTable): UnitId[] => {
  const out = keptOut(request, table);
  const patterns =
    request.support === true
      ? table.support
      : [
          ...(request.involved === 'none' ? ordinary(request, table) : table.involved[request.involved]),
          ...table.lastResort,
        ];
  return [...new Set(fillAll(patterns, request))].filter((unit) => !out.has(unit));
};

/**
 * Where a tip goes (NĐ 22/2019 Đ5, Luật Tố cáo Đ12, BLTTHS Đ481, 163.3; the safer way where the law names the accused's own superior).
 * Runs in the browser before anything is sent. Null only when the citizen excluded every unit there is.
 */
export const routeFor = (request: RouteRequest, table: RouteTable): Route | null => {
  const unit = routeCandidates(request, table)[0];
  if (unit === undefined) return null;
  const usual = fillAll(request.support === true ? table.support : ordinary(request, table), request)[0];
  return { unit, diverted: unit !== usual };
};

const ordinary = (request: RouteRequest, table: RouteTable): readonly string[] =>
  request.commune === null ? table.ordinary.province : table.ordinary.commune;

const PATTERN = /^(?:[a-z0-9-]|\{province\}|\{commune\})+$/;

const readPatterns = (entry: DataValue): string[] => {
  const patterns = entry.items().map((item) => {
    const text = item.text();
    return PATTERN.test(text) ? text : item.fail('must be a unit code with {province} and {commune}');
  });
  return patterns.length === 0 ? entry.fail('must not be empty') : patterns;
};

/** Reads the parsed `db/data/routes.json`. Throws `DataError` naming the entry. */
export const parseRoutes = (json: unknown): RouteTable => {
  const root = new DataValue('routes', json);
  const involved = root.at('involved');
  const excludesAlso = root.at('excludesAlso').members();
  return {
    version: root.at('version').text(),
    ordinary: {
      commune: readPatterns(root.at('ordinary').at('commune')),
      province: readPatterns(root.at('ordinary').at('province')),
    },
    involved: {
      commune_police_officer: readPatterns(involved.at('commune_police_officer')),
      commune_police_head: readPatterns(involved.at('commune_police_head')),
      commune_police: readPatterns(involved.at('commune_police')),
      provincial_department: readPatterns(involved.at('provincial_department')),
      provincial_department_head: readPatterns(involved.at('provincial_department_head')),
      provincial_director: readPatterns(involved.at('provincial_director')),
      provincial_police: readPatterns(involved.at('provincial_police')),
      investigator: readPatterns(involved.at('investigator')),
      commune_official: readPatterns(involved.at('commune_official')),
      other_official: readPatterns(involved.at('other_official')),
    },
    support: readPatterns(root.at('support')),
    lastResort: readPatterns(root.at('lastResort')),
    excludesAlso: Object.fromEntries(excludesAlso.map(([name, entry]) => [name, readPatterns(entry)])),
  };
};
