import type { ActSaid } from './judge.ts';

/**
 * What happened, said out: who did what to which tip. Unlike the numbers of a command it means the same whatever the model chooses among, so a
 * counterexample once found is kept so (`found.json`) and played again for ever. In data `#2` is the second tip, `@a.canbo` a person.
 */
export type Line =
  | { readonly send: string }
  | { readonly pass: number }
  | { readonly write: number }
  | { readonly withdraw: number }
  | { readonly right: string; readonly days: number }
  | { readonly by: string; readonly tip: number; readonly act: ActSaid };

export interface Found {
  /** What was wrong. */
  readonly name: string;
  readonly story: readonly Line[];
}

/** Ids for names, or names for ids. */
export const named = (act: ActSaid, names: ReadonlyMap<string, string>): ActSaid =>
  Object.fromEntries(
    Object.entries(act).map(([key, value]) => [
      key,
      (typeof value === 'string' && names.get(value)) || value,
    ]),
  ) as ActSaid;
