import { type PlaceHit, searchPlaces } from '../../domain/places.ts';
import { fill } from '../../i18n/index.ts';
import { byId } from '../common/dom.ts';
import { createCombo } from './combo.ts';
import type { PageData } from './page-data.ts';
import type { Reference } from './reference.ts';

/** The commune as chosen: a hit, "I do not know", or nothing yet. */
export interface PlaceField {
  province(): string;
  /** Code, null for "I do not know", empty while nothing is chosen. */
  commune(): string | null;
  /** Name of the place as chosen, with its province. */
  placeName(): string;
}

/** Province buttons and the search for a commune. */
export function createPlaceField(data: PageData, reference: Reference): PlaceField {
  const unknown = byId<HTMLInputElement>('commune-unknown');
  const { texts } = data;
  const search = async (typed: string): Promise<readonly PlaceHit[] | null> => {
    const loaded =
      reference.places(provinceChosen()) ??
      ((await reference.load()) ? reference.places(provinceChosen()) : null);
    return loaded === null ? null : searchPlaces(loaded, typed);
  };
  const combo = createCombo<PlaceHit>({
    id: 'commune',
    search,
    show: ({ name, former }) => ({
      name,
      note: former === null ? '' : fill(texts.former, { name: former }),
    }),
    texts: { found: texts.found, none: texts.foundNone, lost: texts.placesLost },
    changed: () => {
      unknown.checked = false;
    },
  });
  unknown.addEventListener('change', () => {
    if (unknown.checked) combo.clear();
  });
  // A province may have been chosen before this script arrived.
  byId('commune-part').hidden = provinceChosen() === '';
  onProvince(() => {
    byId('commune-part').hidden = provinceChosen() === '';
    combo.clear();
    void reference.load();
  });

  const provinceName = (): string => data.provinces.find(({ code }) => code === provinceChosen())?.name ?? '';
  return {
    province: provinceChosen,
    commune: () => (unknown.checked ? null : (combo.chosen()?.code ?? '')),
    placeName() {
      const chosen = combo.chosen();
      return chosen === null ? provinceName() : `${chosen.name}, ${provinceName()}`;
    },
  };
}

const provinceControls = (): readonly (HTMLInputElement | HTMLSelectElement)[] =>
  Array.from(
    document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input[name=province], select#province'),
  );

/** Code of the chosen province, or empty. */
export const provinceChosen = (): string =>
  provinceControls().find((control) => control instanceof HTMLSelectElement || control.checked)?.value ?? '';

const onProvince = (then: () => void): void => {
  for (const control of provinceControls()) control.addEventListener('change', then);
};
