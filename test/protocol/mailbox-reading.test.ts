import { beforeAll, describe, expect, test } from 'vitest';
import type { Hash, TipId } from '../../src/domain/ids.ts';
import { encodeBundle } from '../../src/protocol/bundle.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { sealEnvelope } from '../../src/protocol/envelope.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { type MailboxContents, readMailbox, unitsOfMailbox } from '../../src/protocol/mailbox-reading.ts';
import { type MailboxKeys, mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { SignKeyPair, Suite } from '../../src/protocol/suite.ts';
import { mailboxRecipient } from '../../src/protocol/wraps.ts';
import { COMMUNE, makeWorld, NOW, PROVINCE, type World } from './world.ts';

const TIP = 'ab'.repeat(16) as TipId;
let suite: Suite;
let world: World;
let keys: MailboxKeys;
let voice: SignKeyPair;
beforeAll(async () => {
  suite = await loadSodiumSuite();
  world = makeWorld(suite);
  keys = mailboxFromMaster(suite, suite.randomBytes(32));
  voice = epochKeys(suite, world.epochSecret).voice;
});

const part = (value: unknown): Uint8Array => utf8(JSON.stringify(value));
const STEPS: MailboxContents['steps'] = [
  { type: 'submitted', citizenPart: part({ state: 'submitted', unit: '14-03408-ca', seal: '00' }) },
  {
    type: 'registered',
    citizenPart: part({
      v: 1,
      step: 'registered',
      stage: 'received',
      overlay: 'none',
      outcome: null,
      unit: '14-03408-ca',
    }),
  },
];

const message = (author: SignKeyPair, text: unknown, to = keys): MailboxContents['messages'][number] => ({
  no: 2,
  ...sealEnvelope(suite, {
    kind: 'message',
    instance: 'demo',
    tip: TIP,
    unit: COMMUNE,
    epoch: 1,
    directory: 'cd'.repeat(32) as Hash,
    author,
    no: 2,
    prev: 'ef'.repeat(32) as Hash,
    content: part(text),
    recipients: [{ id: mailboxRecipient(to.locator), publicKey: to.mailbox.publicKey }],
  }),
});

const contents = (change: Partial<MailboxContents> = {}): MailboxContents => ({
  tip: TIP,
  unit: COMMUNE,
  t0: Math.floor(NOW / 3600),
  stage: 'received',
  overlay: 'none',
  outcome: null,
  steps: STEPS,
  messages: [],
  ...change,
});
const read = (change: Partial<MailboxContents>, bundles = [encodeBundle(world.bundle)]) =>
  readMailbox(suite, world.pins, keys, contents(change), bundles, NOW);

describe('reading a mailbox', () => {
  test('shows a message that the unit’s own key signed as verified', () => {
    const box = read({
      messages: [message(voice, { text: 'Đã tiếp nhận.', day: '2026-11-22', from: { name: 'Công an' } })],
    });
    expect(box.messages).toEqual([
      { no: 2, text: 'Đã tiếp nhận.', from: 'Công an', day: '2026-11-22', trust: 'verified', error: '' },
    ]);
  });

  test('shows a message of a stranger’s key as unsure', () => {
    const stranger = suite.ed25519KeyPair(suite.randomBytes(32));
    expect(read({ messages: [message(stranger, { text: 'Gặp tôi ở cầu.' })] }).messages[0]).toMatchObject({
      text: 'Gặp tôi ở cầu.',
      trust: 'unsure',
    });
  });

  test('shows a message of a unit that never held the tip as unsure', () => {
    const elsewhere = STEPS.map((step) => ({
      ...step,
      citizenPart: part({ stage: 'received', overlay: 'none', outcome: null, unit: PROVINCE }),
    }));
    const box = read({ unit: PROVINCE, steps: elsewhere, messages: [message(voice, { text: 'x' })] });
    expect(box.messages[0]?.trust).toBe('unsure');
  });

  test('without a directory that verifies, messages are unsure but readable', () => {
    const box = read({ messages: [message(voice, { text: 'Đã tiếp nhận.' })] }, [utf8('not a bundle')]);
    expect(box.messages[0]).toMatchObject({ text: 'Đã tiếp nhận.', trust: 'unsure' });
  });

  test('names what is wrong with a message that does not open, and shows the others', () => {
    const other = mailboxFromMaster(suite, suite.randomBytes(32));
    const box = read({
      messages: [message(voice, { text: 'cho người khác' }, other), message(voice, { text: 'cho bạn' })],
    });
    expect(box.messages.map(({ error, text }) => [error, text])).toEqual([
      ['wrap_foreign', ''],
      ['', 'cho bạn'],
    ]);
  });

  test('takes only text for text', () => {
    expect(
      read({ messages: [message(voice, { text: { html: '<b>' }, from: 7, day: [] })] }).messages[0],
    ).toMatchObject({
      text: '',
      from: '',
      day: '',
    });
  });

  test('says when the state that is told is not the one that the steps leave', () => {
    expect(read({}).consistent).toBe(true);
    expect(read({ stage: 'archived' }).consistent).toBe(false);
    expect(read({ outcome: 'unfounded' }).consistent).toBe(false);
    expect(read({ steps: [] }).consistent).toBe(false);
    expect(read({ steps: [...STEPS, { type: 'resolved', citizenPart: utf8('{') }] }).consistent).toBe(false);
  });

  test('asks for the directories of every unit that held the tip, the present one first', () => {
    expect(unitsOfMailbox(contents({ unit: PROVINCE }))).toEqual([PROVINCE, COMMUNE]);
  });
});
