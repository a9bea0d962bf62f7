import { DataValue } from './data-error.ts';

/**
 * Names of one province's communes as a browser fetches them (`db/data/places/<province>.json`). Short keys and positions keep it
 * small: a name is `[type, name]` or, for a former one, `[type, name, district]`, where type and district are places in the lists.
 */
export interface PlaceIndex {
  readonly province: { readonly code: string; readonly name: string };
  readonly types: readonly string[];
  /** Districts as they were until 30 June 2025. */
  readonly districts: readonly string[];
  readonly communes: readonly PlaceEntry[];
}

export interface PlaceEntry {
  readonly code: string;
  /** With its type, e.g. `Phường Tô Hiệu`. */
  readonly name: string;
  /** Names until 30 June 2025, e.g. `Xã Chiềng Xôm`, with the district each was in. */
  readonly former: readonly { readonly name: string; readonly district: string }[];
}

export interface PlaceHit {
  readonly code: string;
  readonly name: string;
  /** The former name that was found, with its district, when it is not the present one that matched best. */
  readonly former: string | null;
}

/** Longest search text looked at, in UTF-16 units. */
export const SEARCH_LIMIT = 100;

/** Lower case without tone marks, vowel marks and đ; everything else than letters and digits becomes one space. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** As `fold`, with the marks kept: tells apart two names that differ in them only. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

/** True when every word typed begins a word of its own among those of the text. */
export const wordsMatch = (typed: readonly string[], words: readonly string[]): boolean => {
  const left = [...words];
  return typed.every((start) => {
    const exact = left.indexOf(start);
    const at = exact >= 0 ? exact : left.findIndex((word) => word.startsWith(start));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

/** 0 the very name, 1 its beginning, 2 its words; null for no match. `name` is folded and has its type in front. */
const nameRank = (query: string, words: readonly string[], name: string, type: string): number | null => {
  const bare = name.slice(fold(type).length).trim();
  if (query === name || query === bare) return 0;
  if (name.startsWith(query) || bare.startsWith(query)) return 1;
  return wordsMatch(words, name.split(' ')) ? 2 : null;
};

interface Ranked {
  readonly hit: PlaceHit;
  readonly rank: number;
}

const typeOf = (name: string, types: readonly string[]): string =>
  types.find((type) => name.startsWith(`${type} `)) ?? '';

const rankEntry = (entry: PlaceEntry, query: string, index: PlaceIndex): Ranked | null => {
  const folded = fold(query);
  const words = folded.split(' ');
  const marked = plain(query);
  // A name that has the marks as they were typed goes before one that agrees in the letters only.
  const score = (name: string, base: number, rank: number): number =>
    base + rank * 2 + (plain(name).includes(marked) ? 0 : 1);
  const found: Ranked[] = [];
  const { code, name } = entry;
  const now = nameRank(folded, words, fold(name), typeOf(name, index.types));
  if (now !== null) found.push({ hit: { code, name, former: null }, rank: score(name, 0, now) });
  for (const former of entry.former) {
    const full = `${former.name}, ${former.district}`;
    const shown = former.name === name ? null : full;
    const then = nameRank(folded, words, fold(former.name), typeOf(former.name, index.types));
    if (then !== null) found.push({ hit: { code, name, former: shown }, rank: score(former.name, 1, then) });
    else if (wordsMatch(words, fold(full).split(' ')))
      found.push({ hit: { code, name, former: shown }, rank: score(full, 1, 3) });
  }
  return found.reduce<Ranked | null>(
    (best, next) => (best === null || next.rank < best.rank ? next : best),
    null,
  );
};

/**
 * Communes whose present or former name, or former name with its district, has the words typed: with or without marks, in any
 * order, unfinished too. Best first, each commune once; an empty query finds nothing. At most `limit` hits.
 */
export const searchPlaces = (index: PlaceIndex, query: string, limit = 8): PlaceHit[] => {
  const asked = query.slice(0, SEARCH_LIMIT);
  if (fold(asked) === '') return [];
  return index.communes
    .flatMap((entry) => rankEntry(entry, asked, index) ?? [])
    .sort((a, b) => a.rank - b.rank || (a.hit.name < b.hit.name ? -1 : a.hit.name > b.hit.name ? 1 : 0))
    .slice(0, limit)
    .map((ranked) => ranked.hit);
};

/** The commune with this code, or null. */
export const placeByCode = (index: PlaceIndex, code: string): PlaceEntry | null =>
  index.communes.find((entry) => entry.code === code) ?? null;

const COMMUNE_CODE = /^\d{5}$/;
const PROVINCE_CODE = /^\d{2}$/;

const codeIn = (entry: DataValue, form: RegExp): string => {
  const text = entry.text();
  return form.test(text) ? text : entry.fail('is not a code of the General Statistics Office');
};

/** Reads a parsed `db/data/places/<province>.json`. Throws `DataError` naming the entry. */
export const parsePlaces = (json: unknown): PlaceIndex => {
  const root = new DataValue('places', json);
  const texts = (name: string): string[] =>
    root
      .at(name)
      .items()
      .map((item) => item.text());
  const types = texts('types');
  const districts = texts('districts');
  const pick = (list: readonly string[], entry: DataValue): string => {
    const word = list[entry.whole(0, list.length - 1)];
    return word ?? entry.fail('is not in the list');
  };
  const communes = root
    .at('communes')
    .items()
    .map((entry) => {
      const [code, type, name, former] = entry.items();
      if (code === undefined || type === undefined || name === undefined)
        return entry.fail('must have code, type, name');
      const names = (former?.items() ?? []).map((item) => {
        const [oldType, oldName, district] = item.items();
        if (oldType === undefined || oldName === undefined || district === undefined)
          return item.fail('must have type, name, district');
        return { name: `${pick(types, oldType)} ${oldName.text()}`, district: pick(districts, district) };
      });
      return { code: codeIn(code, COMMUNE_CODE), name: `${pick(types, type)} ${name.text()}`, former: names };
    });
  const province = root.at('province');
  return {
    province: { code: codeIn(province.at('code'), PROVINCE_CODE), name: province.at('name').text() },
    types,
    districts,
    communes,
  };
};

/** One of the 34 provinces and cities since 1 July 2025. */
export interface Province {
  readonly code: string;
  readonly name: string;
}

/** Reads the parsed `db/data/provinces.json`. Throws `DataError` naming the entry. */
export const parseProvinces = (json: unknown): Province[] =>
  new DataValue('provinces', json)
    .at('provinces')
    .items()
    .map((entry) => ({ code: codeIn(entry.at('code'), PROVINCE_CODE), name: entry.at('name').text() }));
