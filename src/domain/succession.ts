import { addDays, isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import type { Day } from './ids.ts';

/** Places that became others on a day (`db/data/succession.json`): merged, divided, or abolished with their level. */
export interface Succession {
  /** Code of the former place; for one that never had a code of today's kind, a name of ours such as `cu-ha-dong`. */
  readonly old: string;
  readonly name: string;
  readonly level: 'commune' | 'district' | 'province';
  /** First day on which the new places stand. */
  readonly day: Day;
  readonly to: readonly string[];
  readonly basis: string;
}

/** A place within a period, both days included; `until` null while it lasts. */
export interface PlaceSpan {
  readonly place: string;
  readonly from: Day;
  readonly until: Day | null;
}

/**
 * What a scope means over time: a place up to the day before it was succeeded, then the places that took over, and so on. Spans come in
 * order of day and code; one place reached twice is given once, with its earliest day.
 */
export const placesOver = (scope: PlaceSpan, successions: readonly Succession[]): PlaceSpan[] => {
  const spans = new Map<string, PlaceSpan>();
  const walk = ({ place, from, until }: PlaceSpan, passed: readonly string[]): void => {
    const change = passed.includes(place) ? undefined : successions.find((one) => one.old === place);
    const ends = change === undefined ? null : addDays(change.day, -1);
    const last = ends === null ? until : until === null || ends < until ? ends : until;
    const known = spans.get(place);
    if (last === null || from <= last)
      if (known === undefined || from < known.from) spans.set(place, { place, from, until: last });
    if (change === undefined || (until !== null && until < change.day)) return;
    const begins = from > change.day ? from : change.day;
    for (const next of change.to) walk({ place: next, from: begins, until }, [...passed, place]);
  };
  walk(scope, []);
  return [...spans.values()].sort((a, b) =>
    a.from === b.from ? (a.place < b.place ? -1 : 1) : a.from < b.from ? -1 : 1,
  );
};

/** Reads the parsed `db/data/succession.json`. Throws `DataError` naming the entry: malformed, a place succeeded twice, or into itself. */
export const parseSuccessions = (json: unknown): Succession[] => {
  const seen = new Set<string>();
  return new DataValue('succession', json)
    .at('changes')
    .items()
    .map((entry) => {
      const old = entry.at('old').text();
      if (seen.has(old)) entry.at('old').fail(`was succeeded before: ${old}`);
      seen.add(old);
      const day = entry.at('day').text();
      const to = entry
        .at('to')
        .items()
        .map((item) => item.text());
      if (to.length === 0) entry.at('to').fail('must not be empty');
      if (to.includes(old)) entry.at('to').fail('leads back to itself');
      return {
        old,
        name: entry.at('name').text(),
        level: entry.at('level').oneOf(['commune', 'district', 'province']),
        day: isCalendarDay(day) ? day : entry.at('day').fail('must be a day YYYY-MM-DD that exists'),
        to,
        basis: entry.at('basis').text(),
      };
    });
};
