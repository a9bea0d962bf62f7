import type { consoleStepsVi } from '../vi/console-steps.ts';

export const consoleStepsEn: typeof consoleStepsVi = {
  classify: {
    circumstances: 'Circumstances that are clear',
    grave:
      'With any of these a commune’s police report the tip at once and pass it up within 24 hours (48 in remote areas). Leave open what is not clear yet; a tip can be classified again.',
    others: 'Other circumstances',
    recorded: 'Kept in the file. Leave open what is not clear yet; a tip can be classified again.',
    child: 'Measures to protect the child within 12 hours of receipt.',
    happeningNow:
      'The sender says that it is happening now. If somebody is caught in the act, please tick “Caught in the act”.',
    saidMinor:
      'The sender says that somebody is under 18, so it is ticked. Please untick it if that is wrong.',
    mustPassOn: 'With what is ticked, a commune’s police do not settle the tip but pass it up.',
    passOnFirst: 'With this your unit has to pass the tip up: please use “Send to another unit”.',
    identity: 'Did the sender say who they are?',
    identityHint: 'From the opened content. Denunciations and complaints need a name.',
    evidence: 'Does it have to be checked (Law on Denunciations, Article 25)?',
    evidenceLead: 'With all three it has to be checked, and may not be kept or ended without verification.',
    notOffered: 'Kinds that need a name or a letter in person are not in this list.',
  },
  transfer: {
    why: 'Why it is sent on',
    documentNumber: 'Number of the transfer slip (form 03)',
    documentDay: 'Day of the slip',
    pages: 'Sheets in the file',
    returnWhy: 'Why it goes back',
  },
  notice: {
    how: 'Telling the sender',
    write: 'Write to them',
  },
};
