import { parseClockRules } from './clock-rules.ts';
import { type ExtensionRule, parseExtensions } from './extension.ts';
import { parseCalendar } from './holidays.ts';
import { parseKindDuties } from './legal-duties.ts';
import type { DecideContext } from './life-cycle.ts';
import { parseRoutes, type RouteTable } from './routing.ts';
import { parseSettlement } from './settlement.ts';

/** The law by which steps are decided: clocks, days, extensions, who may settle, what a kind of tip asks for, where conflicts of interest go. */
export type LawOfSteps = Pick<DecideContext, 'rules' | 'calendar' | 'settlement' | 'kinds'> & {
  readonly extensions: readonly ExtensionRule[];
  readonly routes: RouteTable;
};

/** The reference files that it is read from, by their names under `db/data`. */
export const LAW_OF_STEPS = [
  'clocks',
  'holidays',
  'extensions',
  'settlement',
  'legal-kinds',
  'routes',
] as const;

/** Reads the law of steps; `get` gives parsed JSON by name. Throws `DataError` naming the entry that is wrong. */
export const readLawOfSteps = (get: (name: (typeof LAW_OF_STEPS)[number]) => unknown): LawOfSteps => ({
  rules: parseClockRules(get('clocks')),
  calendar: parseCalendar(get('holidays')),
  extensions: parseExtensions(get('extensions')),
  settlement: parseSettlement(get('settlement')),
  kinds: parseKindDuties(get('legal-kinds')),
  routes: parseRoutes(get('routes')),
});

/** A case in which nothing is out of the ordinary: no assignment and no remote place. */
export const PLAIN_CASE: Pick<DecideContext, 'rights' | 'remote'> = {
  rights: [],
  remote: false,
};

/** For those who sign a step: deadlines and whose right it is are the service's to say, and nothing that is signed depends on them. */
export const NO_LAW: Omit<LawOfSteps, 'extensions' | 'routes'> &
  Pick<DecideContext, 'extensions'> &
  typeof PLAIN_CASE = {
  rules: { rules: [], rollDays: false },
  calendar: { years: new Set(), daysOff: new Set(), workedWeekends: new Set(), office: [] },
  extensions: null,
  settlement: [],
  kinds: new Map(),
  ...PLAIN_CASE,
};
