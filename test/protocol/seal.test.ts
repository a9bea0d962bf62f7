import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { sealedFileLength } from '../../src/protocol/attachment.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { openEnvelope, sealEnvelope } from '../../src/protocol/envelope.ts';
import { encodeManifest } from '../../src/protocol/manifest.ts';
import { checkSeal, hashSeal, parseSeal } from '../../src/protocol/seal.ts';
import { DIRECTORY, expected, input, reader, sealed } from './sealed-tip.ts';
import { codeOf, expectCode, flipped, noble, sodium } from './suites.ts';

const FILE = {
  id: 'ab'.repeat(16),
  parts: 1,
  bytes: sealedFileLength(65_536),
  root: 'ef'.repeat(32) as Hash,
};

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
  });

  it('names manifest and count when they do not fit', () => {
    const seal = parseSeal(sealed.seal);
    const check = (change: object, manifest?: Uint8Array) => () =>
      checkSeal(sodium, { ...seal, ...change }, manifest === undefined ? sealed : { ...sealed, manifest });
    expectCode(check({ manifestHash: DIRECTORY }), 'manifest_mismatch', 'manifestHash');
    expectCode(check({ attachments: 1 }), 'manifest_mismatch', 'attachments');
    expectCode(check({}, encodeManifest([FILE])), 'manifest_mismatch', 'manifestHash');
    expectCode(check({}, utf8('{}')), 'manifest_malformed');
  });

  it('of an envelope with a file fits that manifest and no other', () => {
    const manifest = encodeManifest([FILE]);
    const attached = sealEnvelope(sodium, input({ manifest }));
    const seal = parseSeal(attached.seal);
    expect(seal.attachments).toBe(1);
    expect(codeOf(() => checkSeal(sodium, seal, attached))).toBe('none');
    const { core, body } = attached;
    expectCode(() => checkSeal(sodium, seal, { core, body }), 'manifest_mismatch', 'manifestHash');
    expectCode(
      () => checkSeal(sodium, { ...seal, attachments: 2 }, attached),
      'manifest_mismatch',
      'attachments',
    );
    const swapped = encodeManifest([{ ...FILE, root: DIRECTORY }]);
    expectCode(() => checkSeal(sodium, seal, { core, body, manifest: swapped }), 'manifest_mismatch');
  });

  it('opens with its own manifest alone', () => {
    const manifest = encodeManifest([FILE]);
    const attached = sealEnvelope(sodium, input({ manifest }));
    const open = (given: object) => () =>
      openEnvelope(sodium, attached, reader, { ...expected, seal: attached.seal, ...given });
    expect(codeOf(open({ manifest }))).toBe('none');
    expectCode(open({}), 'manifest_mismatch');
    expectCode(open({ manifest: encodeManifest([{ ...FILE, id: '12'.repeat(16) }]) }), 'manifest_mismatch');
  });

  it('an attachment count or a body length out of bounds is refused', () => {
    const object = JSON.parse(new TextDecoder().decode(sealed.seal));
    for (const change of [
      { attachments: 21 },
      { attachments: -1 },
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
