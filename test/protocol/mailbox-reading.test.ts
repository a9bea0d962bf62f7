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

const SEAL = 'ef'.repeat(32);
const part = (value: unknown): Uint8Array => utf8(JSON.stringify(value));
const STEPS: MailboxContents['steps'] = [
  {
    no: 1,
    type: 'submitted',
    citizenPart: part({ state: 'submitted', unit: '14-03408-ca', seal: SEAL }),
  },
  {
    no: 2,
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

type Message = MailboxContents['messages'][number] & { readonly sealHash: Hash };
const message = (
  author: SignKeyPair,
  text: unknown,
  { to = keys, no = 2, prev = SEAL as Hash } = {},
): Message => ({
  no,
  ...sealEnvelope(suite, {
    kind: 'message',
    instance: 'demo',
    tip: TIP,
    unit: COMMUNE,
    epoch: 1,
    directory: 'cd'.repeat(32) as Hash,
    author,
    no,
    prev,
    content: part(text),
    recipients: [{ id: mailboxRecipient(to.locator), publicKey: to.mailbox.publicKey }],
  }),
});

/** The step with which a message came, or another one. */
const step = (
  no: number,
  type: string,
  named: Pick<Message, 'no' | 'sealHash'> | null,
  more: object = {},
) => ({
  no,
  type,
  citizenPart: part({
    v: 1,
    step: type,
    ...{ stage: 'received', overlay: 'none', outcome: null, unit: '14-03408-ca' },
    message: named === null ? null : { no: named.no, seal: named.sealHash },
    ...more,
  }),
});

/** A mailbox whose messages came with steps of their own, after the first two. */
const withMessages = (...messages: readonly Message[]) => ({
  messages,
  steps: [...STEPS, ...messages.map((one, at) => step(at + 3, 'message_posted', one))],
});

const contents = (change: Partial<MailboxContents> = {}): MailboxContents => ({
  tip: TIP,
  unit: COMMUNE,
  t0: Math.floor(NOW / 3600),
  stage: 'received',
  overlay: 'none',
  outcome: null,
  assurance: 'e2ee',
  readers: [COMMUNE],
  steps: STEPS,
  messages: [],
  ...change,
});
const read = (change: Partial<MailboxContents>, bundles = [encodeBundle(world.bundle)]) =>
  readMailbox(suite, world.pins, keys, contents(change), bundles, NOW);

describe('reading a mailbox', () => {
  test('shows a message that the unit’s own key signed as verified', () => {
    const text = { text: 'Đã tiếp nhận.', day: '2026-11-22', from: { name: 'Công an' } };
    const box = read(withMessages(message(voice, text)));
    expect(box.messages).toEqual([
      {
        ...{ no: 2, text: 'Đã tiếp nhận.', from: 'Công an', day: '2026-11-22' },
        ...{ about: 'plain', ask: null, trust: 'verified', error: '' },
      },
    ]);
    expect(box.thread).toBe('whole');
  });

  test('shows a message of a stranger’s key as unsure', () => {
    const stranger = suite.ed25519KeyPair(suite.randomBytes(32));
    expect(read(withMessages(message(stranger, { text: 'Gặp tôi ở cầu.' }))).messages[0]).toMatchObject({
      text: 'Gặp tôi ở cầu.',
      trust: 'unsure',
    });
  });

  test('shows a message of a unit that never held the tip as unsure', () => {
    const one = message(voice, { text: 'x' });
    const begun = {
      ...step(1, 'submitted', null),
      citizenPart: part({ state: 'submitted', unit: PROVINCE, seal: SEAL }),
    };
    const steps = [begun, step(2, 'message_posted', one, { unit: PROVINCE })];
    const box = read({ unit: PROVINCE, steps, messages: [one] });
    expect(box.messages[0]?.trust).toBe('unsure');
  });

  test('without a directory that verifies, messages are unsure but readable', () => {
    const box = read(withMessages(message(voice, { text: 'Đã tiếp nhận.' })), [utf8('not a bundle')]);
    expect(box.messages[0]).toMatchObject({ text: 'Đã tiếp nhận.', trust: 'unsure' });
  });

  test('names what is wrong with a message that does not open, and shows the others', () => {
    const other = mailboxFromMaster(suite, suite.randomBytes(32));
    const first = message(voice, { text: 'cho người khác' }, { to: other });
    const next = message(voice, { text: 'cho bạn' }, { no: 3, prev: first.sealHash });
    const box = read(withMessages(first, next));
    expect(box.messages.map(({ error, text }) => [error, text])).toEqual([
      ['wrap_foreign', ''],
      ['', 'cho bạn'],
    ]);
  });

  test('takes only text for text', () => {
    expect(
      read(withMessages(message(voice, { text: { html: '<b>' }, from: 7, day: [] }))).messages[0],
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
    expect(read({ steps: [...STEPS, { no: 3, type: 'resolved', citizenPart: utf8('{') }] }).consistent).toBe(
      false,
    );
  });

  test('asks for the directories of every unit that held the tip, the present one first', () => {
    expect(unitsOfMailbox(contents({ unit: PROVINCE }))).toEqual([PROVINCE, COMMUNE]);
  });
});

describe('the thread of a mailbox', () => {
  const three = () => {
    const first = message(voice, { text: 'một' });
    const second = message(voice, { text: 'hai' }, { no: 3, prev: first.sealHash });
    return { first, second, ...withMessages(first, second) };
  };

  test('is whole when steps and messages join, the sender’s own among them', () => {
    const { first, messages, steps } = three();
    expect(read({ messages, steps }).thread).toBe('whole');
    const own = { no: 3, sealHash: 'ab'.repeat(32) as Hash };
    const answer = message(voice, { text: 'hai' }, { no: 4, prev: own.sealHash });
    const mixed = [
      ...STEPS,
      step(3, 'message_posted', first),
      step(4, 'message_received', own),
      step(5, 'question_posted', answer),
    ];
    const box = read({ messages: [first, answer], steps: mixed });
    expect(box.thread).toBe('whole');
    expect(box.messages.map(({ trust }) => trust)).toEqual(['verified', 'verified']);
  });

  test('tells of a message that a step names and nobody served', () => {
    const { second, steps } = three();
    const box = read({ messages: [second], steps });
    expect(box.thread).toBe('gap');
    expect(box.messages.map(({ no, error }) => [no, error])).toEqual([
      [2, 'message_missing'],
      [3, ''],
    ]);
  });

  test('tells of a step that was left out, and of a message without its step', () => {
    const { messages, steps } = three();
    expect(read({ messages, steps: steps.toSpliced(1, 1) }).thread).toBe('gap');
    expect(read({ messages, steps: steps.slice(0, -1) }).thread).toBe('order');
  });

  test('does not believe a message that no step names, though the unit’s key signed it', () => {
    const { second, messages, steps } = three();
    const put = message(voice, { text: 'chen vào' }, { no: 4, prev: second.sealHash });
    const box = read({ messages: [...messages, put], steps });
    expect(box.thread).toBe('order');
    expect(box.messages.at(-1)).toMatchObject({ text: 'chen vào', trust: 'unsure' });
  });

  test('tells of a message in the place of another', () => {
    const { first, second, steps } = three();
    const other = message(voice, { text: 'khác' }, { no: 3, prev: first.sealHash });
    expect(read({ messages: [first, other], steps }).thread).toBe('order');
    const again = { ...first, no: 3 };
    const box = read({ messages: [first, again], steps });
    expect([box.thread, box.messages.at(-1)?.error]).toEqual(['order', 'core_mismatch']);
    expect(read({ messages: [second, first], steps }).thread).toBe('whole');
  });

  test('tells of messages that do not follow each other, and of steps in another order', () => {
    const first = message(voice, { text: 'một' });
    const loose = message(voice, { text: 'hai' }, { no: 3 });
    const box = read(withMessages(first, loose));
    expect([box.thread, box.messages.at(-1)?.error]).toEqual(['order', 'core_mismatch']);
    const { messages, steps } = three();
    expect(read({ messages, steps: steps.toReversed() }).thread).toBe('order');
  });

  test('numbers beyond all measure are a gap and cost nothing', () => {
    const far = { no: 2 ** 52, sealHash: SEAL as Hash };
    const steps = [...STEPS, step(2 ** 52, 'message_posted', far)];
    expect(read({ steps }).thread).toBe('gap');
  });

  test('offers a change of code while an operator has had it', () => {
    const call = { ...step(3, 'message_received', { no: 2, sealHash: SEAL as Hash }, { via: 'operator' }) };
    expect(read({}).offerChange).toBe(false);
    expect(read({ assurance: 'operator' }).offerChange).toBe(true);
    expect(read({ steps: [...STEPS, call] }).offerChange).toBe(true);
    const changed = [...STEPS, call, step(4, 'mailbox_changed', null)];
    expect(read({ assurance: 'operator', steps: changed }).offerChange).toBe(false);
    const through = [...STEPS, step(3, 'mailbox_changed', null, { via: 'operator' })];
    expect(read({ assurance: 'operator', steps: through }).offerChange).toBe(true);
  });

  test('says whether the unit takes messages, who reads them and how many are left', () => {
    const muted = [...STEPS, step(3, 'thread_muted', null)];
    expect(read({ steps: muted }).muted).toBe(true);
    expect(read({ steps: [...muted, step(4, 'thread_unmuted', null)] }).muted).toBe(false);
    expect(read({})).toMatchObject({ readers: [COMMUNE], room: null });
    const room = { today: 3, total: 60 };
    expect(read({ readers: [COMMUNE, PROVINCE], room })).toMatchObject({
      readers: [COMMUNE, PROVINCE],
      room,
    });
  });

  test('shows what the unit asks, only from a message that keeps to the format', () => {
    const asked = (change: object) => {
      const whole = {
        ...{ v: 2, from: { unit: '14-ca', name: 'Công an' }, day: '2026-11-22', text: 'Hỏi' },
        ...{ about: 'plain', ask: { kind: 'answer', by: '2026-12-01' } },
      };
      return read(withMessages(message(voice, { ...whole, ...change }))).messages[0];
    };
    expect(asked({})).toMatchObject({ text: 'Hỏi', ask: { kind: 'answer', by: '2026-12-01' } });
    expect(asked({ about: 'reward', ask: null })).toMatchObject({ about: 'reward', ask: null });
    expect(asked({ ask: { kind: 'answer', by: 'sớm' } })).toMatchObject({
      text: 'Hỏi',
      ask: null,
      error: '',
    });
  });
});
