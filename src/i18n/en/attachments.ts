import type { AttachmentTexts } from '../vi/attachments.ts';

export const attachments: AttachmentTexts = {
  step: {
    title: 'Do you have photos, videos or papers?',
    hint: 'If not, press “Continue”. If you do, choose them here; nothing is sent yet.',
    careTitle: 'Look closely before you choose',
    care: 'Mirrors, windows, voices, handwriting or the angle of a photo can show who took it.',
    choose: 'Choose files',
    chooseMore: 'Choose more files',
    limits: 'Up to {count} files, each up to {size}.',
    more: 'What is done with my photos and files?',
  },
  loading: 'Loading what reads files…',
  notLoaded: 'What reads files could not be loaded. Please check your connection.',
  again: 'Try again',
  list: 'Files you chose',

  reading: 'Looking for hidden information in the file…',
  redrawn: 'The picture was drawn anew: place, time and device are gone.',
  stripped: 'Hidden information was removed.',
  nothingFound: 'No other hidden information was found.',
  original: 'The original file will be sent, with all hidden information in it.',
  found: 'The original file says:',
  way: 'How to send this file',
  wayClean: 'Remove hidden information (recommended)',
  wayOriginal:
    'Keep the original file: choose this only when the original is evidence, for it can tell where you were and what device you use.',
  remove: 'Remove this file',
  removed: '{name} was removed.',
  kept: {
    pdf: 'Pictures inside the PDF keep their own information.',
    office: 'Names of people who commented or edited stay where they stand in the text.',
    media: 'Picture and sound stay as they are. A voice can tell who is speaking.',
  },

  lies: 'The name says one kind, inside is another ({type}).',
  obstacle: {
    unknown_kind: 'This page cannot see inside this kind of file. It will be sent as it is.',
    undecoded:
      'This browser cannot open this kind of photo (an iPhone’s HEIC, say), so hidden information could not be removed. It will be sent as it is. If you do not want that: remove it, take a screenshot of the photo or save it as JPEG, and choose the new one.',
    too_large: 'The file is too large to remove hidden information. It will be sent as it is.',
    bomb: 'This file unpacks to an unusual size, so the page does not open it. It will be sent as it is.',
    locked:
      'The file has a password, so its inside cannot be seen. It will be sent as it is; remember to give the password in your story.',
    broken:
      'This file is damaged somewhere, so hidden information cannot be removed. It will be sent as it is.',
  },
  finding: {
    place: 'place',
    time: 'time',
    device: 'device',
    author: 'name of a person',
    title: 'title',
    software: 'software',
    preview: 'hidden preview picture',
    comments: 'notes',
    after_end: 'data hidden behind the file',
  },
  kind: { image: 'Photo', video: 'Video', audio: 'Sound', pdf: 'PDF', office: 'Document', other: 'File' },

  tooMany: 'Only {count} files can be sent at once. Not added: {names}.',
  tooLarge: '{name} is larger than {size} and cannot be sent.',
  empty: '{name} is an empty file.',
  twice: '{name} is in the list already.',
  waitReading: 'One moment please: a file is still being looked into.',
  retryReading: 'A file could not be looked into. Press “Try again”, or remove it.',

  reviewTitle: 'Attached files',
  reviewClean: '{name} · {size} · hidden information removed',
  reviewOriginal: '{name} · {size} · original kept',

  sending: 'sending, {percent} %',
  sealing: 'being sealed',
  turn: 'waits for its turn',
  waiting: 'no connection, goes on by itself when it is back ({percent} %)',
  paused: 'paused at {percent} %',
  sent: 'sent',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Remove file',
  ofFile: ': {name}',
  gone: '{name} can no longer be read: it was changed, moved or deleted. Go back to the files, remove it and choose it again.',
};
