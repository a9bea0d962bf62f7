import { conductById } from '../../domain/conduct.ts';
import { isUnitId } from '../../domain/ids.ts';
import { parsePlaces } from '../../domain/places.ts';
import type { UnitKind } from '../../domain/terms.ts';
import { isInvolved, type TipAnswers } from '../../domain/tip-form.ts';
import { parseUnits, type UnitRecord } from '../../domain/units.ts';
import type { Lang } from '../../i18n/index.ts';
import type { Deps } from '../../ports/deps.ts';
import type { FormReference } from './reference.ts';

/** Value of the commune list's "I do not know". */
export const UNKNOWN_COMMUNE = 'unknown';

/** Kinds of units that a citizen can leave out on the script-less form. */
const EXCLUDABLE: readonly UnitKind[] = [
  'provincial_police',
  'inspectorate',
  'provincial_inspectorate',
  'procuracy',
  'ministry_inspectorate',
];

/** One province as the script-less form lists it. */
export interface PlainProvince {
  readonly code: string;
  readonly name: string;
  readonly communes: readonly { readonly code: string; readonly name: string }[];
  /** Units above the communes that can be left out. */
  readonly units: readonly UnitRecord[];
  /** Units that an official can be of: this province's communes' police, and all others but the communes of other provinces. */
  readonly police: readonly UnitRecord[];
  readonly others: readonly UnitRecord[];
}

/** Lists of the provinces served, parsed at first use. */
export function plainProvinces(
  deps: Pick<Deps, 'data'>,
  reference: FormReference,
): (code: string) => PlainProvince | null {
  const known = new Map<string, PlainProvince>();
  return (code) => {
    const found = known.get(code);
    if (found) return found;
    const province = reference.provinces.find((one) => one.code === code);
    if (!province) return null;
    const communes = parsePlaces(deps.data.get(`places/${code}`)).communes.map((one) => ({
      code: one.code,
      name: one.name,
    }));
    const own = parseUnits(deps.data.get(`units/${code}`));
    const isCommune = (unit: UnitRecord): boolean => unit.kind === 'commune_police';
    const elsewhere = reference.provinces
      .filter((one) => one.code !== code)
      .flatMap((one) => parseUnits(deps.data.get(`units/${one.code}`)));
    const others = [...own, ...reference.upperUnits, ...elsewhere].filter((unit) => !isCommune(unit));
    const made = {
      ...province,
      units: [...own, ...reference.upperUnits].filter((unit) => EXCLUDABLE.includes(unit.kind)),
      police: own.filter(isCommune).toSorted((a, b) => a.nameVi.localeCompare(b.nameVi, 'vi')),
      others,
      communes: communes.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    };
    known.set(code, made);
    return made;
  };
}

/**
 * Answers from posted fields (attacker-controlled). What is not one of the offered values counts as not answered; texts are taken as they
 * are and judged by `answerProblems`.
 */
export function answersFrom(
  fields: ReadonlyMap<string, string>,
  form: { readonly lang: Lang; readonly support: boolean },
  reference: FormReference,
  province: PlainProvince | null,
): TipAnswers {
  const field = (name: string): string => fields.get(name) ?? '';
  const commune = province === null ? null : communeOf(field('commune'), province);
  const conduct = conductById(reference.conduct, field('conduct'));
  const official = field('official');
  const involved = field('involved');
  const excluded = province?.units.filter(({ code }) => fields.has(`exclude-${code}`)) ?? [];
  const ownPolice = fields.has('exclude-commune') && province !== null && commune?.code ? commune.code : null;
  const own =
    ownPolice === null || province === null ? [] : [`${province.code}-${ownPolice}-ca`].filter(isUnitId);
  const name = province?.name ?? '';
  return {
    ...form,
    province: province?.code ?? '',
    commune: commune === null ? '' : commune.code,
    placeName: commune?.code ? `${commune.name}, ${name}` : name,
    conduct: conduct?.onForm === true ? conduct.id : '',
    happeningNow: fields.has('now'),
    danger: fields.has('danger'),
    minor: fields.has('minor'),
    official: official === 'no' || official === 'yes' || official === 'unsure' ? official : '',
    involved: isInvolved(involved) ? involved : 'none',
    accused: accusedOf(field('accused'), province),
    excluded: [...own, ...excluded.map(({ code }) => code)],
    what: field('what'),
    when: field('when'),
    where: field('where'),
    who: field('who'),
    how: field('how'),
  };
}

/** The unit of the official; "own" where nothing was posted, empty for what is not on the list. */
function accusedOf(value: string, province: PlainProvince | null): TipAnswers['accused'] {
  if (value === '' || value === 'own') return 'own';
  if (value === 'unknown') return 'unknown';
  const listed = [...(province?.police ?? []), ...(province?.others ?? [])];
  return listed.find(({ code }) => code === value)?.code ?? '';
}

/** The chosen commune; a null code for "I do not know", null for nothing that is on the list. */
function communeOf(
  value: string,
  province: PlainProvince,
): { readonly code: string | null; readonly name: string } | null {
  if (value === UNKNOWN_COMMUNE) return { code: null, name: '' };
  return province.communes.find(({ code }) => code === value) ?? null;
}
