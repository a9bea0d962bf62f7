import type { NoticeTexts } from '../vi/notices.ts';

const THANKS = 'Thank you for telling us.';

export const noticesEn: NoticeTexts = {
  receipt: (day, number) =>
    [
      `The unit received your tip on ${day}${number === null ? '' : ` and registered it as no. ${number}`}.`,
      'We are looking into it and will answer in this mailbox. You can write more at any time.',
      THANKS,
    ].join('\n\n'),
  suspended: [
    'The handling of your tip is suspended under the law until a result that is needed arrives. Your tip is kept and will be taken up again then.',
    'You can still write in this mailbox.',
  ].join('\n\n'),
  outcome: {
    prosecuted: `Your tip was verified. The competent agency has decided to prosecute.\n\n${THANKS}`,
    not_prosecuted: `Your tip was verified. The competent agency has decided not to prosecute. If you disagree you may complain.\n\n${THANKS}`,
    suspended: `The handling of your tip is suspended under the law and will go on as soon as it can.\n\n${THANKS}`,
    sanctioned: `Your tip was verified. The violation was punished.\n\n${THANKS}`,
    transferred: `Your tip was passed to the competent agency.\n\n${THANKS}`,
    inspected: `The place that you told us about was inspected. We keep an eye on it.\n\n${THANKS}`,
    unfounded:
      'We looked into it and found no violation so far. If you learn more, please write here; nobody is blamed for an honest tip.',
    insufficient:
      'What is known so far is not enough to check. If you remember a time, a place or any detail, please write here.',
    duplicate: `What you told us is handled together with another tip about the same thing, and your information is used there.\n\n${THANKS}`,
    referred_support:
      'We have referred this to people who can help. If you need help now, please call 111 or 113.',
    kept: `Your information is kept and followed.\n\n${THANKS}`,
    withdrawn: 'As you signed to withdraw it, the unit has ended its work on this tip.',
    unreadable: 'The unit cannot open your tip. Please send it again.',
    spam: 'This tip has no content that the unit handles and was closed.',
  },
};
