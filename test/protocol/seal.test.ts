import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSeal, hashSeal, parseSeal } from '../../src/protocol/seal.ts';
import { DIRECTORY, sealed } from './sealed-tip.ts';
import { expectCode, flipped, noble, sodium } from './suites.ts';

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
