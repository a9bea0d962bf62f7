import type { consolePosterVi } from '../vi/console-poster.ts';

export const consolePosterEn: typeof consolePosterVi = {
  poster: {
    title: 'You saw something wrong? Tell it without your name',
    lead: 'Prostitution, human trafficking, abuse of children, people under force, officials who look away.',
    scan: 'Scan the code, or type the address:',
    onion: 'With Tor Browser:',
    hotline: 'Call the hotline:',
    emergency: 'In danger now: call 113. Children, people who were sold: call 111.',
    protectTitle: 'What protects you',
    protect: [
      'No name, no account; neither your number nor your network address is kept.',
      'Your tip is sealed on your own device; only the unit that receives it can open it.',
      'A tip about an official or the police does not go to their unit.',
      'You get a code to read the answer. Nobody can erase your tip.',
    ],
    careTitle: 'To be safer',
    care: 'Use a phone and a network of your own, not those of the place you tell about. Do not write what you alone can know.',
    help: 'Do you need help yourself? The same page takes your words, without the police.',
    cardTitle: 'Tell it without your name',
    cardLine: 'Sealed on your device. A code to read the answer.',
    noTracking: 'The QR code holds the address above and follows nobody.',
  },
  posterPage: {
    title: 'Posters and cards',
    lead: 'To be put up and given away. The paper holds the address of the site alone: nothing tells who took which sheet.',
    kind: 'Size',
    kinds: { a4: 'A4 poster', card: 'Small cards, ten on an A4 sheet' },
    lang: 'Language on the paper',
    langs: { vi: 'Vietnamese', en: 'English' },
    print: 'Print',
    printHint: 'Choose A4, margins “none”, scale 100 %. Choose “Save as PDF” to get a file.',
    preview: 'Preview',
    where:
      'Put it where people can stand alone: toilets, bus stops, health stations, guest houses. Not beside a camera.',
    local: 'This address works on this computer alone. Print from the public address.',
  },
};
