import type { home as vi } from '../vi/home.ts';

export const home: typeof vi = {
  title: 'Send a tip without anyone knowing who you are',
  lead: 'You saw something wrong and want those responsible to know. Tell it here. You need no name, no telephone number and no account.',
  sendTitle: 'Send a tip',
  sendText: 'About five minutes. It is sealed on your own device before it is sent.',
  readTitle: 'Read the answer',
  readText: 'With the 28-digit code that you were given when you sent it.',
  helpTitle: 'I need help',
  helpText: 'With health, the law, a safe place to stay. It goes to social support, not to police.',
  servesTitle: 'Tips are taken here for',
  howTitle: 'What happens to your tip',
  how: [
    'You tell what you saw. Your device seals it with the key of exactly one unit. The server only holds the sealed copy.',
    'You get a 28-digit code and a signed promise that the tip arrived. Nobody else has this code.',
    'The unit opens the tip, looks into it and records the outcome. Every step is signed and cannot be erased.',
    'You come back with the code to see where your tip stands and to read the answer.',
  ],
  anonTitle: 'What anonymous means here',
  anonYes: 'What we can do',
  anonYesItems: [
    'No name, no account, no cookies; your network address is not recorded.',
    'Only people of the unit that receives a tip can open it. Not even those who run the server can.',
    'A tip about an official does not go to the unit it is about.',
  ],
  anonNo: 'What we cannot do',
  anonNoItems: [
    'Hide that your device visited this site. For that, use Tor Browser.',
    'Keep secret what you yourself write that gives you away.',
    'Bring back a lost code: nobody has a second copy.',
  ],
  anonMore: 'Read more about being anonymous',
};
