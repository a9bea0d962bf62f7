import { describe, expect, it } from 'vitest';
import type { Taken } from '../../src/domain/conversation.ts';
import type { StaffId } from '../../src/domain/ids.ts';
import { parseTip } from '../../src/protocol/content.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { buildEvent, cosignEvent, signEvent } from '../../src/protocol/event.ts';
import { encodeFacts } from '../../src/protocol/facts.ts';
import { finishSubmission } from '../../src/protocol/prepare.ts';
import {
  checkSubmission,
  decodeSubmission,
  type ExpectedSubmission,
  encodeSubmission,
  splitSubmission,
  submissionSignatures,
} from '../../src/protocol/submission.ts';
import { epochRecipient } from '../../src/protocol/wraps.ts';
import { expectCode, nodeHashes, sodium } from './suites.ts';
import { sendTip, T0 } from './tip.ts';
import { COMMUNE, makeWorld, PROVINCE } from './world.ts';

const world = makeWorld(sodium);
const staff = sodium.ed25519KeyPair(new Uint8Array(32).fill(5));
const OPERATOR = { staff: '56'.repeat(16) as StaffId, unit: PROVINCE };
const taken: Taken = {
  channel: 'in_person',
  document: '',
  marks: [{ after: 12, text: 'đang xảy ra' }],
  voiceKept: '',
  draftUnverified: false,
};
const solution = new Uint8Array(0);
const sent = sendTip(sodium, world, solution, [], { taken, operator: { ...OPERATOR, signer: staff } });
const { frame, sealed } = sent.prepared;
const sections = splitSubmission(frame);
const door: ExpectedSubmission = { instance: 'demo', assurances: ['operator'], taken: OPERATOR };
const check = (bytes: Uint8Array, at: ExpectedSubmission = door) =>
  checkSubmission(nodeHashes, decodeSubmission(bytes), at);
const decoder = new TextDecoder();

describe('a tip that an operator took down', () => {
  it('names who took it, in the same event as the tip itself', () => {
    expect(check(frame)).toMatchObject({ tip: sealed.tip, t0: T0, taken: OPERATOR });
    expect(JSON.parse(decoder.decode(sections.restrictedPart)).taken).toEqual(OPERATOR);
    expect(decoder.decode(sections.citizenPart)).not.toContain(OPERATOR.staff);
  });

  it('bears the author’s signature and the operator’s over the same bytes', () => {
    const { message, author, staff: second } = submissionSignatures(decodeSubmission(frame));
    expect(sodium.verify(author.signature, message, author.publicKey)).toBe(true);
    expect(sodium.verify(second?.signature ?? new Uint8Array(64), message, staff.publicKey)).toBe(true);
  });

  it('carries no time but the hour: a call cannot be matched with telephone records', () => {
    const payload = JSON.parse(decoder.decode(decodeSubmission(frame).parsed.event.envelope.payload));
    expect(payload.t0).toBe(T0);
    expect(payload).not.toHaveProperty('at');
  });

  it('tells the true channel to the unit alone', () => {
    expect(check(frame).facts.channel).toBe('hotline');
    const { kem } = epochKeys(sodium, world.epochSecret);
    const reader = { id: epochRecipient(COMMUNE, sent.target.epoch), secretKey: kem.secretKey };
    const { content } = openEnvelope(sodium, sections, reader, {
      ...{ instance: 'demo', tip: sealed.tip, seal: sections.seal },
    });
    expect(parseTip(content).extras.taken).toEqual(taken);
    expect(Buffer.from(frame).includes(Buffer.from('in_person'))).toBe(false);
  });

  it('is refused at the citizens’ door, and a citizen’s own at the operators’', () => {
    const { taken: _, ...public_ } = door;
    expectCode(() => check(frame, { ...public_, assurances: ['e2ee'] }), 'assurance_mismatch');
    expectCode(() => check(frame, public_), 'assurance_mismatch');
    const own = sendTip(sodium, world).prepared.frame;
    expectCode(() => check(own), 'assurance_mismatch');
    expectCode(() => check(own, { ...door, assurances: ['operator', 'e2ee'] }), 'assurance_mismatch');
  });

  it('is refused for another operator than the one of the session', () => {
    const other = { ...OPERATOR, staff: '57'.repeat(16) as StaffId };
    expectCode(() => check(frame, { ...door, taken: other }), 'event_part', 'staff');
    expectCode(() => check(frame, { ...door, taken: { ...OPERATOR, unit: COMMUNE } }), 'event_part', 'unit');
  });

  it('is refused without the operator’s signature, with a third one, or with the operator’s first', () => {
    const event = { payload: decodeSubmission(frame).parsed.event.envelope.payload };
    const alone = signEvent(sodium, event, sent.keys.author);
    const third = sodium.ed25519KeyPair(new Uint8Array(32).fill(7));
    const swapped = cosignEvent(sodium, signEvent(sodium, event, staff), sent.keys.author);
    for (const record of [alone, cosignEvent(sodium, sections.record, third), swapped])
      expectCode(() => check(encodeSubmission({ ...sections, record })), 'event_mismatch', 'keyid');
  });

  it('is refused when its event does not name the operator', () => {
    const { facts, seal, author } = JSON.parse(decoder.decode(sections.restrictedPart));
    const citizen = JSON.parse(decoder.decode(sections.citizenPart));
    const { header } = decodeSubmission(frame).parsed.event;
    const built = buildEvent(sodium, header, citizen, { facts, seal, author });
    const record = cosignEvent(sodium, signEvent(sodium, built, sent.keys.author), staff);
    expectCode(() => check(encodeSubmission({ ...sections, ...built, record })), 'event_part', 'taken');
  });

  it('is refused when its facts tell another channel than the hotline', () => {
    const facts = encodeFacts({ ...decodeSubmission(frame).parsed.facts, channel: 'in_person' });
    const told = finishSubmission(
      sodium,
      { ...sealed, facts },
      sent.keys,
      { t0: T0, solution },
      { ...OPERATOR, signer: staff },
    );
    expectCode(() => check(told.frame), 'facts_mismatch', 'channel');
  });
});
