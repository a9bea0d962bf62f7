import type { ConsoleAuditTexts } from '../vi/console-audit.ts';

export const consoleAuditEn: ConsoleAuditTexts = {
  title: 'Audit of the public log',
  lead: 'The public log records every step of every tip; nobody can change or remove one unseen. Here you take the whole log with what opens each step, check it from beginning to end and compute the figures again yourself. No content of a tip is in it.',
  leadScoped:
    'You get the steps within your own scope, with the proof that they are in the public log. That the log is complete only an independent auditor can prove.',
  checkpoint: {
    title: 'Newest checkpoint',
    none: 'The public log has no checkpoint yet. Please come back after the next one.',
    size: 'Entries',
    at: 'Made at',
    witnesses: 'Witnesses who signed',
    noWitness: 'none yet',
    root: 'Root',
    origin: 'Name of the log',
  },
  take: {
    title: 'Take the audit bundle',
    lead: 'The bundle is sealed with your key; only you can open it. Each time that it is taken is recorded in the log.',
    bundle: 'Download the sealed bundle',
    key: 'Download my key file',
    keyHint:
      'Only your passphrase opens the key file. Use it to check the bundle on another machine, without a network:',
    keySaved: 'The key file is saved. Do not keep it in one place with the passphrase.',
  },
  signed: {
    title: 'Audited checkpoints',
    none: 'No independent auditor has confirmed a checkpoint yet.',
    line: (auditor: string, size: string) => `${auditor}: up to entry ${size}`,
  },
};
