import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { concat, toHex, utf8 } from '../../src/protocol/bytes.ts';
import { parseTip } from '../../src/protocol/content.ts';
import { encodeCore, parseCore } from '../../src/protocol/core.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { buildEvent, cosignEvent, type EventHeader, signEvent } from '../../src/protocol/event.ts';
import { encodeFacts, type Facts, hashFacts } from '../../src/protocol/facts.ts';
import { makeSeal } from '../../src/protocol/seal.ts';
import {
  authorHash,
  checkSubmission,
  decodeSubmission,
  encodeSubmission,
  MAX_SUBMISSION_BYTES,
  type SubmissionSections,
  splitSubmission,
  submissionSignatures,
} from '../../src/protocol/submission.ts';
import { epochRecipient, sealWraps } from '../../src/protocol/wraps.ts';
import { codeOf, expectCode, flipped, noble, nodeHashes, sodium } from './suites.ts';
import { CONTENT, sendTip, T0 } from './tip.ts';
import { COMMUNE, makeWorld } from './world.ts';

const world = makeWorld(sodium);
const { keys, prepared, target } = sendTip(sodium, world, utf8('{"kind":"pow"}'));
const { frame, sealed } = prepared;
const sections = splitSubmission(frame);
const door = { instance: 'demo', assurances: ['e2ee'] } as const;
const check = (bytes: Uint8Array) => checkSubmission(nodeHashes, decodeSubmission(bytes), door);

/** All that the server does: decode, check, verify the author's signature. */
function accept(bytes: Uint8Array): void {
  const submission = decodeSubmission(bytes);
  checkSubmission(nodeHashes, submission, door);
  const { message, author } = submissionSignatures(submission);
  if (!sodium.verify(author.signature, message, author.publicKey)) throw new Error('author_signature');
}

/** Header of the event that every submission carries. */
const HEADER: EventHeader = {
  type: 'submitted',
  instance: 'demo',
  subject: `tip:${sealed.tip}`,
  no: 1,
  prev: null,
  time: { t0: T0 },
};

/** A frame in which some sections are others, with the event signed anew so that only the named thing is wrong. */
function altered(
  change: Partial<SubmissionSections>,
  event: { header?: Partial<EventHeader>; citizen?: object; restricted?: object } = {},
): Uint8Array {
  const all = { ...sections, ...change };
  const seal = toHex(sealHashOf(all.seal));
  const built = buildEvent(
    sodium,
    { ...HEADER, ...event.header },
    { state: 'submitted', unit: COMMUNE, seal, ...event.citizen },
    {
      facts: toHex(hashFacts(sodium, all.facts)),
      seal,
      author: authorHash(sodium, sealed.tip, keys.author.publicKey),
      ...event.restricted,
    },
  );
  const { citizenPart, citizenSalt, restrictedPart, restrictedSalt } = built;
  return encodeSubmission({
    ...all,
    citizenPart,
    citizenSalt,
    restrictedPart,
    restrictedSalt,
    record: signEvent(sodium, built, keys.author),
  });
}

const sealHashOf = (seal: Uint8Array) => {
  const input = concat(
    utf8('\u0008\0\0\0tk1/seal'),
    Uint8Array.of(seal.length & 255, seal.length >> 8, 0, 0),
    seal,
  );
  return sodium.blake2b512(input).subarray(0, 32);
};

const facts = (change: Partial<Facts>): Uint8Array =>
  encodeFacts({ ...decodeSubmission(frame).parsed.facts, ...change });

describe('submission', () => {
  it('is accepted as it was prepared, by hashes without WebAssembly', () => {
    expect(() => accept(frame)).not.toThrow();
    expect(check(frame)).toMatchObject({
      tip: sealed.tip,
      sealHash: sealed.sealHash,
      t0: T0,
      authorKey: keys.author.publicKey,
      facts: {
        unit: COMMUNE,
        urgent: true,
        conductGroup: 'prostitution',
        mailbox: { locator: keys.locator },
      },
    });
  });

  it('noble prepares what the same server accepts', () => {
    expect(() => accept(sendTip(noble, world).prepared.frame)).not.toThrow();
  });

  it('the unit opens what was sent, and the plaintext is nowhere in the frame', () => {
    const { kem } = epochKeys(sodium, world.epochSecret);
    const opened = openEnvelope(
      sodium,
      sections,
      { id: epochRecipient(COMMUNE, target.epoch), secretKey: kem.secretKey },
      { instance: 'demo', tip: sealed.tip, seal: sections.seal },
    );
    expect(parseTip(opened.content).content).toEqual(CONTENT);
    expect(Buffer.from(frame).includes(Buffer.from('nhà nghỉ'))).toBe(false);
  });

  it('the citizen’s own mailbox key opens nothing of it', () => {
    expectCode(
      () =>
        openEnvelope(
          sodium,
          sections,
          { id: `mailbox:${keys.locator}`, secretKey: keys.mailbox.secretKey },
          { instance: 'demo', tip: sealed.tip },
        ),
      'wrap_foreign',
    );
  });

  it('its sections are views into the frame, in one pass and without copies', () => {
    const { manifest, ...eleven } = sections;
    for (const section of Object.values(eleven)) expect(section.buffer).toBe(frame.buffer);
    expect(manifest).toEqual(utf8('[]'));
    expect(encodeSubmission(sections)).toEqual(frame);
  });

  it('no flipped bit outside the challenge’s solution is accepted', () => {
    const end = frame.length - sections.solution.length;
    fc.assert(
      fc.property(fc.nat(end - 1), fc.nat(7), (at, bit) => {
        expect(() => accept(flipped(frame, at, bit))).toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('a flipped bit is never a defect: every refusal has a code', () => {
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.nat(7), (at, bit) => {
        expect(codeOf(() => check(flipped(frame, at, bit)))).toBeTypeOf('string');
      }),
      { numRuns: 300 },
    );
  });

  it('a cut frame, a longer one and noise are malformed', () => {
    fc.assert(
      fc.property(fc.nat(frame.length - 1), (length) => {
        expectCode(() => decodeSubmission(frame.subarray(0, length)), 'frame_malformed');
      }),
      { numRuns: 100 },
    );
    expectCode(() => decodeSubmission(concat(frame, Uint8Array.of(0))), 'frame_malformed');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (noise) =>
        expectCode(() => decodeSubmission(noise), 'frame_malformed'),
      ),
    );
  });

  it('another magic or version is refused by name', () => {
    expectCode(() => decodeSubmission(flipped(frame, 0)), 'frame_malformed', 'magic');
    expectCode(() => decodeSubmission(flipped(frame, 4)), 'frame_malformed', 'version');
  });

  it('more than 512 KiB is refused unread', () => {
    expectCode(() => decodeSubmission(new Uint8Array(MAX_SUBMISSION_BYTES + 1)), 'frame_too_large');
  });

  it('a section above its bound is refused though the frame is small enough', () => {
    expectCode(
      () => decodeSubmission(encodeSubmission({ ...sections, facts: new Uint8Array(5000) })),
      'frame_malformed',
    );
    expectCode(
      () => decodeSubmission(encodeSubmission({ ...sections, citizenSalt: new Uint8Array(33) })),
      'frame_malformed',
    );
  });
});

describe('a submission whose parts do not speak of the same tip is refused', () => {
  const core = parseCore(sections.core);
  const resealed = (coreBytes: Uint8Array, of = { tip: sealed.tip, unit: COMMUNE, epoch: target.epoch }) =>
    makeSeal(sodium, of, { core: coreBytes, wraps: sections.wraps, body: sections.body });
  const withCore = (change: object) => {
    const coreBytes = encodeCore({ ...core, ...change });
    return altered({ core: coreBytes, seal: resealed(coreBytes) });
  };

  it('(the altering itself gives a valid frame when nothing is changed)', () => {
    expect(() => accept(altered({}))).not.toThrow();
  });

  it('facts of another unit or epoch', () => {
    expectCode(
      () => check(altered({ facts: facts({ unit: '14-ca' as Facts['unit'] }) })),
      'facts_mismatch',
      'unit',
    );
    expectCode(() => check(altered({ facts: facts({ epoch: 9 }) })), 'epoch_mismatch');
  });

  it('an assurance that this door does not take', () => {
    expectCode(() => check(altered({ facts: facts({ assurance: 'server-sealed' }) })), 'assurance_mismatch');
    expectCode(() => check(altered({ facts: facts({ assurance: 'operator' }) })), 'assurance_mismatch');
  });

  it('facts that the author did not sign', () => {
    const bytes = encodeSubmission({ ...sections, facts: facts({ urgent: false }) });
    expectCode(() => check(bytes), 'facts_mismatch');
  });

  it('a mailbox that was exchanged on the way', () => {
    const mailbox = { ...decodeSubmission(frame).parsed.facts.mailbox, locator: '00'.repeat(16) };
    expectCode(() => check(encodeSubmission({ ...sections, facts: facts({ mailbox }) })), 'facts_mismatch');
  });

  it('a core of another instance, or of a message', () => {
    expectCode(() => check(withCore({ instance: 'other' })), 'core_mismatch', 'instance');
    expectCode(
      () => check(withCore({ kind: 'message', no: 2, prev: 'ab'.repeat(32) as Hash })),
      'core_mismatch',
      'kind',
    );
  });

  it('a seal of another tip, unit or epoch', () => {
    const { tip } = sealed;
    const other = { tip: '00'.repeat(16) as typeof tip, unit: COMMUNE, epoch: target.epoch };
    expectCode(() => check(altered({ seal: resealed(sections.core, other) })), 'seal_mismatch', 'tip');
    expectCode(
      () =>
        check(altered({ seal: resealed(sections.core, { ...other, tip, unit: '14-ca' as typeof COMMUNE }) })),
      'seal_mismatch',
      'unit',
    );
    expectCode(
      () => check(altered({ seal: resealed(sections.core, { ...other, tip, epoch: 2 }) })),
      'seal_mismatch',
      'epoch',
    );
  });

  it('a body of a length that no honest browser makes', () => {
    const body = sections.body.subarray(0, 4000);
    const seal = makeSeal(
      sodium,
      { tip: sealed.tip, unit: COMMUNE, epoch: target.epoch },
      { ...sections, body },
    );
    expectCode(() => check(altered({ body, seal })), 'body_size');
  });

  it('wraps for anybody but the unit’s epoch, or for more than it', () => {
    const wrapsFor = (...ids: string[]) => {
      const wraps = sealWraps(
        sodium,
        new Uint8Array(32),
        new Uint8Array(32),
        ids.map((id) => ({ id, publicKey: target.publicKey })),
      );
      return altered({
        wraps,
        seal: makeSeal(
          sodium,
          { tip: sealed.tip, unit: COMMUNE, epoch: target.epoch },
          { ...sections, wraps },
        ),
      });
    };
    expectCode(() => check(wrapsFor('epoch:14-ca:1')), 'wrap_foreign');
    expectCode(() => check(wrapsFor(epochRecipient(COMMUNE, 2))), 'wrap_foreign');
    expectCode(
      () => check(wrapsFor(epochRecipient(COMMUNE, target.epoch), `mailbox:${keys.locator}`)),
      'wrap_foreign',
    );
    expect(codeOf(() => check(wrapsFor(epochRecipient(COMMUNE, target.epoch))))).toBe('none');
  });

  it.each<[string, Partial<EventHeader>]>([
    ['type', { type: 'registered' }],
    ['instance', { instance: 'other' }],
    ['subject', { subject: `tip:${'00'.repeat(16)}` }],
    ['no', { no: 2, prev: 'ab'.repeat(32) as Hash }],
    ['t0', { time: { at: 1_800_000_000 } as EventHeader['time'] }],
  ])('an event with another %s', (field, header) => {
    expectCode(() => check(altered({}, { header })), 'event_mismatch', field);
  });

  it('an event signed by somebody else than the core’s author', () => {
    const stranger = sodium.ed25519KeyPair(new Uint8Array(32).fill(7));
    const built = buildEvent(sodium, HEADER, {}, {});
    expectCode(
      () => check(encodeSubmission({ ...sections, ...built, record: signEvent(sodium, built, stranger) })),
      'event_mismatch',
      'keyid',
    );
  });

  it('an event that somebody else signed as well', () => {
    const stranger = sodium.ed25519KeyPair(new Uint8Array(32).fill(7));
    const record = cosignEvent(sodium, sections.record, stranger);
    expectCode(() => check(encodeSubmission({ ...sections, record })), 'event_mismatch', 'keyid');
  });

  it.each<[string, object]>([
    ['another state', { citizen: { state: 'archived' } }],
    ['another unit', { citizen: { unit: '14-ca' } }],
    ['another seal for the citizen', { citizen: { seal: 'ab'.repeat(32) } }],
    ['an additional field', { citizen: { extra: 1 } }],
    ['another seal for the unit', { restricted: { seal: 'ab'.repeat(32) } }],
    ['another author', { restricted: { author: 'ab'.repeat(32) } }],
    ['something hidden for the unit', { restricted: { extra: 1 } }],
  ])('parts that tell %s', (_what, parts) => {
    expectCode(() => check(altered({}, parts)), 'event_part');
  });
});
