import type { common as vi } from '../vi/common.ts';

export const common: typeof vi = {
  back: 'Back',
  next: 'Continue',
  optional: 'optional',
  call: (number: string) => `Call ${number}`,
  emergencyTitle: 'In danger now? Call',
  emergencyPolice: 'Police',
  emergencyChild: 'Child protection, human trafficking',
  emergencyChildShort: 'Children, trafficking',
  emergencyNote: 'Free of charge, day and night.',
  pages: 'Other pages',
  pageSend: 'Send a tip',
  pageRead: 'Read the answer',
  pageAnonymity: 'What anonymous means here',
  pageLostCode: 'I lost my code',
  pageHelp: 'I need help',
  pageAboutTip: 'What happens to my tip',
  pageAboutCode: 'My code: how to keep and use it',
  pageLedger: 'The public log',
  noTraces: 'This site uses no cookies and does not record your network address.',
};
