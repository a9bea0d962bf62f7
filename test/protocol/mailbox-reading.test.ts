import { describe, expect, it } from 'vitest';
import { encodeBundle } from '../../src/protocol/bundle.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { encodeMessageContent } from '../../src/protocol/content.ts';
import { sealEnvelope } from '../../src/protocol/envelope.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { type MailboxContents, readMailbox, unitsOfMailbox } from '../../src/protocol/mailbox-reading.ts';
import type { SignKeyPair } from '../../src/protocol/suite.ts';
import { mailboxRecipient } from '../../src/protocol/wraps.ts';
import { flipped, noble, sodium } from './suites.ts';
import { sendTip, T0 } from './tip.ts';
import { COMMUNE, makeWorld, NOW } from './world.ts';

const world = makeWorld(sodium);
const { keys, prepared } = sendTip(sodium, world);
const { voice } = epochKeys(sodium, world.epochSecret);
const bundles = [encodeBundle(world.bundle)];
const SAID = {
  v: 1,
  from: { unit: COMMUNE, name: 'Công an xã' },
  day: '2026-11-22',
  text: 'Đã nhận tin',
} as const;

const messageBy = (author: SignKeyPair, content: Uint8Array = encodeMessageContent(SAID)) => ({
  no: 2,
  ...sealEnvelope(sodium, {
    kind: 'message',
    instance: 'demo',
    tip: prepared.sealed.tip,
    unit: COMMUNE,
    epoch: 1,
    directory: prepared.sealed.sealHash,
    author,
    no: 2,
    prev: prepared.sealed.sealHash,
    content,
    recipients: [{ id: mailboxRecipient(keys.locator), publicKey: keys.mailbox.publicKey }],
  }),
});

const part = (value: object) => utf8(JSON.stringify(value));
const contents: MailboxContents = {
  tip: prepared.sealed.tip,
  unit: COMMUNE,
  t0: T0,
  stage: 'notified',
  overlay: 'none',
  outcome: 'sanctioned',
  steps: [
    {
      type: 'submitted',
      citizenPart: part({ state: 'submitted', unit: COMMUNE, seal: prepared.sealed.sealHash }),
    },
    {
      type: 'notified',
      citizenPart: part({
        v: 1,
        step: 'notified',
        stage: 'notified',
        overlay: 'none',
        outcome: 'sanctioned',
        unit: COMMUNE,
        message: null,
      }),
    },
  ],
  messages: [messageBy(voice)],
};
const read = (change: Partial<MailboxContents> = {}, by = bundles, suite = sodium) =>
  readMailbox(suite, world.pins, keys, { ...contents, ...change }, by, NOW);

describe('reading a mailbox', () => {
  it('a message in the voice of the unit that held the tip is verified, in both suites', () => {
    for (const suite of [sodium, noble]) {
      expect(read({}, bundles, suite).messages).toEqual([
        { no: 2, text: 'Đã nhận tin', from: 'Công an xã', day: '2026-11-22', trust: 'verified', error: '' },
      ]);
    }
  });

  it('a message by any other key opens but is unsure', () => {
    const stranger = sodium.ed25519KeyPair(new Uint8Array(32).fill(7));
    expect(read({ messages: [messageBy(stranger)] }).messages[0]).toMatchObject({
      text: 'Đã nhận tin',
      trust: 'unsure',
    });
  });

  it('without a directory that verifies every message is unsure', () => {
    expect(read({}, []).messages[0]?.trust).toBe('unsure');
    expect(read({}, [flipped(bundles[0]!, 2000)]).messages[0]?.trust).toBe('unsure');
  });

  it('a message of a unit that never held the tip is unsure', () => {
    const elsewhere = contents.steps.map(({ type }) => ({
      type,
      citizenPart: part({ unit: '14-ca', stage: 'notified' }),
    }));
    expect(read({ unit: '14-ca', steps: elsewhere }).messages[0]?.trust).toBe('unsure');
  });

  it('an altered message is shown with what is wrong and without a text', () => {
    const message = contents.messages[0]!;
    const [read1] = read({ messages: [{ ...message, body: flipped(message.body, 100) }] }).messages;
    expect(read1).toMatchObject({ text: '', error: 'seal_mismatch' });
    const [read2] = read({ messages: [{ ...message, no: 3 }] }).messages;
    expect(read2).toMatchObject({ text: '', error: 'core_mismatch' });
    const [read3] = read({ messages: [messageBy(voice, utf8('no json'))] }).messages;
    expect(read3).toMatchObject({ text: '', error: 'content_malformed' });
  });

  it('a told state that the last signed step did not leave is inconsistent', () => {
    expect(read().consistent).toBe(true);
    expect(read({ stage: 'archived' }).consistent).toBe(false);
    expect(read({ outcome: null }).consistent).toBe(false);
    expect(read({ steps: [] }).consistent).toBe(false);
    expect(read({ steps: [...contents.steps, { type: 'x', citizenPart: utf8('{') }] }).consistent).toBe(
      false,
    );
  });

  it('names the units whose directories are needed, the present one first, each once', () => {
    const steps = ['14-ca', COMMUNE, '14-ca'].map((unit) => ({ type: 'x', citizenPart: part({ unit }) }));
    expect(unitsOfMailbox({ unit: COMMUNE, steps })).toEqual([COMMUNE, '14-ca']);
    expect(unitsOfMailbox({ unit: COMMUNE, steps }, 1)).toEqual([COMMUNE]);
  });
});
