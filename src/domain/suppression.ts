import type { Rate } from './rates.ts';

/** Counts below this are not shown in anything public; 0 is, since it is about nobody. */
export const SMALLEST_SHOWN = 5;

/** Counts for the public; null where one is withheld. */
export interface PublicParts {
  readonly parts: readonly (number | null)[];
  readonly total: number | null;
}

const small = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN;

/**
 * Withholds small counts among parts that add up to a total, and as many others as it takes that nobody can work them out: at least two
 * parts are then withheld and together they are at least 5 more than the least and less than the most they could be. When that
 * cannot be had, the total is withheld as well.
 */
export const suppressParts = (parts: readonly number[]): PublicParts => {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const hidden = new Set<number>();
  for (const [index, part] of parts.entries()) if (small(part)) hidden.add(index);
  if (hidden.size === 0) return { parts, total };
  const bySize = parts
    .map((part, index) => ({ part, index }))
    .filter(({ index, part }) => part > 0 && !hidden.has(index))
    .sort((a, b) => a.part - b.part);
  while (!safe(parts, hidden)) {
    const next = bySize.shift();
    if (next === undefined) return { parts: withheld(parts, hidden), total: null };
    hidden.add(next.index);
  }
  return { parts: withheld(parts, hidden), total: small(total) ? null : total };
};

/** The withheld parts are only known to be 1 or more each; their sum, which anybody can compute, must leave room. */
const safe = (parts: readonly number[], hidden: ReadonlySet<number>): boolean => {
  let sum = 0;
  let anyLarge = false;
  for (const index of hidden) {
    const part = parts[index] ?? 0;
    sum += part;
    anyLarge ||= !small(part);
  }
  return hidden.size >= 2 && anyLarge && sum >= hidden.size + SMALLEST_SHOWN - 1;
};

const withheld = (parts: readonly number[], hidden: ReadonlySet<number>): (number | null)[] =>
  parts.map((part, index) => (hidden.has(index) ? null : part));

/** A rate for the public. Numbers that would tell of fewer than 5 tips are null; with them the ones they follow from. */
export const publicRate = (
  rate: Rate,
): { readonly due: number | null; readonly onTime: number | null; readonly missed: number | null } => {
  const shown = suppressParts([rate.onTime, rate.late + rate.openLate]);
  return { due: shown.total, onTime: shown.parts[0] ?? null, missed: shown.parts[1] ?? null };
};
