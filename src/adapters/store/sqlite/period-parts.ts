import type { Period } from '../../../domain/rates.ts';

/** One range of days or months (both ends included) that is read from what is kept by day or by month. */
export interface PeriodPart {
  readonly grain: 'day' | 'month';
  readonly from: string;
  readonly to: string;
}

/**
 * A period as few ranges: whole months, and days where it begins or ends within a month. The month of `today`, if given, is read by
 * days: only the days of it that are over make an open clock late.
 */
export function periodParts({ from, to }: Pick<Period, 'from' | 'to'>, today = ''): readonly PeriodPart[] {
  const parts: PeriodPart[] = [];
  for (let month = monthOf(from); month <= monthOf(to); month = monthAfter(month)) {
    const first = firstDay(month);
    const last = dayBefore(firstDay(monthAfter(month)));
    if (from <= first && last <= to && month !== monthOf(today)) {
      const before = parts.at(-1);
      if (before?.grain === 'month') parts.pop();
      parts.push({ grain: 'month', from: before?.grain === 'month' ? before.from : month, to: month });
    } else {
      parts.push({ grain: 'day', from: from > first ? from : first, to: to < last ? to : last });
    }
  }
  return parts;
}

/** Everything before a day: the months before its month, and the days of its month before it. */
export const partsBefore = (day: string): readonly PeriodPart[] => [
  { grain: 'month', from: '', to: monthOf(dayBefore(firstDay(monthOf(day)))) },
  { grain: 'day', from: firstDay(monthOf(day)), to: dayBefore(day) },
];

const monthOf = (day: string): string => day.slice(0, 7);
const firstDay = (month: string): string => `${month}-01`;

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function monthAfter(month: string): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}
