import { AUDITORS, LEADERS, row } from './transition-row.ts';
import type { Transition } from './transition-types.ts';

/** What comes after a tip's end: its words go when their time is over, and an auditor tells which tips were canaries. */
export const RETENTION_TRANSITIONS: readonly Transition[] = [
  row({
    step: 'shredding_proposed',
    from: ['archived'],
    who: [LEADERS],
    people: 'two',
    requires: ['retention_rule', 'audited_checkpoint'],
    basis: 'policy',
    consequence: 'shredding_asked',
  }),
  row({
    step: 'shredding_refused',
    from: ['archived'],
    who: [LEADERS],
    requires: ['decision', 'reason'],
    basis: 'policy',
    consequence: 'words_stay',
  }),
  row({
    step: 'shredded',
    from: ['archived'],
    who: [LEADERS],
    people: 'two',
    requires: ['decision'],
    basis: 'policy',
    consequence: 'words_gone',
  }),
  row({
    step: 'canary_revealed',
    from: ['resolved', 'notified', 'archived'],
    overlay: 'any',
    who: [AUDITORS],
    requires: ['commitment'],
    basis: 'policy',
    consequence: 'canary_told',
  }),
];
