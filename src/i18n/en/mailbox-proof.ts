import type { mailboxProof as vi } from '../vi/mailbox-proof.ts';

export const mailboxProof: typeof vi = {
  whole: 'Checked in the public log of {day}: all {steps} of {of} steps are there.',
  part: 'Checked in the public log of {day}: {steps} of {of} steps are there. The newer ones are noted and will be in the log before {hour}:00 on {by}.',
  compared: 'It fits the note file that you keep.',
  notCompared: 'Not compared with last time, because no note file was opened.',
  renewed:
    'The service had to be restored from a copy, so the log was begun anew on {day}, and that was announced; what you kept from before was compared with the new log.',
  none: 'The public log has no checkpoint yet, so nothing could be compared. Please come back later.',
  unsure:
    'Nothing could be compared with the public log, because the directory of the units could not be checked. Please look at the date and time of your device, then load the page again.',
  alarm: 'The public log does not fit what you see here.',
  stale: 'The newest checkpoint of the public log is too old for the date and time of your device.',
  clock:
    'First look at the date and time of your device. If they are wrong, set them and open this page again.',
  alarmHow: 'Save the comparison file and give it to an independent auditor: {auditors}.',
  alarmHowNobody: 'Save the comparison file and give it to an independent auditor.',
  alarmCare:
    'The file holds no word that you wrote, but it names your tip. Give it only to somebody you trust. What failed: {code}.',
  alarmSave: 'Save the comparison file',
  foldTitle: 'Compare with your note file',
  foldHint:
    'If you saved a note file when you sent your tip, choose it to compare it with the log. It is opened on your device and sent nowhere.',
  choose: 'Choose the note file',
  comparing: 'Comparing…',
  wrongFile: 'Your code does not open this file.',
  notAsked: 'Nothing was compared: the server could not be reached. Please try again.',
  renewHint:
    'The new file also remembers what you saw today, to be compared next time. Keep it in place of the old one.',
  renew: 'Save the new note file',
  plain:
    'This page cannot compare anything with the public log. The page with JavaScript does so on your own device.',
  saved: 'Saved “{name}”.',
};
