/** What a search field shows: what was typed, what was found, which hit is marked, and what was chosen. */
export interface FindState<Hit> {
  readonly typed: string;
  readonly hits: readonly Hit[];
  /** Place of the marked hit; the first is marked as soon as there is one, because Enter takes it. */
  readonly at: number;
}

/** What a key does in a search field. `take`: this hit, and on to the next field. `leave`: on with nothing. */
export type FindStep<Hit> =
  | { readonly kind: 'state'; readonly state: FindState<Hit> }
  | { readonly kind: 'take'; readonly hit: Hit }
  | { readonly kind: 'leave' }
  | { readonly kind: 'none' };

/** Searches anew for what is typed now. */
export const typedIn = <Hit>(typed: string, search: (typed: string) => readonly Hit[]): FindState<Hit> => ({
  typed,
  hits: search(typed),
  at: 0,
});

/**
 * A key in a search field: Enter takes the marked hit, or leaves an empty field where that means something; arrows move the mark, and the
 * first press of ArrowDown in an empty field lists everything.
 */
export const pressInFind = <Hit>(
  state: FindState<Hit>,
  key: string,
  rules: { readonly all: () => readonly Hit[]; readonly mayLeave: boolean },
): FindStep<Hit> => {
  if (key === 'Enter') {
    const hit = state.hits[state.at];
    if (hit !== undefined) return { kind: 'take', hit };
    return state.typed.trim() === '' && rules.mayLeave ? { kind: 'leave' } : { kind: 'none' };
  }
  if (key === 'Escape' && state.hits.length > 0)
    return { kind: 'state', state: { ...state, hits: [], at: 0 } };
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return { kind: 'none' };
  if (state.hits.length === 0)
    return state.typed.trim() === ''
      ? { kind: 'state', state: { ...state, hits: rules.all(), at: 0 } }
      : { kind: 'none' };
  const by = key === 'ArrowDown' ? 1 : -1;
  return {
    kind: 'state',
    state: { ...state, at: (state.at + by + state.hits.length) % state.hits.length },
  };
};
