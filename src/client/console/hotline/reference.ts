import { type Conduct, type ConductTable, parseConduct } from '../../../domain/conduct.ts';
import {
  fold,
  type PlaceHit,
  type PlaceIndex,
  parsePlaces,
  parseProvinces,
  searchPlaces,
  wordsMatch,
} from '../../../domain/places.ts';
import { parseRoutes, type RouteTable } from '../../../domain/routing.ts';
import { parseUnits, type UnitRecord } from '../../../domain/units.ts';
import { getJson } from '../http.ts';
import { conductsFor, type Picked } from './call.ts';

/** What an operator's form is made of: the provinces served with their communes and units, conduct, and routes. */
export interface HotlineReference {
  readonly provinces: readonly Picked<string>[];
  readonly places: ReadonlyMap<string, PlaceIndex>;
  readonly units: readonly UnitRecord[];
  readonly conduct: ConductTable;
  readonly routes: RouteTable;
}

/** Fetches the tables of these provinces (codes). Throws `Problem` when one cannot be had. */
export const loadReference = async (codes: readonly string[]): Promise<HotlineReference> => {
  const [all, conduct, routes, upper, ...served] = await Promise.all([
    getJson('/data/provinces.json').then(parseProvinces),
    getJson('/data/conduct.json').then(parseConduct),
    getJson('/data/routes.json').then(parseRoutes),
    getJson('/data/units/vn.json').then(parseUnits),
    ...codes.map(async (code) => ({
      code,
      places: parsePlaces(await getJson(`/data/places/${code}.json`)),
      units: parseUnits(await getJson(`/data/units/${code}.json`)),
    })),
  ]);
  return {
    provinces: all.filter(({ code }) => codes.includes(code)),
    places: new Map(served.map(({ code, places }) => [code, places])),
    units: [...served.flatMap(({ units }) => units), ...upper],
    conduct,
    routes,
  };
};

/** Most hits of a search. */
const SHOWN = 8;

/** How a hurried hand writes a name, folded and without blanks: its letters run together from the start of a word, or its initials. */
const runTogether = (typed: string, name: string): boolean => {
  const words = name.split(' ');
  return (
    words.some((_, at) => words.slice(at).join('').startsWith(typed)) ||
    words
      .map((word) => word.slice(0, 1))
      .join('')
      .includes(typed)
  );
};

const withoutBlanks = (typed: string): string => fold(typed).replaceAll(' ', '');

/** Communes of a province by the letters typed, without tone marks and even without blanks, under their present or former names. */
export const findPlaces = (
  reference: HotlineReference,
  province: string,
  typed: string,
): readonly PlaceHit[] => {
  const index = reference.places.get(province);
  if (index === undefined) return [];
  const found = searchPlaces(index, typed);
  const letters = withoutBlanks(typed);
  if (letters.length < 2 || found.length >= SHOWN) return found;
  const more = index.communes.filter(
    ({ code, name }) => runTogether(letters, fold(name)) && !found.some((hit) => hit.code === code),
  );
  return [...found, ...more.map(({ code, name }) => ({ code, name, former: null }))].slice(0, SHOWN);
};

/** 0: the words begin the citizen's words or the law's; 1: they stand anywhere in them; 2: run together; null for no match. */
const conductRank = (conduct: Conduct, typed: string): number | null => {
  const names = [conduct.officialVi, conduct.vi, conduct.officialEn, conduct.en].map(fold);
  const folded = fold(typed);
  if (names.some((name) => name.startsWith(folded))) return 0;
  if (names.some((name) => wordsMatch(folded.split(' '), name.split(' ')))) return 1;
  const letters = withoutBlanks(typed);
  return letters.length > 1 && names.some((name) => runTogether(letters, name)) ? 2 : null;
};

/** Kinds of conduct by the letters typed, without tone marks, in a citizen's words or the law's; best first, at most eight. */
export const findConduct = (table: ConductTable, typed: string): readonly Conduct[] => {
  if (fold(typed) === '') return [];
  return conductsFor(table.conducts)
    .flatMap((conduct) => {
      const rank = conductRank(conduct, typed);
      return rank === null ? [] : [{ conduct, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ conduct }) => conduct);
};

/** Lines of a short list by the letters typed, without tone marks. */
export const findLabel = <Code>(lines: readonly Picked<Code>[], typed: string): readonly Picked<Code>[] => {
  const words = fold(typed).split(' ');
  if (words.join('') === '') return [];
  return lines.filter(({ name }) => wordsMatch(words, fold(name).split(' '))).slice(0, SHOWN);
};
