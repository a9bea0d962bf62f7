import type { LawTexts } from '../vi/law.ts';

export const lawEn: LawTexts = {
  circumstance: {
    caught_in_act: 'Caught in the act',
    serious: 'Serious crime',
    very_serious: 'Very serious crime',
    especially_serious: 'Especially serious crime',
    public_concern: 'Of public concern',
    may_flee: 'The offender may flee',
    minor: 'The victim is under 18',
  },
  identity: {
    anonymous: 'Anonymous',
    refused: 'Refused to give particulars',
    confidential: 'Asked for secrecy',
    named: 'Gave a name',
  },
  evidence: {
    violator: 'Does it clearly name who did wrong?',
    proof: 'Does it give concrete documents or evidence?',
    basis: 'Is there a basis on which it can be checked?',
  },
  transferGround: {
    not_competent: 'Not within our competence',
    other_place: 'It happened in another place',
    above_level: 'Above our level',
    victim_minor: 'The victim is under 18',
    caught_in_act: 'Caught in the act',
    other: 'Another ground',
  },
  returnGround: {
    not_competent: 'Not within the receiving unit’s competence',
    incomplete: 'The file is incomplete',
    wrong_unit: 'Sent to the wrong unit',
  },
  reopenGround: {
    new_facts: 'New facts',
    decision_annulled: 'The decision was annulled',
    follow_up: 'The follow-up found it going on',
  },
  divertGround: {
    conflict: 'Conflict of interest: the tip is about people of the unit',
    capacity: 'The unit cannot be impartial for another reason',
  },
  suspensionGround: {
    expert_awaited: 'An expert’s, a valuer’s or a foreign body’s answer is awaited',
    papers_awaited: 'Papers are awaited from a body or person',
    force_majeure: 'Natural disaster or epidemic',
  },
  noCase: {
    no_event: 'There was no criminal event (clause 1)',
    no_crime: 'The act is not a crime (clause 2)',
    under_age: 'Below the age of criminal responsibility (clause 3)',
    already_judged: 'Judged or closed before by a decision in force (clause 4)',
    time_barred: 'The limitation period is over (clause 5)',
    amnestied: 'The crime was amnestied (clause 6)',
    deceased: 'The offender has died (clause 7)',
    no_request: 'The victim does not request prosecution (clause 8)',
  },
  noNotice: {
    no_code: 'The informant took no code and has no mailbox',
    refused: 'The informant refused to give particulars and has no mailbox',
  },
  checkKind: { sanction: 'After a sanction', hotspot: 'A cleared hot spot' },
  checkResult: {
    clean: 'Not going on',
    again: 'Going on again',
    not_found: 'No longer at that address',
  },
};
