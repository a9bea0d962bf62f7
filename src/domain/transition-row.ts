import { HANDLER_ROLES, LEADER_ROLES, OUTSIDE_ROLES } from './roles.ts';
import type { LegalKind, Stage } from './terms.ts';
import type { Transition, Who } from './transition-types.ts';

export const HANDLERS: Who = { party: 'unit', roles: HANDLER_ROLES };
export const LEADERS: Who = { party: 'unit', roles: LEADER_ROLES };
export const OUTSIDE: Who = { party: 'over', roles: OUTSIDE_ROLES };
export const RECEIVERS: Who = { party: 'receiver', roles: HANDLER_ROLES };
export const CITIZEN: Who = { party: 'citizen', roles: [] };
export const TAKER: Who = { party: 'taker', roles: ['operator'] };
/** Only a support unit has this role: it asks before it passes on what was told to it and not to the police. */
export const SUPPORT: Who = { party: 'unit', roles: ['support_worker'] };

export const AUDITORS: Who = { party: 'auditor', roles: ['auditor'] };

/** Every stage before an outcome. */
export const OPEN_STAGES: readonly Stage[] = ['submitted', 'received', 'classified', 'assigned', 'verifying'];
export const ALL_STAGES: readonly Stage[] = [...OPEN_STAGES, 'resolved', 'notified', 'archived'];
export const REGISTERED: readonly Stage[] = ['received', 'classified', 'assigned', 'verifying'];
export const CLASSIFIED: readonly Stage[] = ['classified', 'assigned', 'verifying'];

export type Row = Partial<Transition> & Pick<Transition, 'step' | 'from' | 'who' | 'basis' | 'consequence'>;

/** Sources of news of a crime (BLTTHS Đ144): the kinds that criminal procedure is about. */
export const CRIME_KINDS: readonly LegalKind[] = [
  'crime_denunciation',
  'crime_report',
  'prosecution_proposal',
];

/** A transition with what most of them have: one person, same stage and overlay, no clocks. */
export const row = (given: Row): Transition => ({
  overlay: 'none',
  to: 'same',
  toOverlay: 'same',
  people: 'one',
  focal: null,
  starts: [],
  stops: [],
  requires: [],
  ...given,
});
