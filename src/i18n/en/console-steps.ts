import type { consoleStepsVi } from '../vi/console-steps.ts';

export const consoleStepsEn: typeof consoleStepsVi = {
  classify: {
    circumstances: 'Circumstances that are clear',
    circumstancesHint:
      'Under each stands what the law demands. Leave open what is not clear yet; a tip can be classified again.',
    circumstance: {
      caught_in_act: 'Caught in the act',
      serious: 'Serious',
      very_serious: 'Very serious',
      especially_serious: 'Especially serious',
      public_concern: 'The public follows it',
      may_flee: 'Somebody may flee or destroy evidence',
      minor: 'The victim is under 18',
      checkable: 'Must be checked',
    },
    grave: 'A commune’s police report it at once and pass it up within 24 hours (48 in remote areas).',
    severity: 'Kept in the file. Whoever was assigned settles nothing very or especially serious.',
    child: 'Measures to protect the child within 12 hours of receipt.',
    plain: 'Kept in the file; no deadline changes.',
    happeningNow:
      'The sender says that it is happening now. If somebody is caught in the act, please tick “Caught in the act”.',
    saidMinor:
      'The sender says that somebody is under 18, so it is ticked. Please untick it if that is wrong.',
    mustPassOn: 'With what is ticked, a commune’s police do not settle the tip but pass it up.',
    passOnFirst: 'With this your unit has to pass the tip up: please use “Send to another unit”.',
    identity: 'Did the sender say who they are?',
    identityHint: 'From the opened content. Denunciations and complaints need a name.',
    identities: {
      anonymous: 'Did not say',
      refused: 'Refused to say, with a reason',
      confidential: 'Said so and asked for secrecy',
      named: 'Gave their name',
    },
    evidence: 'Does it have to be checked (Law on Denunciations, Article 25)?',
    evidenceLead: 'With all three it has to be checked, and may not be kept or ended without verification.',
    violator: 'Does it name who broke the law?',
    proof: 'Are there documents or specific evidence?',
    basis: 'Is there a basis for checking it?',
    notOffered: 'Kinds that need a name or a letter in person are not in this list.',
  },
  transfer: {
    why: 'Why it is sent on',
    grounds: {
      not_competent: 'The unit is not competent',
      other_place: 'It happened in another place',
      above_level: 'Above the competence of this level',
      victim_minor: 'The victim is under 18',
      caught_in_act: 'Caught in the act',
      other: 'Another reason',
    },
    documentNumber: 'Number of the transfer slip (form 03)',
    documentDay: 'Day of the slip',
    pages: 'Sheets in the file',
    returnWhy: 'Why it goes back',
    returns: {
      not_competent: 'Your unit is not competent',
      incomplete: 'The file is incomplete',
      wrong_unit: 'Sent to the wrong unit',
    },
  },
  notice: {
    how: 'Telling the sender',
    write: 'Write to them',
    none: {
      no_code: 'Not possible: the caller took no code, so nobody would read it',
      refused: 'Not possible: the sender refused to say who they are and has no mailbox',
    },
  },
};
