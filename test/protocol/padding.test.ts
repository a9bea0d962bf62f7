import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPaddedLength, PADDING_FLOOR, paddedLength } from '../../src/protocol/padding.ts';

const length = fc.integer({ min: 0, max: 5_000_000 });

describe('padding', () => {
  it('everything up to 4 KiB has one size', () => {
    expect([0, 1, 100, 4095, 4096].map(paddedLength)).toEqual(Array.from({ length: 5 }, () => PADDING_FLOOR));
  });

  it.each([
    [4097, 4352],
    [5000, 5120],
    [9000, 9216],
    [65_536, 65_536],
    [65_537, 67_584],
    [200_000, 200_704],
  ])('%i bytes become %i, as computed by hand', (plain, padded) => {
    expect(paddedLength(plain)).toBe(padded);
  });

  it('holds what it pads and adds at most 12 %', () => {
    fc.assert(
      fc.property(length, (plain) => {
        const padded = paddedLength(plain);
        expect(padded).toBeGreaterThanOrEqual(plain);
        expect(padded).toBeLessThanOrEqual(Math.max(PADDING_FLOOR, plain * 1.12));
      }),
    );
  });

  it('a padded length is its own padding, and only such lengths are allowed', () => {
    fc.assert(
      fc.property(length, (plain) => {
        expect(isPaddedLength(paddedLength(plain))).toBe(true);
        expect(isPaddedLength(plain)).toBe(paddedLength(plain) === plain);
      }),
    );
    expect(isPaddedLength(4095)).toBe(false);
    expect(isPaddedLength(Number.NaN)).toBe(false);
  });

  it('a longer text never gets a shorter size', () => {
    fc.assert(
      fc.property(length, fc.nat(10_000), (plain, more) => {
        expect(paddedLength(plain + more)).toBeGreaterThanOrEqual(paddedLength(plain));
      }),
    );
  });
});
