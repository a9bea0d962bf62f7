import type { Period } from '../../../domain/rates.ts';

/** One range of days or months (both ends included) that is read from the sums of its grain. */
export interface PeriodPart {
  readonly grain: 'day' | 'month';
  readonly from: string;
  readonly to: string;
}

/**
 * A period as few ranges: whole months, and days where it begins or ends within a month. The month of `today` is read by days, because
 * only the days of it that are over make an open clock late.
 */
export function periodParts({ from, to, today }: Period): readonly PeriodPart[] {
  const parts: PeriodPart[] = [];
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = monthAfter(month)) {
    const first = `${month}-01`;
    const last = dayBefore(`${monthAfter(month)}-01`);
    if (from <= first && last <= to && month !== today.slice(0, 7)) {
      const before = parts.at(-1);
      if (before?.grain === 'month') parts.pop();
      parts.push({ grain: 'month', from: before?.grain === 'month' ? before.from : month, to: month });
    } else {
      parts.push({ grain: 'day', from: from > first ? from : first, to: to < last ? to : last });
    }
  }
  return parts;
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function monthAfter(month: string): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}
