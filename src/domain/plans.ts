import { isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import type { Day } from './ids.ts';
import type { Population } from './rates.ts';
import { LEGAL_KINDS, VERBS, type Verb } from './terms.ts';

export const REPORT_CADENCES = ['month', 'quarter', 'half_year', 'year', 'periodic', 'on_demand'] as const;
export type ReportCadence = (typeof REPORT_CADENCES)[number];

/** A report that a plan wants. `due` is `MM-DD`; null where the plan names no date, and the page says so. */
export interface PlanReport {
  readonly cadence: ReportCadence;
  readonly from: string;
  readonly to: string;
  readonly due: string | null;
}

/** Any other figure that a plan promises; `percent`, `percentRange` and `count` are null where it gives none. */
export interface PlanTarget {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
  readonly percent: number | null;
  readonly percentRange: readonly [number, number] | null;
  readonly count: number | null;
}

/** A plan of a place for a period: which tips it counts, by which verbs, and to whom it reports. */
export interface Plan extends Population {
  readonly id: string;
  /** Document number; null when it is not known. */
  readonly number: string | null;
  readonly vi: string;
  readonly en: string;
  /** GSO code of the province or commune; null for a place that no longer exists as such. */
  readonly place: string | null;
  readonly level: 'commune' | 'district' | 'province';
  readonly from: Day;
  readonly to: Day;
  readonly basis: readonly string[];
  /** The promised percentage; null where the plan promises in words only. */
  readonly percent: number | null;
  readonly verbs: readonly Verb[];
  /** How the plan says "in time". */
  readonly timeliness: string;
  readonly leadAgency: string;
  readonly policeUnit: string;
  readonly targets: readonly PlanTarget[];
  readonly reports: readonly PlanReport[];
}

const dayIn = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

const readTarget = (entry: DataValue): PlanTarget => {
  const range = entry.at('percentRange').orNull((value) => value.items().map((item) => item.whole(0, 100)));
  const [least, most] = range ?? [];
  return {
    id: entry.at('id').text(),
    vi: entry.at('vi').text(),
    en: entry.at('en').text(),
    percent: entry.at('percent').orNull((value) => value.whole(0, 100)),
    percentRange: least === undefined || most === undefined ? null : [least, most],
    count: entry.at('count').orNull((value) => value.whole(0, 1_000_000)),
  };
};

const readReport = (entry: DataValue): PlanReport => ({
  cadence: entry.at('cadence').oneOf(REPORT_CADENCES),
  from: entry.at('from').text(),
  to: entry.at('to').text(),
  due: entry.at('due').orNull((value) => {
    const text = value.text();
    return isCalendarDay(`2024-${text}`) ? text : value.fail('must be MM-DD');
  }),
});

/** Reads the parsed `db/data/plans.json`. Throws `DataError` naming the entry. */
export const parsePlans = (json: unknown): Plan[] =>
  new DataValue('plans', json)
    .at('plans')
    .items()
    .map((entry) => ({
      id: entry.at('id').text(),
      number: entry.at('number').orNull((value) => value.text()),
      vi: entry.at('vi').text(),
      en: entry.at('en').text(),
      place: entry.at('place').orNull((value) => value.text()),
      level: entry.at('level').oneOf(['commune', 'district', 'province']),
      from: dayIn(entry.at('from')),
      to: dayIn(entry.at('to')),
      basis: entry
        .at('basis')
        .items()
        .map((item) => item.text()),
      percent: entry.at('percent').orNull((value) => value.whole(0, 100)),
      countedKinds: entry
        .at('countedKinds')
        .items()
        .map((item) => item.oneOf(LEGAL_KINDS)),
      countedConduct: entry.at('countedConduct').orNull((value) => value.items().map((item) => item.text())),
      verbs: entry
        .at('verbs')
        .items()
        .map((item) => item.oneOf(VERBS)),
      timeliness: entry.at('timeliness').text(),
      leadAgency: entry.at('leadAgency').text(),
      policeUnit: entry.at('policeUnit').text(),
      targets: entry.at('targets').items().map(readTarget),
      reports: entry.at('reports').items().map(readReport),
    }));
