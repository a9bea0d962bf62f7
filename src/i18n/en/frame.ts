import type { FrameTexts } from '../frame-texts.ts';

export const frame: FrameTexts = {
  siteName: 'TinKín',
  skip: 'Skip to main content',
  otherLanguage: 'Tiếng Việt',
  otherLanguageLabel: 'View this page in Vietnamese',
  demoLabel: 'Demonstration',
  demo: 'Demonstration: tips sent here reach no authority. Do not write about real events.',
  leave: 'Leave quickly',
  leaveHint: 'Goes to an ordinary page at once. Pressing Escape three times does the same.',
  emergencyLabel: 'Emergency numbers',
  emergency: 'In danger now? Call',
  police: 'Police',
  child: 'Children, trafficking',
  home: 'Home',
  errorTitle: 'This did not work',
  notFoundTitle: 'Page not found',
  back: 'Back to the first page',
  errorCode: 'Error code',
};
