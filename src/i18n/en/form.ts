import type { form as vi } from '../vi/form.ts';

export const form: typeof vi = {
  title: 'Send a tip',
  titleSupport: 'Write to social support',
  lead: 'About five minutes. Nobody asks for your name. Nothing leaves your device until you press send.',
  leadSupport: 'What you write goes to social support, not to police. Nobody asks for your name.',
  noscript:
    'This page seals the tip on your own device and needs JavaScript for it. Without it you can still use the simple page, but know this first: there the server sees your words for a moment before it seals them.',
  noscriptTitle: 'Your browser does not run scripts (JavaScript)',
  noscriptOff:
    'This page seals the tip on your own device and needs JavaScript. Please switch it on or use another browser. If it is urgent, call 113 or 111.',
  noscriptLink: 'Open the simple page',
  loadFailed:
    'The part of this page that seals could not be loaded. Check your connection and reload before you write anything here.',

  place: {
    title: 'Where did it happen?',
    titleSupport: 'Where are you?',
    province: 'Province or city',
    commune: 'Commune or ward',
    communeHint:
      'Type a few letters; tone marks are not needed. Names from before July 2025 are found as well.',
    unknown: 'I do not know which commune or ward',
    chooseProvince: 'Choose a province',
    elsewhere:
      'Somewhere else? Only these provinces are served here. Please call 113, or 111 about children or trafficking.',
  },
  kind: {
    title: 'What is it about?',
    hint: 'Choose what comes closest. It does not matter if it is not exact.',
  },
  urgent: {
    title: 'Is it urgent?',
    hint: 'Tick everything that is true. If nothing is, just continue.',
    now: 'It is happening right now',
    danger: 'Somebody is in danger or being held',
    minor: 'Somebody is under 18',
    supportTitle: 'Those involved may need help',
    supportText:
      'Nobody is treated as an offender for asking for help. They can call 111, or write to social support on the page “I need help”.',
    callTitle: 'Please call now, do not only write',
    callText: 'A person on the telephone is faster than a tip. After the call, do send this tip as well.',
  },
  official: {
    title: 'Is an official or a police officer involved?',
    hint: 'If so, the tip does not go to their unit but to another body.',
    no: 'No',
    unsure: 'I am not sure',
    yes: 'Yes',
    whoTitle: 'Who is it?',
    unitTitle: 'Of which unit?',
    unitUnknown: 'I do not know which unit',
    whoHint: 'Only if you answered “Yes”.',
    who: {
      commune_police_officer: 'A police officer of a commune or ward',
      commune_police_head: 'Head or deputy head of a commune’s police',
      commune_police: 'A commune’s police as a whole',
      provincial_department: 'An officer of a department of the provincial police',
      provincial_department_head: 'Head or deputy head of a department of the provincial police',
      provincial_director: 'Director or deputy director of the provincial police',
      provincial_police: 'The provincial police as such',
      investigator: 'Somebody who is investigating a case',
      commune_official: 'An official of the commune’s People’s Committee',
      other_official: 'An official of another body',
    },
    excludeTitle: 'Which unit must not read this tip?',
    excludeHint:
      'Choose any unit that you do not trust. This list is inside the seal; the server does not see it.',
    excludeMore: 'I want to leave out a unit myself',
  },
  what: {
    title: 'What happened?',
    titleSupport: 'What would you like to say?',
    hint: 'Tell it as you would tell a friend: who did what, how often, why it seems wrong.',
    hintSupport: 'Tell what you are going through and what you need. A few words are enough.',
    warnTitle: 'Do not give yourself away',
    warn: 'Do not write your name, or anything that only you could know: whoever reads it might guess who told.',
    label: 'What you want to tell',
  },
  details: {
    title: 'When and where?',
    when: 'When',
    whenHint: 'For example: every Saturday night since September.',
    where: 'Where exactly',
    whereHint: 'For example: second floor of the guesthouse by the bridge, blue sign.',
  },
  people: {
    title: 'Who, and how do you know?',
    who: 'Who is involved',
    whoHint: 'Names, nicknames, looks, number plates, accounts. Leave it empty if you do not know.',
    how: 'How you know',
    howHint: 'For example: saw it, heard it from others, saw it online. Do not write what gives you away.',
  },
  review: {
    title: 'Check before you send',
    lead: 'Read it once more. After sending, nobody can change it, not even you.',
    change: 'Change',
    none: 'left empty',
    to: 'It will go to',
    diverted: 'It does not go to the unit of whoever it is about.',
    send: 'Seal and send',
    wait: 'Getting ready to seal on your device…',
  },
};
