import { type LawOfSteps, readLawOfSteps } from '../../../domain/law.ts';

let built: LawOfSteps | null = null;

/** The law that this build knows: deadlines are shown by it before a step is taken. What counts in the end is the service's. */
export const lawOfBuild = (): LawOfSteps => {
  if (built === null) {
    const files = JSON.parse(__TINKIN_LAW__) as Readonly<Record<string, unknown>>;
    built = readLawOfSteps((name) => files[name]);
  }
  return built;
};
