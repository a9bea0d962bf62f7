import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { CitizenAct } from '../../src/domain/conversation.ts';
import type { Hash, StaffId } from '../../src/domain/ids.ts';
import { concat, u32, utf8 } from '../../src/protocol/bytes.ts';
import {
  type CitizenStepSections,
  citizenStepKey,
  decodeCitizenStep,
  encodeCitizenStep,
  MAX_CITIZEN_STEP_BYTES,
} from '../../src/protocol/citizen-frame.ts';
import {
  checkCitizenStep,
  citizenStepOf,
  citizenStepSignatures,
  type ExpectedCitizenStep,
} from '../../src/protocol/citizen-step.ts';
import { checkCitizenAnswer, sealCitizenMessage } from '../../src/protocol/citizen-step-build.ts';
import { parseCitizenMessage } from '../../src/protocol/content.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import { cosignEvent, eventLeaf } from '../../src/protocol/event.ts';
import { makeAnswers } from '../../src/protocol/promise.ts';
import { epochRecipient } from '../../src/protocol/wraps.ts';
import {
  codeChange,
  expected,
  HEAD,
  MESSAGE,
  OPERATOR,
  sealMessage,
  sectionsOf,
  step,
  THREAD,
  TIP,
  TODAY,
  talk,
} from './citizen.ts';
import { codeOf, expectCode, flipped, noble, nodeHashes, sodium } from './suites.ts';
import { sealFile } from './tip.ts';
import { COMMUNE, PROVINCE } from './world.ts';

const talking = talk(sodium);
const said: CitizenAct = { step: 'message_received' };
const agreed: CitizenAct = { step: 'consent_answered', unit: PROVINCE, yes: true };
const envelope = sealMessage(talking);
const message = step(talking, said, { envelope });
const consent = step(talking, agreed);
const changed = codeChange(talking);
const change = step(talking, changed.act, { change: changed.change });
const solution = utf8('{"kind":"pow"}');
const staff = sodium.ed25519KeyPair(new Uint8Array(32).fill(5));

const check = (frame: Uint8Array, more: Partial<ExpectedCitizenStep> = {}) =>
  checkCitizenStep(nodeHashes, decodeCitizenStep(frame), expected(talking, more));
const altered = (part: Partial<CitizenStepSections>, built = message) =>
  encodeCitizenStep({ ...sectionsOf(built), ...part });

/** All that the server does with hashes and the author's key. */
function accept(frame: Uint8Array): void {
  check(frame);
  const { message: signed, author } = citizenStepSignatures(decodeCitizenStep(frame));
  if (!sodium.verify(author.signature, signed, talking.keys.author.publicKey)) throw new Error('signature');
}

describe('a citizen’s step', () => {
  it('is taken as it was built: message, consent, change of code', () => {
    expect(check(message.frame(solution))).toEqual({
      act: said,
      day: TODAY,
      attachments: [],
      epochs: [{ unit: COMMUNE, epoch: 7 }],
      mailbox: null,
    });
    expect(check(consent.frame(solution))).toMatchObject({ act: agreed, epochs: [], mailbox: null });
    const { keys } = changed.change;
    expect(check(change.frame(solution))).toMatchObject({
      act: changed.act,
      mailbox: { locator: keys.locator, authorKey: keys.author.publicKey },
    });
    for (const built of [message, consent, change])
      expect(() => accept(built.frame(new Uint8Array(0)))).not.toThrow();
  });

  it('built with noble is the same to the server', () => {
    const other = talk(noble);
    const built = step(other, said, { envelope: sealMessage(other, 2) });
    const readers = [COMMUNE, PROVINCE];
    expect(check(built.frame(solution), { readers }).epochs).toHaveLength(2);
  });

  it('opens for every unit that may read it, to what was written', () => {
    const both = sealMessage(talking, 2);
    for (const { unit, epoch, secretKey } of talking.readers) {
      const opened = openEnvelope(
        sodium,
        both,
        { id: epochRecipient(unit, epoch), secretKey },
        {
          ...{ instance: 'demo', tip: TIP, kind: 'message', no: 3, prev: THREAD.seal },
          ...{ seal: both.seal, author: talking.keys.author.publicKey },
        },
      );
      expect(parseCitizenMessage(opened.content)).toEqual(MESSAGE);
    }
  });

  it('of the sender’s is not for the sender’s own mailbox: a code shows no accusation', () => {
    const text = new TextDecoder('latin1').decode(envelope.wraps);
    expect(text).not.toContain('mailbox:');
  });

  it('carries files that its manifest names', () => {
    const file = sealFile(sodium, new Uint8Array(90_000), 'ảnh.jpg', 'image/jpeg');
    const attached = step(talking, said, { envelope: sealMessage(talking, 1, [file]) });
    expect(check(attached.frame(solution)).attachments).toEqual([file.named]);
    expectCode(() => check(altered({ manifest: utf8('[]') }, attached)), 'manifest_mismatch');
    const input = { instance: 'demo', tip: TIP, keys: talking.keys, thread: THREAD };
    const without = { ...MESSAGE, attachments: [file.entry] };
    expectCode(
      () =>
        sealCitizenMessage(sodium, {
          ...input,
          readers: talking.readers,
          message: without,
          manifest: utf8('[]'),
        }),
      'manifest_mismatch',
    );
  });

  it('has one key over all tries: the seal’s hash, or the statement’s where nothing is sealed', () => {
    expect(message.key).toBe(envelope.sealHash);
    for (const built of [message, consent, change]) {
      const tries = [solution, new Uint8Array(0)].map((solved) => decodeCitizenStep(built.frame(solved)));
      for (const decoded of tries) expect(citizenStepKey(nodeHashes, decoded)).toBe(built.key);
    }
    const cosigned = cosignEvent(sodium, consent.record, staff);
    const again = { ...sectionsOf(consent), record: cosigned };
    expect(citizenStepKey(noble, again)).toBe(consent.key);
  });
});

describe('a step that does not fit the tip is refused', () => {
  const frame = message.frame(solution);

  it.each<[string, Partial<ExpectedCitizenStep>, string, string]>([
    ['another instance', { instance: 'other' }, 'event_mismatch', 'instance'],
    ['another tip', { tip: 'ff'.repeat(16) as typeof TIP }, 'event_mismatch', 'subject'],
    ['a number that was taken', { head: { ...HEAD, no: 5 } }, 'event_mismatch', 'no'],
    ['another event before it', { head: { ...HEAD, leaf: TIP.repeat(2) as Hash } }, 'event_mismatch', 'prev'],
    ['a day long ago', { day: addDays(TODAY, 2) }, 'event_mismatch', 'day'],
    ['a former author key', { authorKey: staff.publicKey }, 'event_mismatch', 'keyid'],
    ['an envelope’s number that was taken', { thread: { ...THREAD, no: 3 } }, 'core_mismatch', 'no'],
    ['another thread', { thread: { ...THREAD, seal: HEAD.leaf } }, 'core_mismatch', 'prev'],
    ['a unit that handed the tip on', { readers: [PROVINCE] }, 'core_mismatch', 'unit'],
    ['a reader too few', { readers: [COMMUNE, PROVINCE] }, 'wrap_foreign', 'wraps'],
    [
      'another stage',
      { change: { stage: 'resolved', overlay: 'none', outcome: null } },
      'event_part',
      'citizen',
    ],
    ['another unit', { state: { unit: PROVINCE } }, 'event_part', 'citizen'],
    ['an operator who did not sign', { operator: OPERATOR }, 'event_mismatch', 'keyid'],
  ])('%s', (_what, more, code, field) => {
    expectCode(() => check(frame, more), code as never, field);
  });

  it('a day before or after today is taken: midnight passes and clocks differ', () => {
    for (const days of [-1, 0, 1]) expect(check(frame, { day: addDays(TODAY, days) }).day).toBe(TODAY);
  });

  it('a reader too many', () => {
    const both = step(talking, said, { envelope: sealMessage(talking, 2) });
    expectCode(() => check(both.frame(solution)), 'wrap_foreign', 'wraps');
  });

  it('a message without an envelope, a consent with one, facts of a code where none was changed', () => {
    const none = new Uint8Array(0);
    const empty = { seal: none, core: none, wraps: none, body: none, manifest: none };
    expectCode(() => check(altered(empty)), 'event_mismatch', 'seal');
    const { seal, core, wraps, body, manifest } = envelope;
    const whole = { seal, core, wraps, body, manifest };
    expectCode(() => check(altered(whole, consent)), 'event_mismatch', 'seal');
    const { facts, rewraps } = sectionsOf(change);
    expectCode(() => check(altered({ facts, rewraps }, consent)), 'event_mismatch', 'facts');
    expectCode(() => check(altered({ facts: none, rewraps: none }, change)), 'event_mismatch', 'facts');
  });

  it('half an envelope, or new wraps without a new code, is malformed', () => {
    const none = new Uint8Array(0);
    for (const name of ['core', 'wraps', 'body', 'manifest'] as const)
      expectCode(() => check(altered({ [name]: none })), 'frame_malformed', name);
    const { rewraps } = sectionsOf(change);
    expectCode(() => check(altered({ rewraps })), 'frame_malformed', 'rewraps');
  });

  it('keys that the old author did not name', () => {
    const other = codeChange({ ...talking, keys: talking.keys });
    const facts = JSON.parse(new TextDecoder().decode(sectionsOf(change).facts));
    const swapped = utf8(JSON.stringify({ ...facts, locator: '00'.repeat(16) }));
    expectCode(() => check(altered({ facts: swapped }, change)), 'facts_mismatch');
    expect(other.act).toEqual(changed.act);
  });

  it('a step of another kind', () => {
    const decoded = decodeCitizenStep(frame);
    expect(citizenStepOf(decoded)).toBe('message_received');
    const { event } = decoded.parsed;
    const wrong = {
      ...decoded,
      parsed: { ...decoded.parsed, event: { ...event, header: { ...event.header, type: 'printed' } } },
    };
    expectCode(() => citizenStepOf(wrong), 'event_mismatch', 'type');
  });
});

describe('the bytes of a step', () => {
  const frame = message.frame(solution);

  it('no flipped bit outside the challenge’s solution is accepted', () => {
    const end = frame.length - solution.length;
    fc.assert(
      fc.property(fc.nat(end - 1), fc.nat(7), (at, bit) => {
        expect(() => accept(flipped(frame, at, bit))).toThrow();
      }),
      { numRuns: 400 },
    );
  });

  it('a flipped bit in what a change of code carries is never a defect', () => {
    const bytes = change.frame(solution);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        expect(codeOf(() => check(flipped(bytes, at, bit)))).toBeTypeOf('string');
      }),
      { numRuns: 300 },
    );
  });

  it('a cut frame, a longer one and noise are malformed', () => {
    fc.assert(
      fc.property(fc.nat(frame.length - 1), (length) => {
        expectCode(() => decodeCitizenStep(frame.subarray(0, length)), 'frame_malformed');
      }),
      { numRuns: 60 },
    );
    expectCode(() => decodeCitizenStep(concat(frame, Uint8Array.of(0))), 'frame_malformed');
    expectCode(() => decodeCitizenStep(new Uint8Array(MAX_CITIZEN_STEP_BYTES + 1)), 'frame_too_large');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) =>
        expectCode(() => decodeCitizenStep(noise), 'frame_malformed'),
      ),
    );
  });

  it('new wraps are numbered upwards, none for the tip itself, and none is cut', () => {
    const block = (no: number, bytes = 10) => concat(u32(no), u32(bytes), new Uint8Array(bytes));
    const decode = (rewraps: Uint8Array) => decodeCitizenStep(altered({ rewraps }, change)).parsed.rewraps;
    expect(decode(concat(block(2), block(5))).map(({ no }) => no)).toEqual([2, 5]);
    for (const wrong of [
      concat(block(5), block(2)),
      concat(block(2), block(2)),
      block(1),
      block(2).subarray(0, 12),
      block(2).subarray(0, 5),
      block(2, 30_000),
    ])
      expectCode(() => decode(wrong), 'frame_malformed', 'rewraps');
  });
});

describe('a step that an operator writes down for a caller', () => {
  const operator = { ...OPERATOR, signer: staff };
  const built = step(talking, said, { envelope, operator });

  it('bears both signatures over the same bytes and names the operator', () => {
    expect(check(built.frame(solution), { operator: OPERATOR }).act).toEqual(said);
    const {
      message: signed,
      author,
      staff: second,
    } = citizenStepSignatures(decodeCitizenStep(built.frame(solution)));
    expect(sodium.verify(author.signature, signed, talking.keys.author.publicKey)).toBe(true);
    expect(sodium.verify(second?.signature ?? new Uint8Array(64), signed, staff.publicKey)).toBe(true);
  });

  it('is refused at the citizens’ door and for another operator', () => {
    expectCode(() => check(built.frame(solution)), 'event_mismatch', 'keyid');
    const other = { ...OPERATOR, staff: '57'.repeat(16) as StaffId };
    expectCode(() => check(built.frame(solution), { operator: other }), 'event_part', 'restricted');
  });

  it('cannot be made of a citizen’s own by a second signature', () => {
    const record = cosignEvent(sodium, message.record, staff);
    expectCode(() => check(altered({ record }), { operator: OPERATOR }), 'event_part', 'citizen');
  });
});

describe('the answer to a step', () => {
  const ledger = sodium.ed25519KeyPair(new Uint8Array(32).fill(6));
  const log = { origin: 'demo.example/log', publicKey: ledger.publicKey };
  const noon = 1_795_305_600 + 5 * 3600;
  const leafSalt = new Uint8Array(32).fill(9);
  const answer = (change: object = {}) => {
    const terms = {
      ...{ ...message.promised, checkpoint: null, origin: log.origin, includeBy: noon + 100_000 },
      leaf: eventLeaf(sodium, leafSalt, message.record),
      ...change,
    };
    const signer = { ...ledger, sign: (bytes: Uint8Array) => sodium.sign(bytes, ledger.secretKey) };
    return makeAnswers(sodium, signer, [{ terms, leafSalt }])[0] ?? new Uint8Array(0);
  };
  const read = (bytes: Uint8Array, now = noon) => checkCitizenAnswer(sodium, message, bytes, log, now);

  it('promises the step’s own leaf, key, unit and day', () => {
    expect(read(answer()).promise.terms).toMatchObject({
      seal: message.key,
      unit: COMMUNE,
      assurance: 'e2ee',
    });
  });

  it('of another step, unit or day is refused', () => {
    expectCode(() => read(answer({ leaf: HEAD.leaf })), 'promise_leaf');
    expectCode(() => read(answer({ seal: HEAD.leaf })), 'promise_mismatch', 'seal');
    expectCode(() => read(answer({ unit: PROVINCE })), 'promise_mismatch', 'unit');
    expectCode(() => read(answer({ t0: message.promised.t0 + 1 })), 'promise_mismatch', 't0');
  });

  it('holds on the whole day in UTC+7 and an hour around it', () => {
    const begin = message.promised.t0 * 3600;
    for (const now of [begin - 3600, begin, begin + 86_399 + 3600])
      expect(codeOf(() => read(answer(), now))).toBe('none');
    for (const now of [begin - 3601, begin + 86_400 + 3600])
      expect(codeOf(() => read(answer(), now))).toBe('promise_clock');
  });

  it('tells no hour of the step', () => {
    expect((message.promised.t0 * 3600 + 7 * 3600) % 86_400).toBe(0);
  });
});
