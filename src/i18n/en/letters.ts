import type { letters as vi } from '../vi/letters.ts';

export const letters: typeof vi = {
  subject: 'TinKín',
  digest: [
    'Dear colleague,',
    '',
    'It is time to look at the board. Please open TinKín as you do every day and look at "Today".',
    '',
    'This letter goes out at a fixed hour. It is the same every day, with or without work:',
    'it does not say whether there are tips, how many, or whose.',
    'Letters from TinKín never hold a link or an attachment. Please do not open one that does.',
    '',
    'To get no more letters: in TinKín, under "Sessions and passphrase", choose "Stop letters".',
  ],
  code: [
    'Dear colleague,',
    '',
    'Code that confirms your address: {code}',
    '',
    'Type it in TinKín under "Sessions and passphrase". It works for 30 minutes.',
    'If you did not ask for it, please ignore this letter: no other will be sent to you.',
    'Letters from TinKín never hold a link or an attachment. Please do not open one that does.',
  ],
};
