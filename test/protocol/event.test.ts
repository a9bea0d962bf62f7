import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day, Hash, Hour, Seconds, StaffId, TipId } from '../../src/domain/ids.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import {
  cosignDecision,
  type Decision,
  parseDecision,
  signDecision,
  verifyDecision,
} from '../../src/protocol/decision.ts';
import { signDsse } from '../../src/protocol/dsse.ts';
import {
  buildEvent,
  checkEventParts,
  cosignEvent,
  EVENT_TYPE,
  type EventHeader,
  eventLeaf,
  eventMessage,
  hashBytes,
  parseEvent,
  parsePart,
  signEvent,
  verifyEvent,
} from '../../src/protocol/event.ts';
import { codeOf, expectCode, flipped, nodeHashes, sodium } from './suites.ts';

const [officer, head, stranger] = [1, 2, 3].map((n) => sodium.ed25519KeyPair(new Uint8Array(32).fill(n)));
const TIP = 'ab'.repeat(16) as TipId;
const header: EventHeader = {
  type: 'registered',
  instance: 'demo',
  subject: `tip:${TIP}`,
  no: 2,
  prev: 'cd'.repeat(32) as Hash,
  time: { at: 1_800_000_000 as Seconds },
};
const built = buildEvent(sodium, header, { stage: 'received' }, { name: 'Nguyễn Ánh' });
const record = signEvent(sodium, built, officer!);

describe('event', () => {
  it('says what it was built from, and its parts open it', () => {
    const event = parseEvent(record);
    expect(event.header).toEqual(header);
    expect(() => checkEventParts(nodeHashes, event, built)).not.toThrow();
    expect(parsePart(built.restrictedPart)).toEqual({ name: 'Nguyễn Ánh' });
  });

  it.each<[string, EventHeader['time']]>([
    ['hour', { t0: 500_000 as Hour }],
    ['day', { day: '2026-11-22' as Day }],
    ['second', { at: 1_800_000_000 as Seconds }],
  ])('carries its time as %s and nothing finer', (_name, time) => {
    const event = parseEvent(signEvent(sodium, buildEvent(sodium, { ...header, time }, {}, {}), officer!));
    expect(event.header.time).toEqual(time);
  });

  it('one part can be shown without the other', () => {
    const event = parseEvent(record);
    expect(event.citizenHash).not.toEqual(event.restrictedHash);
    expect(new TextDecoder().decode(record)).not.toContain('received');
  });

  it('a part with another salt, other bytes or exchanged with its sibling is refused', () => {
    const event = parseEvent(record);
    const check = (change: object) => () => checkEventParts(nodeHashes, event, { ...built, ...change });
    expectCode(check({ citizenSalt: flipped(built.citizenSalt, 0) }), 'event_part', 'citizen');
    expectCode(check({ citizenPart: utf8('{"stage":"resolved"}') }), 'event_part', 'citizen');
    expectCode(check({ restrictedPart: built.citizenPart }), 'event_part', 'restricted');
    expectCode(check({ restrictedSalt: new Uint8Array(31) }), 'event_part', 'restricted');
  });

  it('only the people asked for count as signers', () => {
    expect(verifyEvent(sodium, record, [officer!.publicKey, head!.publicKey]).signers).toEqual([
      officer!.publicKey,
    ]);
    expectCode(() => verifyEvent(sodium, record, [stranger!.publicKey]), 'event_signature');
    expectCode(
      () => verifyEvent(sodium, record, [officer!.publicKey, head!.publicKey], 2),
      'event_signature',
    );
    const both = cosignEvent(sodium, record, head!);
    expect(verifyEvent(sodium, both, [officer!.publicKey, head!.publicKey], 2).signers).toHaveLength(2);
  });

  it('gives the exact bytes under its signature', () => {
    const event = parseEvent(record);
    expect(sodium.verify(event.envelope.signatures[0]!.sig, eventMessage(event), officer!.publicKey)).toBe(
      true,
    );
  });

  it('no flipped bit leaves it valid', () => {
    fc.assert(
      fc.property(fc.nat(record.length - 1), fc.nat(7), (at, bit) => {
        const code = codeOf(() => verifyEvent(sodium, flipped(record, at, bit), [officer!.publicKey]));
        expect(['statement_malformed', 'event_malformed', 'event_signature']).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  it('its leaf is hidden by the salt', () => {
    const salt = new Uint8Array(32).fill(1);
    const leaf = eventLeaf(sodium, salt, record);
    expect(leaf).toMatch(/^[0-9a-f]{64}$/);
    expect(hashBytes(leaf)).toHaveLength(32);
    expect(eventLeaf(nodeHashes, salt, record)).toBe(leaf);
    expect(eventLeaf(sodium, flipped(salt, 0), record)).not.toBe(leaf);
    expect(() => eventLeaf(sodium, new Uint8Array(31), record)).toThrow(RangeError);
  });

  const object = JSON.parse(new TextDecoder().decode(built.payload));
  it.each<[string, object]>([
    ['a subject of another form', { subject: 'tip:x' }],
    ['an unknown kind of subject', { subject: `person:${TIP}` }],
    ['number 0', { no: 0 }],
    ['no predecessor but a later number', { prev: null }],
    ['a predecessor but the first number', { no: 1 }],
    ['a predecessor that is no hash', { prev: 'x' }],
    ['two times', { t0: 5 }],
    ['a day that is none', { at: undefined, day: 'yesterday' }],
    ['no time', { at: undefined }],
    ['a fraction of a second', { at: 1.5 }],
    ['a type with blanks', { type: 'a b' }],
    ['a part hash that is none', { citizen: 'xx' }],
    ['an unknown field', { extra: null }],
  ])('an event with %s is refused', (_what, change) => {
    const payload = utf8(JSON.stringify({ ...object, ...change }));
    expectCode(() => parseEvent(signDsse(sodium, EVENT_TYPE, payload, [officer!])), 'event_malformed');
  });

  it('an envelope of another type is no event', () => {
    expectCode(
      () => parseEvent(signDsse(sodium, 'application/x', built.payload, [officer!])),
      'event_malformed',
      'payloadType',
    );
  });

  it('a record above 8 KiB and a part above 16 KiB are refused', () => {
    expectCode(() => parseEvent(new Uint8Array(8193)), 'event_malformed');
    expectCode(
      () => buildEvent(sodium, header, {}, { text: 'x'.repeat(16_384) }),
      'event_malformed',
      'restricted',
    );
    expectCode(
      () => buildEvent(sodium, header, { text: 'x'.repeat(16_384) }, {}),
      'event_malformed',
      'citizen',
    );
  });
});

describe('two-person decision', () => {
  const decision: Decision = {
    instance: 'demo',
    tip: TIP,
    kind: 'resolution',
    proposedBy: 'ef'.repeat(16) as StaffId,
    at: 1_800_000_000,
    data: { outcome: 'unfounded', ground: 'Không có căn cứ' },
  };
  const proposed = signDecision(sodium, decision, officer!);
  const keys = [officer!.publicKey, head!.publicKey];

  it('is complete when two different people signed the same bytes', () => {
    expect(verifyDecision(sodium, proposed, keys, 1).decision).toEqual(decision);
    const complete = cosignDecision(sodium, proposed, head!);
    expect(verifyDecision(sodium, complete, keys, 2).signers).toEqual(keys);
  });

  it('one person is never two', () => {
    expectCode(() => verifyDecision(sodium, proposed, keys, 2), 'decision_signers');
    expectCode(() => cosignDecision(sodium, proposed, officer!), 'statement_malformed');
  });

  it('a stranger’s signature does not complete it', () => {
    expectCode(
      () => verifyDecision(sodium, cosignDecision(sodium, proposed, stranger!), keys, 2),
      'decision_signers',
    );
  });

  it('another type, too many fields or a field that is no text are refused', () => {
    expectCode(() => parseDecision(record), 'statement_malformed', 'payloadType');
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, 'x']));
    expectCode(
      () => parseDecision(signDecision(sodium, { ...decision, data: many }, officer!)),
      'statement_malformed',
      'data',
    );
    const bad = { ...decision, data: { outcome: 1 } } as unknown as Decision;
    expectCode(() => parseDecision(signDecision(sodium, bad, officer!)), 'statement_malformed', 'outcome');
  });
});
