import { type Calendar, parseCalendar } from '../domain/calendar.ts';
import { parseClockRules } from '../domain/clock-rules.ts';
import type { ClockRules } from '../domain/clocks.ts';
import { parseConduct } from '../domain/conduct.ts';
import { type Plan, parsePlans } from '../domain/plans.ts';
import { parseRetention, type RetentionRule } from '../domain/retention.ts';

/** Reference files that a verifier decides with: its own, never those of whom it checks. Parsed JSON of `db/data`. */
export interface LawFiles {
  readonly clocks: unknown;
  readonly holidays: unknown;
  readonly conduct: unknown;
  readonly plans: unknown;
  readonly retention: unknown;
}

/** What steps, and the end of what is kept, are decided by. */
export interface LawData {
  readonly rules: ClockRules;
  readonly calendar: Calendar;
  readonly knownConducts: ReadonlySet<string>;
  readonly retention: readonly RetentionRule[];
}

/** Reads the reference files. Throws `DataError` naming the entry that is wrong. */
export const readLawData = (files: LawFiles): { readonly law: LawData; readonly plans: readonly Plan[] } => ({
  law: {
    rules: parseClockRules(files.clocks),
    calendar: parseCalendar(files.holidays),
    retention: parseRetention(files.retention),
    knownConducts: new Set(parseConduct(files.conduct).conducts.map(({ id }) => id)),
  },
  plans: parsePlans(files.plans),
});
