import type { MailboxWritingTexts } from '../vi/mailbox-writing.ts';

/** Writing back from the mailbox in English. */
export const mailboxWriting: MailboxWritingTexts = {
  title: 'Write to the unit',
  who: 'What you write is sealed on this device; only {unit} can open it.',
  whoBoth:
    'Your tip is being handed over: what you write is sealed for {unit} and for the unit that takes it.',
  notShown:
    'What was sent is not shown here again: whoever gets hold of the code cannot read what you wrote.',
  label: 'Your message',
  send: 'Seal and send',
  empty: 'Please write a message first.',
  tooLong: 'The message is longer than 20,000 characters. Please send it in two.',
  roomToday: 'You can send {n} more today.',
  noRoomToday: 'You have sent as many messages as one day takes. You can go on tomorrow.',
  noRoom: 'This conversation has reached its limit. To tell more, please send a new tip.',
  muted: 'The unit takes no more messages here. The tip that you sent is still being handled.',
  doubt: 'Something above does not fit. You can still send, but think about it first.',

  filesTitle: 'Attach photos, videos or papers',
  filesLoading: 'Loading what reads files…',
  filesNotLoaded: 'What reads files did not load. Press to try again.',
  sendingFiles: 'Sealing and sending the files…',

  nameTitle: 'I want to say who I am',
  nameLead:
    'You need not. Your name is inside the seal and only the unit reads it. Once said it cannot be taken back; people who report under their name are protected by Article 484 of the Criminal Procedure Code.',
  name: 'Full name',
  contact: 'How to reach you (telephone or address), if you like',
  secret: 'Please keep my name secret',
  nameMissing: 'Please write your name, or close “I want to say who I am”.',

  phases: {
    keys: 'Checking the keys of the unit…',
    proof: 'Your device is solving a small puzzle that keeps spam away…',
    sending: 'Sending…',
    checking: "Checking the server's promise…",
    waiting: 'The connection broke. Trying again in {seconds} seconds; what you wrote is still here…',
    again: 'The unit has just taken a step. Sealing again to fit…',
  },
  sent: 'Sent. Your message has arrived and is now a step of your tip.',
  answered: 'Your answer has been recorded.',
  promiseClock: "The server's promise carries another day than your device. Please look at its date.",
  promiseBad:
    'The server took it, but its promise could not be checked ({code}). Please come back and look in a few days.',
  lost: 'The connection broke on the way; the message may have arrived. Press “Send again”: it is not recorded twice.',
  resend: 'Send again',
  edit: 'Edit the message',
  offline: 'No connection. Nothing was sent; what you wrote is still here.',
  moved: 'Your tip keeps changing, so this was not sent yet. Please try again in a few minutes.',
  codeGone: 'This code no longer opens the tip: it may have been changed elsewhere.',
  keysRefused: 'The keys of the unit failed the check ({code}). Nothing was sent.',
  failed: 'It could not be sent ({code}). Please try again.',

  askedBy: 'The unit hopes for your answer by {day}.',
  askedAnswer: 'Write an answer',
  consentAsk: 'The unit asks: do you agree that this tip is handed to another unit?',
  consentLook: 'Look and answer',
  consentQuestion: 'Do you agree that {unit} gets and reads this tip?',
  consentWhy:
    'Nobody can hand it over without your signed yes. You can change your mind until it was handed over.',
  consentYes: 'I agree',
  consentNo: 'I do not agree',
  consentDone: 'You answered this question on {day}. You can still answer again.',
  unitUnproven: 'The directory does not prove the name of the unit {unit}. Please do not agree now.',

  rewardTitle: 'A reward for you',
  rewardHow:
    'You can collect it without giving a name: go to the place that the message names and say the words in it. Nothing in the system records who collected it.',

  gap: 'A part of the conversation is missing: a step or an answer was taken from the server. Please save this screen and tell the oversight body.',
  order:
    'The conversation is no longer in its order: something was put in or moved. Believe only what has a checked signature; please save this screen and tell the oversight body.',
  missing: 'An answer of the unit is in the record, but the server does not hand it out.',

  changeTitle: 'Change your code',
  changeOffer:
    'The person on the telephone has had your code. It is better to change to one that only you know.',
  changeLead:
    'A new code takes the place of the old one, which opens nothing from then on. Whoever had the old code may have kept the answers that they saw.',
  changeMake: 'Make a new code',
  changeWrite: 'Write this new code down first',
  changeBoth: 'It does not count yet. Keep both codes until this page says that the change is done.',
  changeGo: 'I have written it down, change to it',
  changeStop: 'Keep the old code',
  changeStopped: 'The old code stays. The new one just shown is worth nothing; please destroy your note.',
  changeLost:
    'The connection broke on the way; the code may have changed. Press “Try again”. Keep both codes: if the new one does not open yet, the old one does.',
  changeAgain: 'Try again',
  changed: 'Changed. From now on only the new code opens this tip. Please destroy the old one.',

  withdrawTitle: 'Withdraw the tip',
  withdrawLead:
    'You sign with your code that you take the tip back. The unit sees that, and is not bound to stop: where a crime is suspected, it goes on. What was sent does not go away.',
  withdrawForced:
    'If somebody forces you to withdraw, tell the unit in a message instead of pressing this, or call 113.',
  withdrawGo: 'I withdraw this tip',
  withdrawDone: 'Your withdrawal is recorded. You can still read answers with this code.',
  withdrawn: 'You signed a withdrawal on {day}. The unit may go on all the same.',

  idle: 'Nothing was done for a long time, so the code was wiped from this device. Enter it again to go on.',
  idleFiles:
    'The files you had chosen were not sent and were taken off this page; choose them again when you open it.',
  idleDraft: 'What you were writing is still on this page and comes back when you open it.',
  readOnly:
    'This simple page is for reading. To write back, please use the page with JavaScript, where your words are sealed on your device.',
};
