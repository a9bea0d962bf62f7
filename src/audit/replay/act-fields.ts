import { type Hash, isHash } from '../../domain/ids.ts';
import type { Evidence } from '../../domain/legal-duties.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { objectOf } from './event.ts';

export type Fields = { readonly [key: string]: unknown };

export const oneOf = <T extends string>(words: readonly T[], value: unknown): T | null =>
  words.find((word) => word === value) ?? null;
export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const guarded = <T extends string>(found: unknown, guard: (value: string) => value is T): T | null =>
  typeof found === 'string' && guard(found) ? found : null;
export const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

/** A way through a tree: at most 64 hashes. */
export const hashes = (value: unknown): readonly Hash[] | null =>
  Array.isArray(value) && value.length <= 64 && value.every((one) => guarded(one, isHash) !== null)
    ? value
    : null;

export const yesNo = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** A list of words of one vocabulary, each once. */
export const allOf = <T extends string>(words: readonly T[], value: unknown): readonly T[] | null =>
  Array.isArray(value) && value.every((one) => words.includes(one)) && new Set(value).size === value.length
    ? value
    : null;

/** The answers of the evidence test, null for none; undefined for what is neither. */
export const evidenceOf = (value: unknown): Evidence | null | undefined => {
  if (value === null) return null;
  const { violator, proof, basis } = objectOf(value) ?? {};
  return typeof violator === 'boolean' && typeof proof === 'boolean' && typeof basis === 'boolean'
    ? { violator, proof, basis }
    : undefined;
};

export type Read = (act: Fields) => Act | null;

/** The act when all its values are of their kind. */
export const given = <A extends Pick<Act, 'step'>>(
  act: { readonly [K in keyof A]: A[K] | null },
): A | null => (Object.values(act).includes(null) ? null : (act as A));
export type Of<S extends Act['step']> = Act & { readonly step: S };
