import type { frame as vi } from '../vi/frame.ts';

export const frame: typeof vi = {
  siteName: 'TinKín',
  skip: 'Skip to main content',
  otherLanguage: 'Tiếng Việt',
  otherLanguageLabel: 'View this page in Vietnamese',
  demoLabel: 'Demonstration',
  demo: 'Demonstration: tips sent here reach no authority. Do not write about real events.',
  leave: 'Leave quickly',
  leaveHint: 'Goes to an ordinary page at once. Pressing Escape three times does the same.',
  emergencyLabel: 'Emergency numbers',
  errorTitle: 'This did not work',
  notFoundTitle: 'Page not found',
  back: 'Back to the first page',
  errorCode: 'Error code',
};
