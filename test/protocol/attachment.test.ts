import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FILE_FLOOR,
  hashPart,
  MAX_PART_BYTES,
  newAttachmentKeys,
  openPart,
  PART_BYTES,
  paddedFileLength,
  paddedFromSealed,
  partCount,
  partLength,
  partsRoot,
  sealedFileLength,
  sealedPartLength,
  sealPart,
  uploadId,
  uploadSeal,
  withoutPadding,
} from '../../src/protocol/attachment.ts';
import { concat } from '../../src/protocol/bytes.ts';
import { expectCode, flipped, noble, sodium, suites } from './suites.ts';

const MIB = 1024 * 1024;
const keys = newAttachmentKeys(sodium);
const bytes = (length: number) => new Uint8Array(length).map((_, i) => i * 13 + (i >> 8));
const plain = bytes(70_000);
const part = sealPart(sodium, keys.key, keys.id, 3, plain);

describe('sizes of an attachment', () => {
  it('an empty file and one of 64 KiB look the same', () => {
    expect(paddedFileLength(0)).toBe(FILE_FLOOR);
    expect(paddedFileLength(FILE_FLOOR)).toBe(FILE_FLOOR);
  });

  it('the padded length of any file gives back from the sealed bytes, without a key', () => {
    fc.assert(
      fc.property(fc.nat(600 * MIB), (size) => {
        const padded = paddedFileLength(size);
        expect(padded).toBeGreaterThanOrEqual(size);
        expect(paddedFromSealed(sealedFileLength(padded))).toBe(padded);
      }),
      { numRuns: 500 },
    );
  });

  it('the parts of a padded file add up to it and to its sealed bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * MIB }), (size) => {
        const padded = paddedFileLength(size);
        const lengths = Array.from({ length: partCount(padded) }, (_, no) => partLength(padded, no));
        expect(lengths.every((length) => length >= 1 && length <= PART_BYTES)).toBe(true);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(padded);
        const sealed = lengths.reduce((sum, length) => sum + sealedPartLength(length), 0);
        expect(sealed).toBe(sealedFileLength(padded));
      }),
    );
  });

  it('a number of bytes that no honest sealer makes is recognised', () => {
    const honest = sealedFileLength(paddedFileLength(3 * MIB));
    for (const wrong of [0, -1, 1, 41, honest + 1, honest - 1, MAX_PART_BYTES - 1, 1.5, Number.NaN, 2 ** 60])
      expect(paddedFromSealed(wrong)).toBeNull();
    fc.assert(
      fc.property(fc.nat(4 * MIB), (count) => {
        const padded = paddedFromSealed(count);
        expect(padded === null || sealedFileLength(padded) === count).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a sealed part', () => {
  it.each([1, 65_535, 65_536, 65_537, PART_BYTES])('of %i bytes opens to what was sealed', (length) => {
    const sealed = sealPart(sodium, keys.key, keys.id, 0, bytes(length));
    expect(sealed.length).toBe(sealedPartLength(length));
    expect(openPart(sodium, keys.key, keys.id, 0, sealed)).toEqual(bytes(length));
  });

  it('is one byte string for libsodium and noble', () => {
    expect(openPart(noble, keys.key, keys.id, 3, part)).toEqual(plain);
    const other = sealPart(noble, keys.key, keys.id, 3, plain);
    expect(openPart(sodium, keys.key, keys.id, 3, other)).toEqual(plain);
  });

  it('a bit changed anywhere is noticed', () => {
    fc.assert(
      fc.property(fc.nat(part.length - 1), fc.nat(7), (at, bit) => {
        expectCode(() => openPart(sodium, keys.key, keys.id, 3, flipped(part, at, bit)), 'part_corrupt');
      }),
      { numRuns: 60 },
    );
  });

  it('a cut anywhere is noticed', () => {
    fc.assert(
      fc.property(fc.nat(part.length - 1), (length) => {
        const open = () => openPart(sodium, keys.key, keys.id, 3, part.subarray(0, length));
        expect(open).toThrow(/part_(?:size|corrupt)/);
      }),
      { numRuns: 60 },
    );
  });

  it('under another number, id or key it does not open', () => {
    const other = newAttachmentKeys(sodium);
    expectCode(() => openPart(sodium, keys.key, keys.id, 2, part), 'part_corrupt');
    expectCode(() => openPart(sodium, keys.key, other.id, 3, part), 'part_corrupt');
    expectCode(() => openPart(sodium, other.key, keys.id, 3, part), 'part_corrupt');
  });

  it('chunks in another order are noticed', () => {
    const sealed = sealPart(sodium, keys.key, keys.id, 0, bytes(3 * 65_536));
    const chunk = (no: number) => sealed.subarray(24 + no * 65_553, 24 + (no + 1) * 65_553);
    const swapped = concat(sealed.subarray(0, 24), chunk(1), chunk(0), chunk(2));
    expectCode(() => openPart(sodium, keys.key, keys.id, 0, swapped), 'part_corrupt');
  });

  it('something after its end, a foreign length or nothing at all is refused', () => {
    for (const wrong of [
      new Uint8Array(0),
      new Uint8Array(24),
      new Uint8Array(41),
      new Uint8Array(MAX_PART_BYTES + 1),
    ])
      expectCode(() => openPart(sodium, keys.key, keys.id, 3, wrong), 'part_size');
    const whole = sealPart(sodium, keys.key, keys.id, 0, bytes(65_536));
    expectCode(() => openPart(sodium, keys.key, keys.id, 0, concat(whole, new Uint8Array(17))), 'part_size');
    expectCode(() => openPart(sodium, keys.key, keys.id, 3, concat(part, bytes(1))), 'part_corrupt');
  });

  it('nothing and more than a mebibyte are never sealed', () => {
    for (const length of [0, PART_BYTES + 1])
      expectCode(() => sealPart(sodium, keys.key, keys.id, 0, new Uint8Array(length)), 'part_size');
  });

  it('sealed twice gives two different byte strings', () => {
    expect(sealPart(sodium, keys.key, keys.id, 3, plain)).not.toEqual(part);
  });
});

describe('names of an upload', () => {
  it('the id follows from the secret and does not lead back to it', () => {
    expect(uploadId(noble, keys.secret)).toBe(keys.id);
    expect(uploadId(sodium, flipped(keys.secret, 0))).not.toBe(keys.id);
  });

  it('the challenge is bound to id and bytes', () => {
    const seal = uploadSeal(sodium, keys.id, 65_601);
    expect(uploadSeal(noble, keys.id, 65_601)).toBe(seal);
    expect(uploadSeal(sodium, keys.id, 65_602)).not.toBe(seal);
    expectCode(() => uploadSeal(sodium, 'AB'.repeat(16), 1), 'field_invalid', 'id');
  });

  it('the root is bound to id, order and every part hash', () => {
    const [a, b] = [hashPart(sodium, part), hashPart(sodium, plain)];
    const roots = suites.map((suite) => partsRoot(suite, keys.id, concat(a, b)));
    expect(roots[0]).toBe(roots[1]);
    expect(partsRoot(sodium, keys.id, concat(b, a))).not.toBe(roots[0]);
    expect(partsRoot(sodium, 'ab'.repeat(16), concat(a, b))).not.toBe(roots[0]);
    expect(partsRoot(sodium, keys.id, a)).not.toBe(roots[0]);
  });
});

describe('padding of an opened part', () => {
  const padded = concat(bytes(10), new Uint8Array(90));

  it('is cut off at the size of the file', () => {
    expect(withoutPadding(padded, 0, 10)).toEqual(bytes(10));
    expect(withoutPadding(new Uint8Array(50), 4, 3 * MIB)).toEqual(new Uint8Array(0));
    expect(withoutPadding(plain, 2, 600 * MIB)).toEqual(plain);
  });

  it('that holds anything is noticed', () => {
    expectCode(() => withoutPadding(padded, 0, 9), 'part_corrupt');
    expectCode(() => withoutPadding(flipped(padded, 99), 0, 10), 'part_corrupt');
  });
});
