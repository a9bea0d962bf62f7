import type { ledger as vi } from '../vi/ledger.ts';

export const ledger: typeof vi = {
  title: 'The public log',
  lead: 'Every step of every tip goes into a log. Anybody may copy it, and nobody can take out or rewrite a line unnoticed.',
  newestTitle: 'Newest checkpoint',
  newestHint:
    'A checkpoint is a signature over the whole log up to a moment. Each must contain all of the one before.',
  none: 'There is no checkpoint yet. The first one comes when the service begins its log.',
  late: 'This checkpoint is older than usual',
  lateText:
    'There is usually a new one every {every}. Tips are still taken, but after 48 hours without a new one browsers no longer seal tips.',
  at: 'Made at',
  atText: '{time} on {day} (UTC+7)',
  size: 'Lines',
  sizeHint: 'Padding included, so that they do not tell exactly how many tips there are.',
  signers: 'Witnesses that signed',
  root: 'Hash of the whole log',
  origin: 'Name of the log',
  every: 'Grows every',
  seconds: '{n} seconds',
  minutes: '{n} minutes',
  hours: '{n} h',
  holdsTitle: 'What is in it',
  holds: [
    'A hash of every act: taking in a tip, opening, sorting, passing on, concluding and answering it.',
    'Every change to the directory of units and their keys. This part lies open to everybody.',
    'Padding, so that the size tells as little as possible about how many tips came.',
  ],
  lacksTitle: 'What is not in it',
  lacks: [
    'Words of senders, photos, names of people, and which tip went to which unit.',
    'Anything that tells who sent a tip. Nobody can work back from a line to what it stands for.',
  ],
  witnessTitle: 'Who watches it',
  witnessText:
    'A witness is another agency. It remembers how the log looked before and signs only a log that contains all of that, so that two people cannot be shown two different logs.',
  witnessNone:
    'There is no witness at present: the signature of this service stands alone. Whoever wants to be certain keeps today’s checkpoint and compares it with a later one.',
  witnessDemo:
    'This is a demonstration: its witness runs in the service itself, to show how it is done, and protects from nothing.',
  signed: 'signed this checkpoint',
  notSigned: 'has not signed this checkpoint',
  checkTitle: 'Check it yourself',
  checkCitizen:
    'You sent a tip: open “Read the answer” with your code. That page compares what you see with the log, on your own device.',
  checkAuditor:
    'Independent auditors take a sealed bundle and verify every line on a machine of their own, without trusting the service.',
  checkAnybody:
    'Anybody copies the log and checks it with existing tools for transparency logs (C2SP tlog-tiles, RFC 6962).',
  keep: 'Keep the checkpoints that you have seen. The log must later contain all of them; if it does not, they are the evidence.',
  newest: 'Newest checkpoint with its signatures',
  facts: 'Name, key, pace and witnesses (JSON)',
  directory: 'Changes to the directory (JSON)',
  keyTitle: 'Key that verifies the log’s signature',
  keyHint: 'Compare it with somebody you trust, over another channel than this page.',
  toolsTitle: 'Check with tools of your own',
  tools:
    'The first command keeps today’s checkpoint. The second, on another day, tells whether the log still contains all of it.',
  manual:
    'How to build check-log (some 140 lines of Go, with nothing of this program), how to check by hand with curl and OpenSSL, and what every byte means stands in docs/ledger.md beside the source code.',
  formerTitle: 'The log was begun anew',
  formerText:
    'The service had to be restored from a backup. The new log says so openly, with the reason. If you sent a tip before that, “Read the answer” still compares what can be compared.',
  renewed: 'The log of now began at {at}.',
  formerNames: 'Names of the logs before:',
};
