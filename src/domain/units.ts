import { isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import { type Day, isUnitId, type UnitId } from './ids.ts';
import { fold, SEARCH_LIMIT, wordsMatch } from './places.ts';
import { UNIT_KINDS, type UnitKind } from './terms.ts';

/**
 * A unit as `db/data/units/<province>.json` lists it. Codes: `vn-ttb` ministry's inspectorate, `vn-vks` supreme procuracy; `<province>-ca` provincial police,
 * `-ttca` its inspectorate, `-ubnd` People's Committee, `-tt` provincial inspectorate, `-vks` procuracy, `-syt` health department,
 * `-hotro` social support; `<province>-<commune>-ca` commune police. Province (2 digits) and commune (5 digits) are the codes of the
 * General Statistics Office since 1 July 2025.
 */
export interface UnitRecord {
  readonly code: UnitId;
  readonly parent: UnitId | null;
  readonly kind: UnitKind;
  readonly nameVi: string;
  readonly nameEn: string;
  /** Two digits, or `vn` for units above the provinces. */
  readonly province: string;
  readonly from: Day;
}

const unitIn = (entry: DataValue): UnitId => {
  const text = entry.text();
  return isUnitId(text) ? text : entry.fail('must be a unit code of 1–40 of a–z, 0–9 and -');
};

const dayIn = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

/**
 * Reads a parsed `db/data/units/<province>.json`. Throws `DataError` naming the entry: malformed, a code used twice or not beginning
 * with its province.
 */
export const parseUnits = (json: unknown): UnitRecord[] => {
  const root = new DataValue('units', json);
  const province = root.at('province').text();
  const seen = new Set<UnitId>();
  return root
    .at('units')
    .items()
    .map((entry) => {
      const code = unitIn(entry.at('code'));
      if (!code.startsWith(`${province}-`)) entry.at('code').fail(`must begin with ${province}-`);
      if (seen.has(code)) entry.at('code').fail(`is used twice: ${code}`);
      seen.add(code);
      return {
        code,
        parent: entry.at('parent').orNull(unitIn),
        kind: entry.at('kind').oneOf(UNIT_KINDS),
        nameVi: entry.at('nameVi').text(),
        nameEn: entry.at('nameEn').text(),
        province,
        from: dayIn(entry.at('from')),
      };
    });
};

/**
 * Units whose name in either language has the words typed: with or without marks, in any order, unfinished too. Names with the marks as
 * typed go first, then the words side by side, then short names; an empty query finds nothing. At most `limit` hits.
 */
export const searchUnits = (units: readonly UnitRecord[], query: string, limit = 8): UnitRecord[] => {
  const asked = query.slice(0, SEARCH_LIMIT).normalize('NFC').toLowerCase().trim();
  const folded = fold(asked);
  if (folded === '') return [];
  const words = folded.split(' ');
  const rank = (name: string): number => {
    if (!wordsMatch(words, fold(name).split(' '))) return 3;
    if (name.toLowerCase().includes(asked)) return 0;
    return fold(name).includes(folded) ? 1 : 2;
  };
  return units
    .map((unit) => ({ unit, rank: Math.min(rank(unit.nameVi), rank(unit.nameEn)) }))
    .filter((one) => one.rank < 3)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.unit.nameVi.length - b.unit.nameVi.length ||
        a.unit.nameVi.localeCompare(b.unit.nameVi, 'vi'),
    )
    .slice(0, limit)
    .map(({ unit }) => unit);
};

/** Code of a commune's police unit. */
export const communePoliceOf = (province: string, commune: string): UnitId => {
  const code = `${province}-${commune}-ca`;
  if (!isUnitId(code)) throw new RangeError('not a province and commune code');
  return code;
};

/** The first unit whose parent is missing from the list or leads back to itself, or null when the tree is whole. */
export const brokenUnit = (units: readonly UnitRecord[]): UnitRecord | null => {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const whole = (unit: UnitRecord): boolean => {
    const passed = new Set<UnitId>();
    let at: UnitRecord | undefined = unit;
    while (at !== undefined && at.parent !== null) {
      if (passed.has(at.code)) return false;
      passed.add(at.code);
      at = byCode.get(at.parent);
    }
    return at !== undefined;
  };
  return units.find((unit) => !whole(unit)) ?? null;
};
