import { CRIME } from './allowed.ts';
import type { Period } from './dates.ts';

/*
 * domain.md's table of clocks, written a second time by hand: for each what it takes, from when it counts, and for whom. Names tell two limits
 * of one clock apart.
 */

export interface Case {
  readonly unitKind: string;
  readonly kind: string | null;
  readonly circumstances: readonly string[];
  readonly remote: boolean;
}

export interface Limit {
  readonly name: string;
  readonly period: Period;
  readonly from: 't0' | 'step';
}

const of = (name: string, from: Limit['from'], period: Period): Limit => ({ name, from, period });

/** Verifying, settling and handling have the same time but in communes and in support units. */
const work = (clock: string, how: string, { unitKind, kind, remote }: Case): Limit => {
  if (how === 'resumed') return of('resumed', 'step', [1, 'm']);
  // "archived, suspended → reopened: new clock": as long as the first for its kind and unit, from then on.
  const anew = how === 'reopened';
  const known = how !== 'submitted';
  const from = anew ? 'step' : 't0';
  const named = (name: string): string => (anew ? `reopened ${name}` : name);
  if (known && kind === 'denunciation') return of(named('denunciation'), from, [30, 'd']);
  if (known && kind === 'complaint') return of(named('complaint'), from, [remote ? 45 : 30, 'd']);
  if (anew && !(unitKind === 'social_support' || (unitKind === 'commune_police' && clock === 'verify')))
    return of('reopened', 'step', [20, 'd']);
  const own = how === 'taken_over' || anew ? 'step' : 't0';
  if (unitKind === 'commune_police' && clock === 'verify') return of(named('commune'), own, [7, 'd']);
  if (unitKind === 'social_support')
    return of(named('support'), own, clock === 'verify' ? [7, 'd'] : [10, 'wd']);
  return of('general', 't0', [20, 'd']);
};

/** TTLT 01/2017 Đ8.5a; TT 43/2021 Đ5. */
const GRAVE = [
  ...['caught_in_act', 'very_serious', 'especially_serious', 'public_concern', 'may_flee', 'minor'],
];
export const isGrave = (circumstances: readonly string[]): boolean =>
  circumstances.some((one) => GRAVE.includes(one));

/** True for news of a crime. */
export const isCrime = (kind: string | null): boolean => kind !== null && CRIME.includes(kind);

const sendingOn = (how: string, given: Case): Limit => {
  if (how === 'classified' && given.unitKind === 'commune_police' && isGrave(given.circumstances))
    return of('grave', 't0', [given.remote ? 48 : 24, 'h']);
  if (given.kind === 'denunciation')
    return of('denunciation', how === 'classified' ? 't0' : 'step', [5, 'wd']);
  return of('general', 'step', [24, 'h']);
};

/** How long a clock takes that begins now, or null where the case has none. `how`: by what it begins. */
export const limitOf = (clock: string, how: string, given: Case): Limit | null => {
  const { unitKind, kind, circumstances, remote } = given;
  const crime = isCrime(kind);
  switch (clock) {
    case 'register':
      return of('general', 't0', [24, 'h']);
    case 'classify':
      return of('general', how === 'submitted' ? 't0' : 'step', [24, 'h']);
    case 'verify':
    case 'settle':
    case 'handle':
      return work(clock, how, given);
    case 'transfer':
      return sendingOn(how, given);
    case 'transfer_ack':
    case 'suspension_sent':
      return of('general', 'step', [24, 'h']);
    case 'notice_receipt':
      return of('general', 't0', [3, 'wd']);
    case 'assign':
      // "Head of investigation office": a commune verifies and passes on.
      return crime && ['provincial_police', 'procuracy'].includes(unitKind)
        ? of('general', 't0', [3, 'd'])
        : null;
    case 'child_measures':
      return circumstances.includes('minor') ? of('general', 't0', [12, 'h']) : null;
    case 'propose_assignment':
      return crime && unitKind === 'commune_police' ? of('general', 't0', [remote ? 24 : 12, 'h']) : null;
    case 'screen':
      return kind === 'denunciation' ? of('general', 't0', [7, 'wd']) : null;
    case 'accept':
      return kind === 'complaint' ? of('general', 't0', [10, 'd']) : null;
    case 'first_answer':
      return kind === 'petition' || kind === 'feedback' ? of('general', 't0', [10, 'wd']) : null;
    case 'extension_answer':
    case 'notify_result':
    case 'pass_file':
      return of('general', 'step', [3, 'd']);
    case 'archive':
      return of('general', 'step', [1, 'm']);
    case 'ask_back':
      return of('general', 'step', [10, 'd']);
    default:
      return null;
  }
};

/** The verb of the plans that a clock feeds. */
export const VERB_OF: Readonly<Record<string, string>> = {
  register: 'received',
  classify: 'classified',
  verify: 'verified',
  handle: 'handled',
};
