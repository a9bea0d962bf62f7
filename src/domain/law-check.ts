import { addDays } from './calendar.ts';
import { parseClockRules } from './clock-rules.ts';
import type { ClockRule, ClockRules } from './clocks.ts';
import { parseConduct } from './conduct.ts';
import { DataError } from './data-error.ts';
import { parseLadders } from './escalation.ts';
import { parseExtensions } from './extension.ts';
import { parseCalendar } from './holidays.ts';
import type { Day } from './ids.ts';
import { atLine, readJsonWithPlaces, type TextPlace } from './json-lines.ts';
import { parseKindDuties } from './legal-duties.ts';
import { parsePlans } from './plans.ts';
import { parseRetention } from './retention.ts';
import { parseRoutes } from './routing.ts';
import { parseSettlement } from './settlement.ts';
import { TRANSITIONS } from './transitions.ts';

/** One thing that is to be said about a file of law. An error keeps the service from starting; a warning is for a lawyer to look at. */
export interface LawFinding {
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line: number;
  readonly weight: 'error' | 'warning';
  /** What is wrong, with the entry where there is one: `clocks.rules[3].limit.n: must be …`. */
  readonly problem: string;
}

type Report = (error: DataError) => void;

/** The files that are law, or policy in its place, by their names under `db/data`, with what reads each. */
const READERS = {
  clocks: (json: unknown, report: Report) => {
    parseClockRules(json, report);
  },
  holidays: (json: unknown) => parseCalendar(json),
  extensions: (json: unknown) => parseExtensions(json),
  settlement: (json: unknown) => parseSettlement(json),
  'legal-kinds': (json: unknown) => parseKindDuties(json),
  conduct: (json: unknown) => parseConduct(json),
  plans: (json: unknown) => parsePlans(json),
  retention: (json: unknown) => parseRetention(json),
  routes: (json: unknown) => parseRoutes(json),
  escalation: (json: unknown) => parseLadders(json),
} as const;
export type LawFileName = keyof typeof READERS;
export const LAW_FILE_NAMES = Object.keys(READERS) as readonly LawFileName[];

/** Reads a file's whole text and says everything that is wrong with it, in order of lines. */
export const checkLawFile = (name: LawFileName, text: string): readonly LawFinding[] => {
  const file = `${name}.json`;
  const findings = [...notComposed(file, text)];
  const said = (weight: LawFinding['weight'], error: DataError): void => {
    const [, line = '1', problem = ''] = /^[^:]*:(\d+)(?::\d+)?: (.*)$/s.exec(error.message) ?? [];
    // Text that is not in NFC was told of by its line already.
    if (!problem.endsWith('must be in Unicode NFC'))
      findings.push({ file, line: Number(line), weight, problem });
  };
  try {
    const { value, places } = readJsonWithPlaces(name, text);
    const report = (error: DataError) => said('error', atLine(error, file, places));
    tried(report, () => READERS[name](value, report));
    if (name === 'clocks' && findings.length === 0)
      for (const { weight, path, problem } of doubts(value))
        said(weight, atLine(new DataError(path, problem), file, places));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    said('error', error);
  }
  return findings.toSorted((a, b) => a.line - b.line);
};

/** Every finding about all files; `read` gives a file's text by name. */
export const checkLaw = (read: (name: LawFileName) => string): readonly LawFinding[] =>
  LAW_FILE_NAMES.flatMap((name) => checkLawFile(name, read(name)));

/** Where each rule of the clocks stands: its id by line. For a listing beside the file. */
export const linesOfRules = (text: string): ReadonlyMap<string, number> => {
  const { value, places } = readJsonWithPlaces('clocks', text);
  const { rules } = parseClockRules(value);
  const lineOf = (index: number): number =>
    (places.get(`clocks.rules[${index}]`) as TextPlace | undefined)?.line ?? 1;
  return new Map(rules.map(({ id }, index) => [id, lineOf(index)]));
};

const tried = (report: Report, read: () => void): void => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    report(error);
  }
};

/** Words that look alike but are other bytes: hashes and comparisons of them would differ. */
const notComposed = (file: string, text: string): readonly LawFinding[] =>
  text
    .split('\n')
    .flatMap((one, index) =>
      one === one.normalize('NFC')
        ? []
        : [{ file, line: index + 1, weight: 'error' as const, problem: 'must be in Unicode NFC' }],
    );

interface Doubt {
  readonly weight: LawFinding['weight'];
  readonly path: string;
  readonly problem: string;
}

/** What rules that are each in order lack together. */
const doubts = (json: unknown): readonly Doubt[] => {
  const rules = parseClockRules(json);
  return [...unmatched(rules), ...gaps(rules)];
};

/** Clocks that a row of the life cycle starts and no rule does, and rules that no row starts. */
const unmatched = ({ rules }: ClockRules): readonly Doubt[] => {
  const key = (clock: string, step: string): string => `${clock} at ${step}`;
  const begun = new Set(TRANSITIONS.flatMap(({ step, starts }) => starts.map((clock) => key(clock, step))));
  const ruled = new Set(rules.flatMap(({ clock, starts }) => starts.map(({ step }) => key(clock, step))));
  return [
    ...[...begun]
      .filter((one) => !ruled.has(one))
      .map((one): Doubt => ({ weight: 'error', path: 'clocks.rules', problem: `no rule starts ${one}` })),
    ...rules.flatMap(({ clock, starts }, rule) =>
      starts.flatMap(({ step }, start): Doubt[] =>
        begun.has(key(clock, step))
          ? []
          : [
              {
                weight: 'error',
                path: `clocks.rules[${rule}].starts[${start}]`,
                problem: `nothing in the life cycle starts ${key(clock, step)}`,
              },
            ],
      ),
    ),
  ];
};

/** Rules that end before the next of the same case begins, or that nothing follows. */
const gaps = ({ rules }: ClockRules): readonly Doubt[] => {
  const same = (a: ClockRule, b: ClockRule): boolean =>
    a.clock === b.clock && JSON.stringify(a.when) === JSON.stringify(b.when);
  return rules.flatMap((rule, index): Doubt[] => {
    const { until } = rule;
    if (until === null) return [];
    const path = `clocks.rules[${index}].until`;
    const next = rules
      .filter((other) => same(other, rule) && other.from > until)
      .reduce<Day | null>((first, { from }) => (first === null || from < first ? from : first), null);
    if (next === null)
      return [{ weight: 'warning', path, problem: `nothing is for these cases after ${until}` }];
    const after = addDays(until, 1);
    return next === after
      ? []
      : [
          {
            weight: 'warning',
            path,
            problem: `nothing is for these cases from ${after} to ${addDays(next, -1)}`,
          },
        ];
  });
};
