import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCalendar } from '../domain/calendar.ts';
import { parseClockRules, unmatchedRules } from '../domain/clock-rules.ts';
import { DataError } from '../domain/data-error.ts';
import { parseExtensions } from '../domain/extension.ts';
import { atLine, readJsonWithPlaces } from '../domain/json-lines.ts';
import { LAW_OF_STEPS } from '../domain/law.ts';
import { parseKindDuties } from '../domain/legal-duties.ts';
import { parseSettlement } from '../domain/settlement.ts';
import { TRANSITIONS } from '../domain/transitions.ts';

type LawFile = (typeof LAW_OF_STEPS)[number];

/** One file of law: what is wrong with it, each with file and line, or nothing. */
export interface LawVerdict {
  readonly file: string;
  readonly problems: readonly string[];
}

/** Rules that nothing in the life cycle starts, and starts that no rule is for. */
const readClocks = (json: unknown): readonly string[] => unmatchedRules(parseClockRules(json), TRANSITIONS);

const READ: Readonly<Record<LawFile, (json: unknown) => readonly string[]>> = {
  clocks: readClocks,
  holidays: (json) => {
    parseCalendar(json);
    return [];
  },
  extensions: (json) => {
    parseExtensions(json);
    return [];
  },
  settlement: (json) => {
    parseSettlement(json);
    return [];
  },
  'legal-kinds': (json) => {
    parseKindDuties(json);
    return [];
  },
};

/** Reads every file of law in a folder as the service does when it starts, and says of each what is wrong and on which line. */
export const checkLaw = (folder: string): readonly LawVerdict[] =>
  LAW_OF_STEPS.map((name) => ({ file: `${name}.json`, problems: problemsOf(folder, name) }));

function problemsOf(folder: string, name: LawFile): readonly string[] {
  const file = `${name}.json`;
  let text: string;
  try {
    text = readFileSync(join(folder, file), 'utf8');
  } catch {
    return [`${file}: cannot be read`];
  }
  try {
    const { value, places } = readJsonWithPlaces(name, text);
    try {
      return READ[name](value).map((problem) => `${file}: ${problem}`);
    } catch (error) {
      throw error instanceof DataError ? atLine(error, file, places) : error;
    }
  } catch (error) {
    if (error instanceof DataError) return [error.message];
    throw error;
  }
}
