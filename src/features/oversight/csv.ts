import type { Figures } from '../../domain/figures.ts';
import { ratioText } from '../../domain/rates.ts';
import type { VERBS } from '../../domain/terms.ts';
import { csvOf } from '../../http/kit/csv.ts';

/** Labels of the table's head, in the language of the reader. */
export interface CsvLabels {
  readonly unit: string;
  readonly total: string;
  readonly verbs: Readonly<Record<(typeof VERBS)[number], string>>;
  readonly due: string;
  readonly onTime: string;
  readonly late: string;
  readonly openLate: string;
  readonly rate: string;
}

/** The table of rates by unit as CSV. */
export function figuresCsv(figures: Figures, labels: CsvLabels, lang: 'vi' | 'en'): string {
  const head = [
    labels.unit,
    ...figures.verbs.flatMap((verb) =>
      [labels.due, labels.onTime, labels.late, labels.openLate, labels.rate].map(
        (label) => `${labels.verbs[verb]}: ${label}`,
      ),
    ),
  ];
  const line = (name: string, rates: Figures['total']): string[] => [
    name,
    ...figures.verbs.flatMap((verb) => {
      const rate = rates[verb];
      return [rate.due, rate.onTime, rate.late, rate.openLate, ratioText(rate, lang)].map(String);
    }),
  ];
  const lines = [
    head,
    ...figures.units.map((unit) => line(lang === 'vi' ? unit.nameVi : unit.nameEn, unit.rates)),
    line(labels.total, figures.total),
  ];
  return csvOf(lines);
}
