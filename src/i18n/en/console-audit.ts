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
  verify: {
    title: 'Check it right here',
    lead: 'Your browser takes the bundle, opens it with your key, checks every line and computes the figures again. The result goes nowhere unless you sign it.',
    start: 'Take and check',
    again: 'Check again',
    running: (read, all) => `Checking: ${read} steps read of a log with ${all} entries`,
    proven: 'Checked to the last line: nothing is wrong',
    provenScoped: 'The steps within your scope are all in the log and in order',
    scoped: 'A bundle of one scope cannot prove that it is complete: only an independent auditor can.',
    broken: (count) => `Wrong in ${count} places`,
    warnings: (count) => `Worth a look: ${count}`,
    counts: (tips, events, signatures) => `${tips} tips, ${events} steps, ${signatures} signatures checked.`,
    leaves: (opened, dummies, shredded) =>
      `${opened} entries opened, ${dummies} padding, ${shredded} shredded by the rules.`,
    step: (no) => `step ${no}`,
    leaf: (index) => `entry ${index}`,
    more: (count) => `and ${count} more of this kind`,
    figures: 'Figures computed again',
    figuresHint:
      'On time out of those due, computed from the signed steps. Beside it is what the page of figures says now; the page may be some minutes ahead of the log.',
    all: 'All units',
    unit: 'Unit',
    same: 'equal to the page',
    differs: (page) => `the page says ${page}`,
    report: 'Save the report',
    sign: 'Sign for this checkpoint',
    signHint:
      'Your signature says that every entry up to this checkpoint was verified. Only with it can tips that were kept long enough be shredded.',
    signed: 'Signed. This statement is recorded in the public log too.',
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
