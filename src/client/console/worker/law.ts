import { type HolidayTable, withYear } from '../../../domain/holidays.ts';
import { type LawOfSteps, readLawOfSteps } from '../../../domain/law.ts';

let built: LawOfSteps | null = null;

/**
 * The law by which deadlines are shown before a step is taken: that of this build, with the years that administrators saved. What counts in the
 * end is the service's.
 */
export const lawWith = (saved: readonly HolidayTable[]): LawOfSteps => {
  const law = lawOfBuild();
  return { ...law, calendar: saved.reduce(withYear, law.calendar) };
};

const lawOfBuild = (): LawOfSteps => {
  if (built === null) {
    const files = JSON.parse(__TINKIN_LAW__) as Readonly<Record<string, unknown>>;
    built = readLawOfSteps((name) => files[name]);
  }
  return built;
};
