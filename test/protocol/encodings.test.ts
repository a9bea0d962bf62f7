import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from '../../src/protocol/base64.ts';
import {
  equalBytes,
  fromHex,
  fromUtf8,
  lengthPrefixed,
  readU32,
  toHex,
  u64,
} from '../../src/protocol/bytes.ts';
import { expectCode } from './suites.ts';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('encodings', () => {
  it('hex, base64 and base64url give back every byte string, and agree with the platform', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const buffer = Buffer.from(value);
        expect(toHex(value)).toBe(buffer.toString('hex'));
        expect(toBase64(value)).toBe(buffer.toString('base64'));
        expect(toBase64Url(value)).toBe(buffer.toString('base64url'));
        expect(fromHex(toHex(value))).toEqual(value);
        expect(fromBase64(toBase64(value))).toEqual(value);
        expect(fromBase64Url(toBase64Url(value))).toEqual(value);
      }),
    );
  });

  it.each(['AB', 'a', 'zz', 'a ', '٠٠'])('hex refuses %j: one value has one spelling', (text) => {
    expectCode(() => fromHex(text), 'encoding');
  });

  it.each(['A', 'AA==', 'AA+A', 'AB', 'AAA\n', 'é', 'AAAB='])('base64url refuses %j', (text) => {
    expectCode(() => fromBase64Url(text), 'encoding');
  });

  it.each(['AA', 'AB==', 'AA=A', '====', 'AA_A', 'AAA', 'A==='])('base64 refuses %j', (text) => {
    expectCode(() => fromBase64(text), 'encoding');
  });

  it('malformed UTF-8 is refused instead of being replaced', () => {
    expectCode(() => fromUtf8(Uint8Array.of(0xc3, 0x28)), 'encoding');
  });

  it('a byte order mark is kept, so that bytes and text stay one to one', () => {
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\uFEFFa');
  });

  it('no two different lists of fields give the same length-prefixed bytes', () => {
    const list = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const same = JSON.stringify(a.map(toHex)) === JSON.stringify(b.map(toHex));
        expect(equalBytes(lengthPrefixed(...a), lengthPrefixed(...b))).toBe(same);
      }),
    );
  });

  it('a number of 64 bits is written little-endian', () => {
    expect(toHex(u64(0x01_0203_0405_0607))).toBe('0706050403020100');
    expect(readU32(u64(4_294_967_295), 0)).toBe(4_294_967_295);
  });
});
