/* Who may do what belongs to whom, by domain.md ("Life cycle", "Conflict of interest"); nothing here is read from the program. */

export const HANDLE = ['officer', 'head', 'deputy', 'inspector', 'prosecutor', 'support_worker'];
export const LEAD = ['head', 'deputy'];
export const OUTSIDE = ['head', 'deputy', 'inspector'];
const PROCURE = ['head', 'deputy', 'prosecutor'];

/** What a person is to a tip. */
export type Standing =
  | 'handler'
  | 'leader'
  | 'receiver'
  | 'outsider'
  | 'leader_above'
  | 'procuracy'
  | 'diverter'
  | 'checker'
  | 'helper'
  | 'proposer';

export interface Person {
  readonly id: string;
  readonly unit: string;
  readonly roles: readonly string[];
}

/** What decides how a person stands to a tip. */
export interface Place {
  readonly holder: string;
  readonly sentTo: string | null;
  readonly supervisor: string | null;
  readonly proposer: string | null;
  readonly checkers: readonly string[];
  /** Units above the holder. */
  readonly above: readonly string[];
  /** Units to which tips about the holder go. */
  readonly diverters: readonly string[];
}

const any = (person: Person, roles: readonly string[]): boolean =>
  person.roles.some((role) => roles.includes(role));

/** Everything that a person is to a tip. */
export const standings = (person: Person, tip: Place): ReadonlySet<Standing> => {
  const found = new Set<Standing>();
  const { unit } = person;
  if (unit === tip.holder) {
    if (any(person, HANDLE)) found.add('handler');
    if (any(person, LEAD)) found.add('leader');
    if (any(person, ['support_worker'])) found.add('helper');
  }
  if (unit === tip.sentTo && any(person, HANDLE)) found.add('receiver');
  if (unit !== tip.holder && tip.above.includes(unit)) {
    if (any(person, OUTSIDE)) found.add('outsider');
    if (any(person, LEAD)) found.add('leader_above');
  }
  if (unit === tip.supervisor && any(person, PROCURE)) found.add('procuracy');
  if (unit !== tip.holder && tip.diverters.includes(unit) && any(person, OUTSIDE)) found.add('diverter');
  if (tip.checkers.includes(person.id) && any(person, HANDLE)) found.add('checker');
  if (person.id === tip.proposer) found.add('proposer');
  return found;
};
