import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/protocol/bytes.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import {
  changeMailboxWrap,
  encodeMailboxFacts,
  hashMailboxFacts,
  parseMailboxFacts,
  sameButMailbox,
} from '../../src/protocol/mailbox-facts.ts';
import { mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import { epochRecipient, mailboxRecipient, parseWraps } from '../../src/protocol/wraps.ts';
import { TIP, talk, unitMessage } from './citizen.ts';
import { codeOf, expectCode, flipped, noble, sodium } from './suites.ts';

const talking = talk(sodium);
const old = talking.keys;
const fresh = mailboxFromMaster(sodium, new Uint8Array(32).fill(9));
const stranger = mailboxFromMaster(sodium, new Uint8Array(32).fill(10));
const message = unitMessage(talking);
const wraps = changeMailboxWrap(sodium, message, old, fresh);
const open = (block: Uint8Array, id: string, secretKey: Uint8Array) => () =>
  openEnvelope(sodium, { ...message, wraps: block }, { id, secretKey }, { instance: 'demo', tip: TIP });

describe('mailbox facts', () => {
  it('say the public half of a code’s keys, and come back as they were told', () => {
    expect(parseMailboxFacts(encodeMailboxFacts(fresh))).toEqual({
      locator: fresh.locator,
      loginKey: fresh.login.publicKey,
      mailboxKey: fresh.mailbox.publicKey,
      authorKey: fresh.author.publicKey,
    });
    expect(hashMailboxFacts(noble, encodeMailboxFacts(fresh))).toBe(
      hashMailboxFacts(sodium, encodeMailboxFacts(fresh)),
    );
  });

  it('of another form are refused', () => {
    const facts = JSON.parse(new TextDecoder().decode(encodeMailboxFacts(fresh)));
    for (const change of [{ locator: 'x' }, { loginKey: 'AA' }, { authorKey: null }, { code: '1' }])
      expectCode(() => parseMailboxFacts(utf8(JSON.stringify({ ...facts, ...change }))), 'facts_malformed');
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        expect(codeOf(() => parseMailboxFacts(bytes))).toBe('facts_malformed');
      }),
    );
  });
});

describe('a message under a new code', () => {
  it('opens with the new code and for the unit, no longer with the old one', () => {
    const [unit] = talking.readers;
    if (unit === undefined) throw new Error('no unit');
    expect(codeOf(open(wraps, mailboxRecipient(fresh.locator), fresh.mailbox.secretKey))).toBe('none');
    expect(codeOf(open(wraps, epochRecipient(unit.unit, unit.epoch), unit.secretKey))).toBe('none');
    expectCode(open(wraps, mailboxRecipient(old.locator), old.mailbox.secretKey), 'wrap_foreign');
  });

  it('changes nothing but the mailbox’s entry, in its place', () => {
    expect(sameButMailbox(message.wraps, wraps, old.locator, fresh.locator)).toBe(true);
    expect(parseWraps(wraps).map(({ id }) => id)).toEqual([
      mailboxRecipient(fresh.locator),
      'epoch:14-03408-ca:7',
    ]);
  });

  it('is made only by who has the old code', () => {
    expectCode(() => changeMailboxWrap(sodium, message, stranger, fresh), 'wrap_foreign');
    const guessed = { locator: old.locator, mailbox: stranger.mailbox };
    expectCode(() => changeMailboxWrap(sodium, message, guessed, fresh), 'wrap_foreign');
  });

  it('with another entry touched, left out, added or for another mailbox is recognised', () => {
    const same = (after: Uint8Array, to = fresh.locator) =>
      sameButMailbox(message.wraps, after, old.locator, to);
    expect(same(message.wraps)).toBe(false);
    expect(same(wraps, stranger.locator)).toBe(false);
    expect(sameButMailbox(message.wraps, wraps, stranger.locator, fresh.locator)).toBe(false);
    const unitEntry = wraps.length - 48;
    expect(same(flipped(wraps, unitEntry))).toBe(false);
    const [first, second] = [parseWraps(wraps)[0], parseWraps(wraps)[1]];
    if (first === undefined || second === undefined) throw new Error('two wraps');
    const alone = concatWraps(1, wraps.subarray(2, 2 + 2 + first.id.length + 1168));
    expect(same(alone)).toBe(false);
  });
});

const concatWraps = (count: number, entries: Uint8Array): Uint8Array => {
  const out = new Uint8Array(2 + entries.length);
  out[0] = count;
  out.set(entries, 2);
  return out;
};
