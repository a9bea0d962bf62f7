import { DataValue } from './data-error.ts';
import { isUnitId, type UnitId } from './ids.ts';
import type { UnitKind } from './terms.ts';

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
  /**
   * A unit that is excluded takes these with it: what belongs to it, and whatever it stands over, because leaders see the figures and the
   * urgent tips of the units below them. A code that the key does not name stands for any.
   */
  readonly excludesAlso: Readonly<Record<string, readonly string[]>>;
}

export interface RouteRequest {
  readonly province: string;
  /** Code of the commune; null for "I do not know". */
  readonly commune: string | null;
  readonly involved: Involved;
  /** The unit of whoever is involved, where it is known: its own province's bodies decide about it. */
  readonly accused?: UnitId | null;
  /** Units that must be kept out: those that the citizen wants, and the accused one. */
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

/** The codes by which a unit fits a pattern, or null when it does not. */
const codesIn = (pattern: string, unit: string): Place | null => {
  const form = pattern
    .replace('{province}', '(?<province>\\d{2})')
    .replace('{commune}', '(?<commune>\\d{5})');
  const found = new RegExp(`^${form}$`).exec(unit);
  return found === null
    ? null
    : { province: found.groups?.province ?? '', commune: found.groups?.commune ?? null };
};

/** True for a unit that the exclusions keep out, itself or with one that it belongs to: it may hold no key to the tip. */
export const isKeptOut = (
  unit: string,
  excluded: readonly string[],
  table: Pick<RouteTable, 'excludesAlso'>,
): boolean => {
  const seen = new Set<string>();
  const out = (one: string): boolean => {
    if (excluded.includes(one)) return true;
    if (seen.has(one)) return false;
    seen.add(one);
    return Object.entries(table.excludesAlso).some(([key, others]) =>
      others.some((pattern) => {
        const codes = codesIn(pattern, one);
        const above = codes === null ? null : fill(key, codes);
        return above !== null && out(above);
      }),
    );
  };
  return out(unit);
};

/** Units that could get a tip around a conflict: where the table sends those about officials, and where it sends what finds no other. */
export const takesDiverted = (unit: string, table: Pick<RouteTable, 'involved' | 'lastResort'>): boolean =>
  fitsAny(unit, [...Object.values(table.involved).flat(), ...table.lastResort]);

/** Who stands for a unit of a kind among those that a citizen can say are involved; a kind that is missing has nobody to divert from it. */
const INVOLVED_OF: Partial<Record<UnitKind, Exclude<Involved, 'none'>>> = {
  commune_police: 'commune_police',
  provincial_police: 'provincial_police',
  inspectorate: 'provincial_police',
  peoples_committee: 'other_official',
  provincial_inspectorate: 'other_official',
  health_department: 'other_official',
  culture_social_office: 'other_official',
  fatherland_front: 'other_official',
  social_support: 'other_official',
};

/**
 * The unit that may take a tip away from its holder because of a conflict of interest: the first to which the table sends tips about a unit
 * of its kind and place and which does not belong to it. Null when there is none.
 */
export const diverterOf = (
  holder: { readonly code: UnitId; readonly kind: UnitKind },
  table: Pick<RouteTable, 'involved' | 'excludesAlso'>,
): UnitId | null => {
  const involved = INVOLVED_OF[holder.kind];
  const [, province, commune] = /^(\d{2})(?:-(\d{5}))?-/.exec(holder.code) ?? [];
  if (involved === undefined || province === undefined) return null;
  const units = fillAll(table.involved[involved], { province, commune: commune ?? null });
  return units.find((unit) => unit !== holder.code && !isKeptOut(unit, [holder.code], table)) ?? null;
};

/** True for a unit that may be given a tip that another one must not hold: the table sends such tips there, and it does not belong to that one. */
export const mayBeDivertedTo = (
  unit: UnitId,
  holder: UnitId,
  table: Pick<RouteTable, 'involved' | 'lastResort' | 'excludesAlso'>,
): boolean => unit !== holder && takesDiverted(unit, table) && !isKeptOut(unit, [holder], table);

/** True for a unit to which the table sends tips of any sort. */
export const receivesTips = (
  unit: string,
  table: Pick<RouteTable, 'ordinary' | 'involved' | 'support' | 'lastResort'>,
): boolean =>
  takesDiverted(unit, table) ||
  fitsAny(unit, [...table.ordinary.commune, ...table.ordinary.province, ...table.support]);

const fitsAny = (unit: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => codesIn(pattern, unit) !== null);

/** The units kept out among those that the table knows for this place, and the excluded ones themselves. */
export const keptOut = (request: Omit<RouteRequest, 'involved'>, table: RouteTable): ReadonlySet<UnitId> => {
  const { commune, province } = table.ordinary;
  const patterns = [
    ...[commune, province, table.support, table.lastResort, ...Object.values(table.involved)].flat(),
    ...Object.entries(table.excludesAlso).flatMap(([key, others]) => [key, ...others]),
  ];
  const known = fillAll(patterns, request).filter((unit) => isKeptOut(unit, request.excluded, table));
  return new Set([...request.excluded, ...known]);
};

/**
 * The units that may receive the tip, best first, none of them kept out, none twice. A browser takes the first; when that unit has no
 * live epoch and its parent is kept out, it takes the next. Empty only when the citizen excluded every unit there is.
 */
export const routeCandidates = (request: RouteRequest, table: RouteTable): UnitId[] => {
  const { involved, excluded } = request;
  const first =
    request.support === true
      ? fillAll(table.support, request)
      : involved === 'none'
        ? fillAll(ordinary(request, table), request)
        : fillAll(table.involved[involved], { ...request, province: provinceOfAccused(request) });
  const last = request.support === true ? [] : fillAll(table.lastResort, request);
  return [...new Set([...first, ...last])].filter((unit) => !isKeptOut(unit, excluded, table));
};

/** Province of the accused unit; that of the place for a unit above the provinces and while no unit is named. */
const provinceOfAccused = ({ accused, province }: RouteRequest): string =>
  /^\d{2}(?=-)/.exec(accused ?? '')?.[0] ?? province;

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

/** What a unit takes with it; each names every code that the unit's own pattern names, so that one leads to the other. */
const readOthers = (key: string, entry: DataValue): string[] => {
  const codes = ['{province}', '{commune}'].filter((code) => key.includes(code));
  const others = readPatterns(entry);
  if (others.some((other) => codes.some((code) => !other.includes(code))))
    entry.fail(`must name ${codes.join(' and ')} as ${key} does`);
  return others;
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
    excludesAlso: Object.fromEntries(excludesAlso.map(([name, entry]) => [name, readOthers(name, entry)])),
  };
};
