import type { Spot } from './keys.ts';

const find = (spot: string): HTMLElement | null => {
  const place = document.querySelector<HTMLElement>(`[data-spot="${spot}"]`);
  if (place === null || !place.matches('fieldset')) return place;
  return place.querySelector<HTMLElement>('input:checked') ?? place.querySelector<HTMLElement>('input');
};

/** Moves the focus to a field of the call; to one that is only now being drawn, when it is there. */
export const focusSpot = (spot: Spot): void => {
  const there = find(spot);
  if (there !== null) there.focus();
  else setTimeout(() => find(spot)?.focus());
};

/** The field of the call that has the focus, for the sentence beside it; empty outside. */
export const spotOf = (target: EventTarget | null): string =>
  target instanceof HTMLElement ? (target.closest<HTMLElement>('[data-spot]')?.dataset.spot ?? '') : '';
