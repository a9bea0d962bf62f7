import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash, TipId } from '../../src/domain/ids.ts';
import { sealBody } from '../../src/protocol/body.ts';
import { concat } from '../../src/protocol/bytes.ts';
import { type Core, commitment, encodeCore, hashCore, parseCore } from '../../src/protocol/core.ts';
import {
  type EnvelopeInput,
  openEnvelope,
  rewrapDataKey,
  sealEnvelope,
} from '../../src/protocol/envelope.ts';
import { checkSeal, hashSeal, makeSeal, parseSeal } from '../../src/protocol/seal.ts';
import {
  epochRecipient,
  mailboxRecipient,
  openWrap,
  parseWraps,
  sealWraps,
} from '../../src/protocol/wraps.ts';
import { codeOf, expectCode, flipped, noble, sodium } from './suites.ts';
import { COMMUNE, PROVINCE } from './world.ts';

const TIP = 'ab'.repeat(16) as TipId;
const DIRECTORY = 'cd'.repeat(32) as Hash;
const author = sodium.ed25519KeyPair(new Uint8Array(32).fill(1));
const epoch = sodium.xwingKeyPair(new Uint8Array(32).fill(2));
const mailbox = sodium.xwingKeyPair(new Uint8Array(32).fill(3));
const stranger = sodium.xwingKeyPair(new Uint8Array(32).fill(4));
const EPOCH_ID = epochRecipient(COMMUNE, 7);
const MAILBOX_ID = mailboxRecipient('ef'.repeat(16));
const text = new TextEncoder().encode('Có chuyện cần báo');

const input = (change: Partial<EnvelopeInput> = {}): EnvelopeInput => ({
  kind: 'tip',
  instance: 'demo',
  tip: TIP,
  unit: COMMUNE,
  epoch: 7,
  directory: DIRECTORY,
  author,
  no: 1,
  prev: null,
  content: text,
  recipients: [{ id: EPOCH_ID, publicKey: epoch.publicKey }],
  ...change,
});
const expected = { instance: 'demo', tip: TIP };
const reader = { id: EPOCH_ID, secretKey: epoch.secretKey };
const sealed = sealEnvelope(sodium, input());

describe('envelope', () => {
  it('opens to what was sealed, in both suites', () => {
    for (const suite of [sodium, noble]) {
      const opened = openEnvelope(suite, sealed, reader, {
        ...expected,
        seal: sealed.seal,
        author: author.publicKey,
      });
      expect(opened.content).toEqual(text);
      expect(opened.core).toMatchObject({
        kind: 'tip',
        tip: TIP,
        unit: COMMUNE,
        epoch: 7,
        no: 1,
        prev: null,
      });
    }
  });

  it('what noble seals sodium opens', () => {
    const other = sealEnvelope(noble, input());
    expect(openEnvelope(sodium, other, reader, { ...expected, seal: other.seal }).content).toEqual(text);
  });

  it('the same text sealed twice has nothing in common but its sizes', () => {
    const again = sealEnvelope(sodium, input());
    expect(again.sealHash).not.toBe(sealed.sealHash);
    expect(again.body.length).toBe(sealed.body.length);
    expect(again.body.subarray(0, 64)).not.toEqual(sealed.body.subarray(0, 64));
  });

  it('a message opens with every recipient’s own key', () => {
    const message = sealEnvelope(
      sodium,
      input({
        kind: 'message',
        no: 2,
        prev: sealed.sealHash,
        recipients: [
          { id: EPOCH_ID, publicKey: epoch.publicKey },
          { id: MAILBOX_ID, publicKey: mailbox.publicKey },
        ],
      }),
    );
    for (const key of [reader, { id: MAILBOX_ID, secretKey: mailbox.secretKey }]) {
      expect(
        openEnvelope(sodium, message, key, { ...expected, no: 2, prev: sealed.sealHash }).content,
      ).toEqual(text);
    }
  });

  it('no flipped bit anywhere is taken, and each part has its own code', () => {
    const parts = ['core', 'wraps', 'body'] as const;
    const codes = {
      core: ['core_malformed', 'core_mismatch', 'seal_mismatch'],
      wraps: ['wraps_malformed', 'wrap_foreign'],
      body: ['seal_mismatch'],
    };
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.nat(), fc.nat(7), (part, where, bit) => {
        const altered = { ...sealed, [part]: flipped(sealed[part], where % sealed[part].length, bit) };
        const code = codeOf(() => openEnvelope(sodium, altered, reader, { ...expected, seal: sealed.seal }));
        expect(codes[part]).toContain(code);
      }),
      { numRuns: 200 },
    );
  });

  it('without the seal at hand an altered core is still refused: every wrap is bound to it', () => {
    const core = parseCore(sealed.core);
    const altered = { ...sealed, core: encodeCore({ ...core, directory: 'ee'.repeat(32) as Hash }) };
    expectCode(() => openEnvelope(sodium, altered, reader, expected), 'wrap_foreign');
  });

  it('a swapped core is refused, though it is a true core of another envelope', () => {
    const other = sealEnvelope(sodium, input());
    expectCode(() => openEnvelope(sodium, { ...sealed, core: other.core }, reader, expected), 'wrap_foreign');
    const swapped = { ...sealed, core: other.core, wraps: other.wraps };
    expectCode(() => openEnvelope(sodium, swapped, reader, expected), 'body_corrupt');
    expectCode(
      () => openEnvelope(sodium, swapped, reader, { ...expected, seal: sealed.seal }),
      'seal_mismatch',
      'coreHash',
    );
  });

  it('a foreign wrap is refused: of another envelope, for another recipient, under another name', () => {
    const other = sealEnvelope(sodium, input());
    expectCode(
      () => openEnvelope(sodium, { ...sealed, wraps: other.wraps }, reader, expected),
      'wrap_foreign',
    );
    expectCode(
      () => openEnvelope(sodium, sealed, { id: MAILBOX_ID, secretKey: mailbox.secretKey }, expected),
      'wrap_foreign',
    );
    expectCode(
      () => openEnvelope(sodium, sealed, { id: EPOCH_ID, secretKey: stranger.secretKey }, expected),
      'wrap_foreign',
    );
    const renamed = sealed.wraps.slice();
    renamed.set(new TextEncoder().encode(epochRecipient(COMMUNE, 8)), 4);
    expectCode(
      () =>
        openEnvelope(
          sodium,
          { ...sealed, wraps: renamed },
          { ...reader, id: epochRecipient(COMMUNE, 8) },
          expected,
        ),
      'wrap_foreign',
    );
  });

  it('another epoch, unit, tip, kind, number, predecessor, instance or author than expected is refused', () => {
    const open = (change: object) => () => openEnvelope(sodium, sealed, reader, { ...expected, ...change });
    expectCode(open({ epoch: 8 }), 'epoch_mismatch');
    expectCode(open({ unit: PROVINCE }), 'core_mismatch', 'unit');
    expectCode(open({ tip: '00'.repeat(16) }), 'core_mismatch', 'tip');
    expectCode(open({ kind: 'message' }), 'core_mismatch', 'kind');
    expectCode(open({ no: 2 }), 'core_mismatch', 'no');
    expectCode(open({ prev: sealed.sealHash }), 'core_mismatch', 'prev');
    expectCode(open({ instance: 'other' }), 'core_mismatch', 'instance');
    expectCode(open({ author: stranger.publicKey.subarray(0, 32) }), 'author_mismatch');
  });

  it('a seal of another epoch or unit is refused', () => {
    const { core, wraps, body } = sealed;
    const seal = makeSeal(sodium, { tip: TIP, unit: COMMUNE, epoch: 8 }, { core, wraps, body });
    expectCode(() => openEnvelope(sodium, sealed, reader, { ...expected, seal }), 'seal_mismatch', 'epoch');
    const elsewhere = makeSeal(sodium, { tip: TIP, unit: PROVINCE, epoch: 7 }, { core, wraps, body });
    expectCode(
      () => openEnvelope(sodium, sealed, reader, { ...expected, seal: elsewhere }),
      'seal_mismatch',
      'tip',
    );
  });

  it('a two-faced envelope is refused: a wrap with a key that the core did not commit to', () => {
    const otherKey = new Uint8Array(32).fill(9);
    const coreHash = hashCore(sodium, sealed.core);
    const wraps = sealWraps(sodium, otherKey, coreHash, input().recipients);
    const body = sealBody(sodium, otherKey, coreHash, new Uint8Array(64), text);
    expectCode(
      () => openEnvelope(sodium, { core: sealed.core, wraps, body }, reader, expected),
      'commitment_mismatch',
    );
    expectCode(
      () => rewrapDataKey(sodium, { core: sealed.core, wraps }, reader, input().recipients),
      'commitment_mismatch',
    );
  });

  it('content that its author did not sign is refused, also from somebody who holds the data key', () => {
    const dataKey = openWrap(sodium, sealed.wraps, hashCore(sodium, sealed.core), EPOCH_ID, epoch.secretKey);
    const forged = sealBody(sodium, dataKey, hashCore(sodium, sealed.core), new Uint8Array(64).fill(1), text);
    expectCode(() => openEnvelope(sodium, { ...sealed, body: forged }, reader, expected), 'author_signature');
  });
});

describe('hand-over', () => {
  const provinceId = epochRecipient(PROVINCE, 3);
  const wraps = rewrapDataKey(sodium, sealed, reader, [{ id: provinceId, publicKey: stranger.publicKey }]);

  it('the new unit opens it, the old one no more, and the seal still holds', () => {
    const moved = { ...sealed, wraps };
    const opened = openEnvelope(
      sodium,
      moved,
      { id: provinceId, secretKey: stranger.secretKey },
      { ...expected, seal: sealed.seal },
    );
    expect(opened.content).toEqual(text);
    expectCode(() => openEnvelope(sodium, moved, reader, expected), 'wrap_foreign');
  });

  it('whoever cannot open it cannot hand it over', () => {
    expectCode(
      () => rewrapDataKey(sodium, sealed, { ...reader, secretKey: stranger.secretKey }, input().recipients),
      'wrap_foreign',
    );
  });

  it('new wraps are seen to differ from the sealed ones', () => {
    expectCode(
      () => checkSeal(sodium, parseSeal(sealed.seal), { ...sealed, wraps }),
      'seal_mismatch',
      'wrapsHash',
    );
    expect(() => checkSeal(sodium, parseSeal(sealed.seal), sealed)).not.toThrow();
  });
});

describe('wraps block', () => {
  const wrap = parseWraps(sealed.wraps)[0]!;

  it('is parsed into its recipients', () => {
    expect(wrap.id).toBe(EPOCH_ID);
    expect(wrap.ciphertext.length).toBe(1120);
    expect(wrap.sealedKey.length).toBe(48);
  });

  it('is refused when cut anywhere or followed by anything', () => {
    fc.assert(
      fc.property(fc.nat(sealed.wraps.length - 1), (length) => {
        expectCode(() => parseWraps(sealed.wraps.subarray(0, length)), 'wraps_malformed');
      }),
    );
    expectCode(() => parseWraps(concat(sealed.wraps, Uint8Array.of(0))), 'wraps_malformed');
  });

  it('is refused with no, too many or equal recipients, or a name of another form', () => {
    const entry = sealed.wraps.subarray(2);
    expectCode(() => parseWraps(Uint8Array.of(0, 0)), 'wraps_malformed');
    expectCode(() => parseWraps(concat(Uint8Array.of(2, 0), entry, entry)), 'wraps_malformed');
    expectCode(() => parseWraps(concat(Uint8Array.of(17, 0), entry)), 'wraps_malformed');
    const named = (id: string) =>
      concat(Uint8Array.of(1, 0, id.length, 0), new TextEncoder().encode(id), new Uint8Array(1168));
    expect(parseWraps(named('epoch:a:1'))).toHaveLength(1);
    for (const id of ['epoch:a:0', 'epoch:A:1', 'mailbox:zz', 'someone', '']) {
      expectCode(() => parseWraps(named(id)), 'wraps_malformed');
    }
    expectCode(
      () => parseWraps(concat(Uint8Array.of(1, 0, 2, 0, 0xc3, 0x28), new Uint8Array(1168))),
      'wraps_malformed',
    );
  });

  it('is not made for nobody or for an unknown kind of recipient', () => {
    expectCode(() => sealEnvelope(sodium, input({ recipients: [] })), 'wraps_malformed');
    expectCode(
      () => sealEnvelope(sodium, input({ recipients: [{ id: 'x', publicKey: epoch.publicKey }] })),
      'wraps_malformed',
    );
  });
});

describe('core', () => {
  const core: Core = parseCore(sealed.core);

  it('its bytes say all that it says', () => {
    expect(encodeCore(core)).toEqual(sealed.core);
  });

  it.each<[string, object]>([
    ['suite', { suite: 'TK2' }],
    ['kind', { kind: 'letter' }],
    ['tip', { tip: 'AB' }],
    ['unit', { unit: '-' }],
    ['epoch', { epoch: 0 }],
    ['directory', { directory: 'x' }],
    ['author', { author: 'AAAA' }],
    ['no', { no: 1.5 }],
    ['prev', { prev: 'ab'.repeat(32) }],
    ['commitment', { commitment: null }],
    ['extra', { extra: 1 }],
  ])('a bad or additional field is refused: %s', (_field, change) => {
    const object = { ...JSON.parse(new TextDecoder().decode(sealed.core)), ...change };
    expectCode(() => parseCore(new TextEncoder().encode(JSON.stringify(object))), 'core_malformed');
  });

  it('a tip is number 1 and nothing else is', () => {
    expectCode(() => parseCore(encodeCore({ ...core, no: 2, prev: DIRECTORY })), 'core_malformed', 'kind');
    expectCode(() => parseCore(encodeCore({ ...core, kind: 'message' })), 'core_malformed', 'kind');
  });

  it('what is no JSON object, too long or deeply nested is refused', () => {
    const parse = (value: string) => () => parseCore(new TextEncoder().encode(value));
    for (const value of [
      '',
      'null',
      '[]',
      '1',
      '{',
      '{}',
      `${'['.repeat(900)}${']'.repeat(900)}`,
      `{"a":"${'x'.repeat(3000)}"}`,
    ]) {
      expectCode(parse(value), 'core_malformed');
    }
    expectCode(() => parseCore(Uint8Array.of(0x7b, 0xff, 0x7d)), 'core_malformed');
  });

  it('a commitment fits one key, tip and number only', () => {
    const key = new Uint8Array(32).fill(1);
    const one = commitment(sodium, key, TIP, 1);
    expect(commitment(sodium, flipped(key, 0), TIP, 1)).not.toEqual(one);
    expect(commitment(sodium, key, TIP, 2)).not.toEqual(one);
    expect(commitment(noble, key, TIP, 1)).toEqual(one);
  });
});

describe('seal', () => {
  it('is the idempotency key: any change gives another hash', () => {
    fc.assert(
      fc.property(fc.nat(sealed.seal.length - 1), (at) => {
        expect(hashSeal(sodium, flipped(sealed.seal, at))).not.toBe(sealed.sealHash);
      }),
    );
    expect(hashSeal(noble, sealed.seal)).toBe(sealed.sealHash);
  });

  it('names each part that does not fit', () => {
    const seal = parseSeal(sealed.seal);
    const check = (change: object) => () => checkSeal(sodium, seal, { ...sealed, ...change });
    expectCode(check({ core: flipped(sealed.core, 0) }), 'seal_mismatch', 'coreHash');
    expectCode(check({ body: sealed.body.subarray(1) }), 'seal_mismatch', 'bodyLength');
    expectCode(check({ body: flipped(sealed.body, 9) }), 'seal_mismatch', 'bodyHash');
    expectCode(
      () => checkSeal(sodium, { ...seal, manifestHash: DIRECTORY }, sealed),
      'seal_mismatch',
      'manifestHash',
    );
  });

  it('an attachment count or a body length out of bounds is refused', () => {
    const object = JSON.parse(new TextDecoder().decode(sealed.seal));
    for (const change of [
      { attachments: 1 },
      { bodyLength: 10_000_000 },
      { bodyLength: 0 },
      { extra: true },
    ]) {
      expectCode(
        () => parseSeal(new TextEncoder().encode(JSON.stringify({ ...object, ...change }))),
        'seal_malformed',
      );
    }
  });
});
