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
 * Withholds small counts among parts that add up to a total and, so that subtracting cannot bring them back, the least of the parts
 * that are not small as well. When there is none, or too few parts to hide among, the total is withheld too.
 */
export const suppressParts = (parts: readonly number[]): PublicParts => {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (!parts.some(small)) return { parts, total };
  const cover = parts.reduce<number | null>((best, part, index) => {
    if (part < SMALLEST_SHOWN) return best;
    return best === null || part < (parts[best] ?? 0) ? index : best;
  }, null);
  const hide = (part: number, index: number): number | null => (small(part) || index === cover ? null : part);
  return { parts: parts.map(hide), total: cover === null ? null : total };
};

/** A rate for the public. Numbers that would tell of fewer than 5 tips are null; with them the ones they follow from. */
export const publicRate = (
  rate: Rate,
): { readonly due: number | null; readonly onTime: number | null; readonly missed: number | null } => {
  const shown = suppressParts([rate.onTime, rate.late + rate.openLate]);
  return { due: shown.total, onTime: shown.parts[0] ?? null, missed: shown.parts[1] ?? null };
};
