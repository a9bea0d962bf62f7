import type { plain as vi } from '../vi/plain.ts';

export const plain: typeof vi = {
  title: 'Send a tip (simple page)',
  titleSupport: 'Write to social support (simple page)',
  warnTitle: 'This page does not seal on your device',
  warn: 'The server sees your words for a moment, then seals them at once and keeps no readable copy. If you can, use the page with JavaScript: there nobody but the receiving unit can read them.',
  full: 'Open the page that seals on the device',
  chooseProvince: 'In which province did it happen?',
  commune: 'Commune or ward',
  communeChoose: 'Choose a commune or ward',
  communeUnknown: 'I do not know',
  communeFormer: 'Only know a former name? Choose “I do not know” and write it under “where exactly”.',
  excludeHint: 'Choose any unit that you do not trust.',
  excludeCommune: 'The police of the commune or ward where it happened',
  unitHint: 'Only if you answered “Yes”.',
  unitOwn: 'The police of the place where it happened',
  unitPolice: 'Police of communes and wards',
  unitOther: 'Other units',
  reviewTitle: 'Check, then send',
  review:
    'Scroll up and read it once more. After sending, nobody can change it, not even you. Press send once and wait a few seconds. If the line breaks and no code appears, reload that page within a few minutes: it is not sent twice.',
  send: 'Send',
  problems: 'Not sent yet: something needs correcting. What you wrote is still below.',
  again:
    'This page was open for too long, so nothing was sent this time. What you wrote is still below; press send once more. If you had sent it from this page before, that tip has arrived, and pressing again makes a second one.',
  arrived: 'The tip of this page has arrived already',
  arrivedText:
    'The unit is handling it. The server keeps no code, so it cannot be shown again: if you wrote it down, use it; if not, the answer to that tip can no longer be read.',
  arrivedAgain:
    'Nothing was sent this time. What you wrote is still below. To get a code, or to add something, you can send it as a second tip; please say in it that you are sending again.',
  sendSecond: 'Send as a second tip',
  busy: 'The server is busy. What you wrote is still below; please wait a minute and press send again.',
  quota:
    'Not sent yet: many tips came through the simple page this minute. What you wrote is still below; please wait a minute and press send again, or use the page with JavaScript.',
  notSent: 'Not sent yet: {message}',
  emergency: 'If somebody is in danger, call 113 (police) or 111 (children, trafficking) now.',
  doneTitle: 'It has arrived. Keep this code',
  sealed: 'The server sealed it for {unit}, key mark {fingerprint}.',
  fallback:
    'The unit you chose has no key for tips at the moment, so it was sealed for {unit}, who passes it on.',
  keep: 'Write the code on paper. This page will not show it again.',
  read: 'Read the answer with the code',
};
