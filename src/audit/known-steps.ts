import { type Hash, isTipId, type TipId } from '../domain/ids.ts';
import type { Given } from './environment.ts';

const nameOf = (subject: string, no: number): string => `${subject} ${no}`;

/** Where the leaves and steps stand that somebody outside was promised or shown; of all others nothing is remembered. */
export class KnownSteps {
  readonly #wanted: ReadonlySet<string>;
  readonly #told: ReadonlySet<string>;
  readonly #indices = new Map<string, number>();
  readonly #leaves = new Map<string, Hash>();

  constructor({ promises = [], heads = [] }: Given) {
    this.#wanted = new Set([...promises.map(({ terms }) => terms.leaf), ...heads.map(({ leaf }) => leaf)]);
    this.#told = new Set(heads.map(({ tip, no }) => nameOf(`tip:${tip}`, no)));
  }

  /** An event of the bundle: number and leaf in its chain, place in the log. */
  note(subject: string, no: number, leaf: Hash, index: number): void {
    if (this.#wanted.has(leaf)) this.#indices.set(leaf, index);
    if (this.#told.size === 0) return;
    const name = nameOf(subject, no);
    if (this.#told.has(name)) this.#leaves.set(name, leaf);
  }

  /** Index of a leaf; null when no event of the bundle is it. */
  indexOf(leaf: Hash): number | null {
    return this.#indices.get(leaf) ?? null;
  }

  /** Leaf of a step; null when the bundle does not have it. */
  leafOf(tip: TipId, no: number): Hash | null {
    return this.#leaves.get(nameOf(`tip:${tip}`, no)) ?? null;
  }
}

/** The tip of a subject, or null. */
export const tipOfSubject = (subject: string): TipId | null => {
  const id = subject.startsWith('tip:') ? subject.slice('tip:'.length) : '';
  return isTipId(id) ? id : null;
};
