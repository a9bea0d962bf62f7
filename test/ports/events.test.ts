import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../src/ports/store/', import.meta.url);
const sources = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));

/** Types of the port that carry an event, so that a method which takes one takes its event. */
const CARRIERS = new Set(['EventRow']);
const declared = sources.flatMap((source) =>
  Array.from(
    source.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm),
    ([, name = '', body = '']) => ({
      name,
      body,
    }),
  ),
);
for (let before = 0; before !== CARRIERS.size; ) {
  before = CARRIERS.size;
  for (const { name, body } of declared)
    if (!name.endsWith('Store') && [...CARRIERS].some((carrier) => new RegExp(`\\b${carrier}\\b`).test(body)))
      CARRIERS.add(name);
}

/**
 * Methods of the store that take no event and answer no rows: with nothing, a word, yes or no, a number. Whoever only reads mostly gives rows, so
 * these are all that could change something.
 */
const silent = declared
  .filter(({ name }) => name.endsWith('Store') || name === 'Store')
  .flatMap(({ name, body }) =>
    Array.from(
      body.matchAll(/^ {2}(\w+)\(([\s\S]*?)\): Promise<([^;]*)>;$/gm),
      ([, method = '', taken = '', answer = '']) => ({ method: `${name}.${method}`, taken, answer }),
    ),
  )
  .filter(({ taken }) => ![...CARRIERS].some((carrier) => new RegExp(`\\b${carrier}\\b`).test(taken)))
  .filter(({ answer }) => /^(?:void|boolean|number|null|\||'|\s|\w*'|[a-z_']+)+$/.test(answer))
  .map(({ method }) => method)
  .sort();

/** Why each of them needs no event. */
const REASONS: Readonly<Record<string, string>> = {
  'AccountsStore.approvalAwaited': 'reads',
  'AccountsStore.dropSession': 'a session is no key; who ends one by themselves is recorded by endSession',
  'AccountsStore.forgetExpiredSessions': 'they had ended',
  'AccountsStore.setThrottle': 'counts failed logins of nobody known',
  'AccountsStore.touchSession': 'when a session was last used',
  'IntakeStore.forgetExpiredChallenges': 'they had ended',
  'LawStore.holidaysVersion': 'reads',
  'LawStore.settlingFrom': 'reads',
  'LedgerStore.cosigned': "a witness's own signature",
  'LedgerStore.lease': 'which process sequences',
  'LedgerStore.publish': 'the checkpoint is there and signed',
  'MarksStore.isToldTo': 'reads',
  'MarksStore.keep': 'when somebody is to be told; telling it takes its event',
  'PostStore.served': 'how many letters left in an hour',
  'PostStore.takeSlot': 'which process serves an hour',
  'RetentionStore.clearLog': 'copies what is written already',
  'RetentionStore.forgetNotes': 'notes between shifts name no tip; each was recorded when it came',
  'Store.close': 'changes nothing',
  'Store.meta': 'reads',
  'Store.ping': 'changes nothing',
  'Store.setMetaOnce': 'founding, before there is any chain',
  'ThreadStore.unreadCount': 'reads',
  'TriageStore.keepAlarms': 'follows from what the clock says of a tip',
  'TriageStore.urgentUntaken': 'reads',
  'UploadStore.abandon': 'an upload that no envelope claimed',
  'UploadStore.begin': 'an upload that no envelope claimed',
  'UploadStore.dropParts': 'follows from an event that let the file go',
  'UploadStore.forget': 'follows from an event that let the file go',
  'UploadStore.held': 'reads',
  'UploadStore.notePart': 'an upload that no envelope claimed',
};

describe('a method of the store that takes no event', () => {
  it('changes nothing of a tip, a member, a unit or a key, and says here why', () => {
    expect(silent).toEqual(Object.keys(REASONS).sort());
  });
});
