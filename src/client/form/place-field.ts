import { type PlaceHit, searchPlaces } from '../../domain/places.ts';
import { fill } from '../../i18n/index.ts';
import { byId, make } from '../common/dom.ts';
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

/** Province buttons and the search for a commune: an editable combobox with a list of eight. */
export function createPlaceField(data: PageData, reference: Reference): PlaceField {
  const input = byId<HTMLInputElement>('commune');
  const list = byId('commune-list');
  const status = byId('commune-status');
  const unknown = byId<HTMLInputElement>('commune-unknown');
  const { texts } = data;
  let hits: readonly PlaceHit[] = [];
  let active = -1;
  let chosen: PlaceHit | null = null;

  const province = (): string => provinceChosen();

  const close = (): void => {
    list.hidden = true;
    list.replaceChildren();
    hits = [];
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const choose = (hit: PlaceHit): void => {
    chosen = hit;
    input.value = hit.name;
    unknown.checked = false;
    status.textContent = hit.former === null ? '' : fill(texts.former, { name: hit.former });
    close();
  };

  const mark = (index: number): void => {
    active = index;
    for (const [i, option] of Array.from(list.children).entries()) {
      option.setAttribute('aria-selected', String(i === index));
      if (i === index) {
        input.setAttribute('aria-activedescendant', option.id);
        option.scrollIntoView({ block: 'nearest' });
      }
    }
  };

  const show = (): void => {
    list.replaceChildren(
      ...hits.map((hit, i) => {
        const option = make('div', 'option', make('b', '', hit.name));
        if (hit.former !== null) option.append(make('span', '', fill(texts.former, { name: hit.former })));
        option.id = `commune-option-${i}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        // The press, not the click: the field must not lose the focus first.
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          choose(hit);
        });
        return option;
      }),
    );
    list.hidden = hits.length === 0;
    input.setAttribute('aria-expanded', String(hits.length > 0));
  };

  const search = async (): Promise<void> => {
    chosen = null;
    const typed = input.value;
    close();
    if (typed.trim() === '') {
      status.textContent = '';
      return;
    }
    const loaded =
      reference.places(province()) ?? ((await reference.load()) ? reference.places(province()) : null);
    if (input.value !== typed || chosen !== null) return;
    if (loaded === null) {
      status.textContent = texts.placesLost;
      return;
    }
    hits = searchPlaces(loaded, typed);
    active = -1;
    status.textContent = hits.length === 0 ? texts.foundNone : fill(texts.found, { n: hits.length });
    show();
  };

  input.addEventListener('focus', () => {
    if (input.getBoundingClientRect().top > window.innerHeight / 3) input.scrollIntoView({ block: 'start' });
  });
  input.addEventListener('input', () => {
    unknown.checked = false;
    void search();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (hits.length === 0) return;
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      mark((active + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const hit = hits[active] ?? (hits.length === 1 ? hits[0] : undefined);
      if (hit !== undefined) choose(hit);
    } else if (event.key === 'Escape') close();
  });
  input.addEventListener('blur', () => {
    // A single match is what was meant.
    const [only] = hits;
    if (chosen === null && hits.length === 1 && only !== undefined) choose(only);
    else close();
  });
  unknown.addEventListener('change', () => {
    if (!unknown.checked) return;
    chosen = null;
    input.value = '';
    status.textContent = '';
    close();
  });
  // A province may have been chosen before this script arrived.
  byId('commune-part').hidden = province() === '';
  onProvince(() => {
    byId('commune-part').hidden = province() === '';
    chosen = null;
    input.value = '';
    status.textContent = '';
    close();
    void reference.load();
  });

  const provinceName = (): string => data.provinces.find(({ code }) => code === province())?.name ?? '';
  return {
    province,
    commune: () => (unknown.checked ? null : (chosen?.code ?? '')),
    placeName: () => (chosen === null ? provinceName() : `${chosen.name}, ${provinceName()}`),
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
