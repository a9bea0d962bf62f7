import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { sealBody } from '../../src/protocol/body.ts';
import { encodeCore, hashCore, parseCore } from '../../src/protocol/core.ts';
import { openEnvelope, rewrapDataKey, sealEnvelope } from '../../src/protocol/envelope.ts';
import { checkSeal, makeSeal, parseSeal } from '../../src/protocol/seal.ts';
import { epochRecipient, mailboxRecipient, openWrap, sealWraps } from '../../src/protocol/wraps.ts';
import { author, EPOCH_ID, epoch, expected, input, reader, sealed, TIP, text } from './sealed-tip.ts';
import { codeOf, expectCode, flipped, noble, sodium } from './suites.ts';
import { COMMUNE, PROVINCE } from './world.ts';

const mailbox = sodium.xwingKeyPair(new Uint8Array(32).fill(3));
const stranger = sodium.xwingKeyPair(new Uint8Array(32).fill(4));
const MAILBOX_ID = mailboxRecipient('ef'.repeat(16));

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
