import type { HelpTexts } from '../vi/help.ts';

export const help: HelpTexts = {
  otherPages: 'Read on',
  tip: {
    title: 'What happens to my tip',
    lead: 'From the moment you press send until there is an answer: who does what, by when, and what you can see of it.',
    parts: [
      {
        title: 'Step by step',
        kind: 'steps',
        text: [],
        list: [
          'Your device seals the tip for exactly one unit. The page names that unit before anything is sent.',
          'The server takes the sealed copy, signs a promise and gives you a code. The server cannot open the tip.',
          'Within 24 hours the unit must enter it in its register and classify it.',
          'The unit verifies it. The usual limit is 20 days; commune police make a first check within 7 days.',
          'Two people must sign the outcome. Nobody can close your tip alone.',
          'Within 3 days of the outcome the unit writes you an answer. You read it with your code.',
        ],
      },
      {
        title: 'Who can read it',
        kind: 'yes',
        text: [],
        list: [
          'Officers of the unit that receives it. Every opening is recorded and signed.',
          'If it is passed on: officers of the new unit.',
          'If you asked for help: the social support office alone. To pass it to the police they must ask you and wait for your yes.',
        ],
      },
      {
        title: 'Who cannot',
        kind: 'no',
        text: [],
        list: [
          'The unit of the person the tip is about, and any unit that you kept out.',
          'Whoever runs the server, keeps its backups, or steals either.',
          'The hotline operator, once the tip that they wrote down for you is sealed.',
        ],
      },
      {
        title: 'If it is late',
        kind: 'plain',
        text: [
          'Every limit has a clock. When one runs out, the unit’s superiors and the auditors see it, and nobody can erase that. While there is no answer you can write again with your code. The people’s procuracy supervises how tips are handled; you have the right to complain to it.',
        ],
        list: [],
      },
      {
        title: 'When you and the unit write to each other',
        kind: 'plain',
        text: [
          'The unit may ask you something; you answer and add photos with your code, without saying who you are. The page shows the unit’s words only, never what you wrote: somebody who holds your phone and your code does not learn what you reported.',
          'Your network provider can read nothing, but may see that your device has just sent a small packet to this site. To hide that as well, use Tor Browser.',
        ],
        list: [],
      },
      {
        title: 'If there is a reward',
        kind: 'plain',
        text: [
          'The unit says so in its answer, which only the holder of the code can read. You go to the counter named there and say the agreed words; no name is needed. Nothing in the server links the code to the payment.',
        ],
        list: [],
      },
    ],
  },
  code: {
    title: 'My code',
    lead: 'The code has 28 digits in seven groups. It is the only key to the answer.',
    parts: [
      {
        title: 'What the code opens',
        kind: 'yes',
        text: [],
        list: [
          'The unit’s answers and questions.',
          'Which step your tip has reached, and on which day.',
          'A place for you to write more.',
        ],
      },
      {
        title: 'What it does not open',
        kind: 'no',
        text: [],
        list: [
          'What you told and the photos you sent. Not even you can see them again.',
          'Who you are. The code is tied to no name, number or device.',
        ],
      },
      {
        title: 'How to keep it',
        kind: 'plain',
        text: [],
        list: [
          'Write it on paper in seven groups. The last two digits help to find a wrong one.',
          'Do not save it under a name like “tip code”. Take no screenshot if the phone uploads pictures by itself or is shared.',
          'You may save the receipt file: it has an ordinary name and opens with this very code alone.',
          'When you have read the answer, clear it from the screen and leave quickly.',
        ],
      },
      {
        title: 'A code given by telephone or at a counter',
        kind: 'plain',
        text: [
          'The operator reads the code to you or hands you a slip. Their computer forgets it once you have written it down, but they heard it. When you first open the mailbox on a device of your own, the page offers a new code: take it, and the old one stops working.',
          'You may also call again and say the code: the operator opens the answers, reads them to you and writes down yours. They do not see the tip that you gave.',
        ],
        list: [],
      },
      {
        title: 'Somebody else has the code, or you fear so',
        kind: 'plain',
        text: [
          'Open “Read the answer” with the old code and choose “Change the code”. The old one opens nothing any more. What the other person has already seen or copied cannot be taken back.',
        ],
        list: [],
      },
      {
        title: 'The code is lost',
        kind: 'plain',
        text: [
          'Nobody can bring it back, we cannot either. Your tip is handled all the same. You may send a new one.',
        ],
        list: [],
      },
    ],
  },
  photos: {
    title: 'My photos and files',
    lead: 'A photo can tell more than what is seen in it: where it was taken, when, with which device. This page takes care of that before sending.',
    parts: [
      {
        title: 'What this site does on your device',
        kind: 'yes',
        text: [],
        list: [
          'Draws photos anew from their pixels: place, time, device and the hidden thumbnail are gone.',
          'For PDF, office files, video and sound: shows you which names, places and devices are written inside, and removes what can be removed.',
          'Seals each file with a key of its own. The name and kind of the file are inside the seal as well.',
          'When the line breaks it goes on where it was instead of starting again.',
        ],
      },
      {
        title: 'What it cannot do',
        kind: 'no',
        text: [],
        list: [
          'Hide faces, voices, number plates, or what a mirror or window reflects. Look closely before you send.',
          'Hide handwriting: it tells who wrote.',
          'Delete the original on your phone, or the copy that a gallery app has uploaded.',
          'Hide that files were sent: server and network see that there are some and about how large, not what is in them.',
        ],
      },
      {
        title: 'When to keep the original',
        kind: 'plain',
        text: [
          'When the file itself is evidence: its time and place prove what happened, and you accept that whoever reads the tip learns where it was taken and with what. If unsure, let the page draw it anew.',
        ],
        list: [],
      },
      {
        title: 'How much can be sent',
        kind: 'plain',
        text: [
          'At most 20 files at a time. How large one may be stands where you choose it, 500 MB at most. Large files need a good line; keep the page open until you see the code.',
          'A tip counts as received only when every file is whole on the server. Files left half-sent are deleted after a day.',
        ],
        list: [],
      },
      {
        title: 'What the reader does with them',
        kind: 'plain',
        text: [
          'They open in a closed frame without network. Every opening is recorded and signed. If you kept the original, they see where it was taken and with which device; if the page drew it anew, that is gone.',
        ],
        list: [],
      },
    ],
  },
};
