import { fill } from '../../i18n/index.ts';
import { byId, make } from '../common/dom.ts';

/** What a search in a long list needs to know. `T` is one hit. */
export interface ComboOptions<T> {
  /** Id of the text field; its list is `<id>-list`, what is told of it `<id>-status`. */
  readonly id: string;
  /** Hits for what was typed, best first; null when the list could not be fetched. */
  readonly search: (typed: string) => Promise<readonly T[] | null>;
  /** Name of a hit, and a second line or nothing. */
  readonly show: (hit: T) => { readonly name: string; readonly note: string };
  readonly texts: { readonly found: string; readonly none: string; readonly lost: string };
  /** Told of every change of what is typed or chosen. */
  readonly changed: () => void;
}

export interface Combo<T> {
  /** The hit that was chosen; null while none is. */
  chosen(): T | null;
  /** True when nothing is typed. */
  empty(): boolean;
  clear(): void;
}

/** An editable combobox: a text field with a list of hits below it, for keys, mouse and screen readers. */
export function createCombo<T>({ id, search, show, texts, changed }: ComboOptions<T>): Combo<T> {
  const input = byId<HTMLInputElement>(id);
  const list = byId(`${id}-list`);
  const status = byId(`${id}-status`);
  let hits: readonly T[] = [];
  let active = -1;
  let chosen: T | null = null;

  const close = (): void => {
    list.hidden = true;
    list.replaceChildren();
    hits = [];
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (hit: T): void => {
    const { name, note } = show(hit);
    chosen = hit;
    input.value = name;
    status.textContent = note;
    close();
    changed();
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
  const offer = (): void => {
    list.replaceChildren(
      ...hits.map((hit, i) => {
        const { name, note } = show(hit);
        const option = make('div', 'option', make('b', '', name));
        if (note !== '') option.append(make('span', '', note));
        option.id = `${id}-option-${i}`;
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
  const look = async (): Promise<void> => {
    chosen = null;
    const typed = input.value;
    close();
    changed();
    if (typed.trim() === '') {
      status.textContent = '';
      return;
    }
    const found = await search(typed);
    if (input.value !== typed || chosen !== null) return;
    if (found === null) {
      status.textContent = texts.lost;
      return;
    }
    hits = found;
    active = -1;
    status.textContent = hits.length === 0 ? texts.none : fill(texts.found, { n: hits.length });
    offer();
  };

  input.addEventListener('focus', () => {
    if (input.getBoundingClientRect().top > window.innerHeight / 3) input.scrollIntoView({ block: 'start' });
  });
  input.addEventListener('input', () => void look());
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
  return {
    chosen: () => chosen,
    empty: () => input.value.trim() === '',
    clear() {
      chosen = null;
      input.value = '';
      status.textContent = '';
      close();
    },
  };
}
