import type { consoleAccountVi } from '../vi/console-account.ts';

export const consoleAccountEn: typeof consoleAccountVi = {
  account: {
    title: 'Sessions and passphrase',
    sessions: 'Open sessions',
    sessionsLead:
      'Each computer on which you logged in is a session. End one you do not know at once and change your passphrase.',
    columns: { opened: 'Opened', seen: 'Last used', until: 'Ends' },
    current: 'This session',
    end: 'End',
    endOther: (time) => `End the session opened ${time}`,
    ended: 'Session ended.',
    passphrase: 'Change the passphrase',
    passphraseLead: 'The computer makes a new one of seven words. Your other sessions end.',
    old: 'Present passphrase',
    make: 'Make a new one',
    fresh: 'New passphrase',
    freshLead: 'Shown once only. Write it on paper and keep it safe before you confirm.',
    confirm: 'Type the new one again',
    change: 'Change to the new one',
    changed: 'Passphrase changed.',
    different: 'Not the same as above yet. Please check each word.',
    notifications: 'Notices on the desktop',
    notificationsLead: 'For an urgent tip the computer shows one line, without content.',
    notificationsAllow: 'Turn on',
    notificationsOn: 'They are on.',
    notificationsOff: 'The browser blocks them. Allow them in the browser’s settings.',
    keyFingerprint: 'Your key fingerprint',
    keyFingerprintLead: 'Read these six groups when the head of the unit calls to compare.',
  },
  letters: {
    title: 'Reminder letters',
    lead: (hours) =>
      `Every day at ${hours.join(' and ')} a letter reminds you to open TinKín. It does not say what there is to do; it is the same every day.`,
    address: 'Your e-mail address',
    addressHint: 'A code will be sent to it. The address goes into no log, and nobody else sees it.',
    send: 'Send the code',
    asked: 'The code is on its way. Please look at your letters.',
    waits: (email) =>
      `The code went to ${email} and works for 30 minutes. If no letter comes, please check the address.`,
    code: 'Six digits from the letter',
    confirm: 'Confirm',
    other: 'Use another address',
    confirmed: 'The address is confirmed.',
    goes: (email) => `Reminders go to ${email}.`,
    stop: 'Stop letters',
    dropped: 'The address is gone. No more letters will be sent.',
  },
  join: {
    title: 'Join TinKín',
    lead: 'You are invited to a unit. This computer will make your own keys; the server never has them.',
    noToken:
      'The invitation link is not complete. Please open exactly the link that the head of the unit gave you.',
    start: 'Begin',
    hello: (name, unit) => `Welcome, ${name}, ${unit}.`,
    passphraseLead:
      'This is your passphrase. Write it on paper and keep it safe: it is shown once and nobody can recover it.',
    written: 'I have written it down',
    totp: 'One-time code',
    totpLead: 'Open the code application on your phone and scan the picture, or type the key below.',
    totpKey: 'Key to type',
    totpLink: 'Open in an application on this computer',
    qr: 'Picture to scan with the code application',
    code: 'The six digits shown now',
    passphraseAgain: 'Type the passphrase again',
    finish: 'Finish',
    making: 'Making your keys. A slow computer may take some seconds.',
    done: 'Done',
    doneLead:
      'The head of the unit will call to compare your key fingerprint. Read these six groups to them. Once it is fully signed you can read the unit’s tips.',
    doneWithoutTips:
      'Somebody will call to compare your key fingerprint, unless your account opens at once. Read these six groups to them. Once it is approved you can log in.',
    toLogin: 'Go to the log-in page',
  },
  lostPhone: {
    title: 'Fetch a new one-time-code key',
    lead: 'Enter the token that the head of the unit gave you.',
    token: 'New-phone token',
    submit: 'Fetch the new key',
    done: 'Your new key. Add it to the code application, then log in.',
  },
  problems: {
    facts_mismatch:
      'The sender’s mailbox key is not the one that they signed. Nothing was sent; tell the head of the unit.',
    decision_signers:
      'The proposer’s signature could not be checked, so nothing was signed. Tell the head of the unit.',
    epoch_signers: 'These keys do not bear the signatures of the unit’s members that they need.',
    tip_unknown: 'There is no such tip, or it is no longer with your unit.',
    network: 'The server cannot be reached. Nothing is lost; please try again.',
    not_loaded: 'The part of the page that reads files did not load. Check the connection and try again.',
    picture_closed: 'This browser cannot draw this picture anew, so it cannot go along.',
    files_unread: 'A file has not been looked into yet. Wait, try again, or remove it.',
    locked: 'The console is locked.',
    worker: 'The encryption part of this page does not run. Please reload the page.',
    weak_parameters:
      'The server asked for a weaker key derivation than is allowed. Stopped; please tell the administrator.',
    credential_refused: 'The passphrase is not right.',
    passphrase_malformed: 'The passphrase must be the seven words that the computer made.',
    secrets_corrupt: 'Your keys cannot be opened with this passphrase.',
    no_key: 'This computer does not have the key it needs.',
    key_broken:
      'The key that a colleague gave you does not open. Your unit has been told to give you another.',
    history_broken: 'The history of the tip is broken. Tell the head of the unit.',
    directory_expired: 'The key directory has expired. Please tell the administrator.',
    directory_rollback:
      'The server gave an older directory than one already known. Stopped; please tell the administrator.',
    freshness_mismatch:
      'The public log does not confirm that unit’s key. Nothing was sealed or sent. Try again after the next checkpoint, or choose another unit; if it stays so, tell the administrator.',
    checkpoint_stale:
      'The public log has had no new page for more than two days, so nothing was sealed. Look at this computer’s date and time, then tell the administrator.',
    checkpoint_witnesses:
      'Too few witnesses have signed the public log, so nothing was sealed. Try again later, and tell the administrator.',
    checkpoint_signature: 'The signature on the public log is wrong. Stopped; please tell the administrator.',
    checkpoint_malformed: 'The public log cannot be read. Stopped; please tell the administrator.',
    leaf_missing: 'The public log lacks what it must hold. Stopped; please tell the administrator.',
    epoch_missing: 'The unit has no key in force. Sign new keys under Weekly keys.',
    member_signers: 'This person’s keys do not bear the signatures they need.',
    wrap_foreign: 'This tip is not sealed to a key that you have.',
    share_corrupt: 'A recovery share is not valid.',
  },
};
