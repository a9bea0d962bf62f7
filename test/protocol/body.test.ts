import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHUNK_BYTES,
  isBodyLength,
  MAX_BODY_BYTES,
  MAX_CONTENT_BYTES,
  openBody,
  sealBody,
} from '../../src/protocol/body.ts';
import { concat } from '../../src/protocol/bytes.ts';
import { codeOf, expectCode, flipped, noble, sodium } from './suites.ts';

const dataKey = new Uint8Array(32).fill(1);
const coreHash = new Uint8Array(32).fill(2);
const signature = new Uint8Array(64).fill(3);
const seal = (content: Uint8Array) => sealBody(sodium, dataKey, coreHash, signature, content);
const open = (body: Uint8Array, suite = sodium) => openBody(suite, dataKey, coreHash, body);
const filled = (length: number) => new Uint8Array(length).map((_, i) => i * 7 + (i >> 8));
const SEALED = CHUNK_BYTES + 17;
/** Three chunks. */
const long = filled(150_000);
const longBody = seal(long);
const short = seal(filled(100));

describe('body', () => {
  it.each([0, 1, 4028, 4029, 4096, 10_000, 65_467, 65_468, 65_469, 131_004, 131_005, MAX_CONTENT_BYTES])(
    'content of %i bytes comes back, in both suites',
    (length) => {
      const content = filled(length);
      const body = seal(content);
      expect(isBodyLength(body.length)).toBe(true);
      expect(open(body)).toEqual({ signature, content });
      expect(openBody(noble, dataKey, coreHash, body).content).toEqual(content);
    },
  );

  it('content of any length comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 140_000 }), (length) => {
        const content = filled(length);
        expect(Buffer.compare(open(seal(content)).content, content)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('texts of up to about four thousand bytes cannot be told apart by size', () => {
    expect(new Set([0, 1, 500, 4028].map((length) => seal(filled(length)).length))).toEqual(new Set([4137]));
  });

  it('content above 200 KiB is refused', () => {
    expectCode(() => seal(new Uint8Array(MAX_CONTENT_BYTES + 1)), 'content_too_large');
  });

  it('any flipped bit is refused as corrupt', () => {
    fc.assert(
      fc.property(fc.nat(short.length - 1), fc.nat(7), (at, bit) => {
        expectCode(() => open(flipped(short, at, bit)), 'body_corrupt');
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.nat(longBody.length - 1), fc.nat(7), (at, bit) => {
        expectCode(() => open(flipped(longBody, at, bit)), 'body_corrupt');
      }),
      { numRuns: 30 },
    );
  });

  it('a body cut between chunks is refused as truncated', () => {
    expectCode(() => open(longBody.subarray(0, 24 + SEALED)), 'body_truncated');
    expectCode(() => open(longBody.subarray(0, 24 + 2 * SEALED)), 'body_truncated');
  });

  it('a body cut anywhere is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 25, max: longBody.length - 1 }), (length) => {
        const onBoundary = (length - 24) % SEALED === 0;
        expect(codeOf(() => open(longBody.subarray(0, length)))).toBe(
          onBoundary ? 'body_truncated' : 'body_corrupt',
        );
      }),
      { numRuns: 40 },
    );
  });

  it('reordered, repeated or dropped chunks are refused', () => {
    const header = longBody.subarray(0, 24);
    const [a, b, c] = [0, 1, 2].map((i) => longBody.subarray(24 + i * SEALED, 24 + (i + 1) * SEALED));
    expectCode(() => open(concat(header, b!, a!, c!)), 'body_corrupt');
    expectCode(() => open(concat(header, a!, a!, c!)), 'body_corrupt');
    expectCode(() => open(concat(header, a!, c!)), 'body_corrupt');
  });

  it('something after the last chunk is refused', () => {
    const stream = sodium.streamSealer(sodium.kdf(dataKey, 'tk1body_', 0, 32), longBody.subarray(0, 24));
    const chunks = [0, 1].map((i) => stream.push(filled(CHUNK_BYTES), ad(i), i === 0));
    expectCode(() => open(concat(longBody.subarray(0, 24), ...chunks)), 'body_trailing');
  });

  it('a chunk of another body is refused', () => {
    const other = seal(filled(150_000));
    const mixed = concat(longBody.subarray(0, 24 + SEALED), other.subarray(24 + SEALED));
    expectCode(() => open(mixed), 'body_corrupt');
  });

  it('another data key or another core is refused', () => {
    expectCode(() => openBody(sodium, flipped(dataKey, 0), coreHash, short), 'body_corrupt');
    expectCode(() => openBody(sodium, dataKey, flipped(coreHash, 0), short), 'body_corrupt');
  });

  it('a body of no or of too many bytes is refused unread', () => {
    expectCode(() => open(new Uint8Array(24)), 'body_malformed');
    expectCode(() => open(new Uint8Array(MAX_BODY_BYTES + 1)), 'body_malformed');
  });

  it('a plaintext of a size that no honest sealer makes is refused even though it authenticates', () => {
    expectCode(() => open(handmade(new Uint8Array(100))), 'body_size');
    expectCode(() => open(handmade(new Uint8Array(4097))), 'body_size');
  });

  it('a stated length beyond the plaintext, or one that needed less padding, is refused', () => {
    const beyond = new Uint8Array(4096);
    beyond[1] = 0x20;
    expectCode(() => open(handmade(beyond)), 'body_size');
    expectCode(() => open(handmade(new Uint8Array(8192))), 'body_size');
  });

  it('padding that is not zero is refused', () => {
    const plaintext = new Uint8Array(4096);
    plaintext[4000] = 1;
    expectCode(() => open(handmade(plaintext)), 'body_corrupt');
  });

  it('only lengths of honest bodies are body lengths', () => {
    fc.assert(
      fc.property(fc.nat(MAX_BODY_BYTES + 5000), (length) => {
        const chunks = Math.ceil((length - 24) / SEALED);
        const plain = length - 24 - 17 * chunks;
        const honest =
          plain >= 4096 &&
          plain <= 68 + 208_896 &&
          seal(new Uint8Array(Math.max(0, Math.min(plain, MAX_CONTENT_BYTES + 68) - 68))).length === length;
        expect(isBodyLength(length)).toBe(honest);
      }),
      { numRuns: 60 },
    );
  });
});

const ad = (i: number): Uint8Array =>
  i === 0
    ? Uint8Array.from(
        Buffer.from(`08000000${Buffer.from('tk1/body').toString('hex')}20000000${'02'.repeat(32)}`, 'hex'),
      )
    : new Uint8Array(0);

/** A body that authenticates, with a plaintext chosen freely: what a hostile sealer could make. */
function handmade(plaintext: Uint8Array): Uint8Array {
  const header = new Uint8Array(24);
  const stream = sodium.streamSealer(sodium.kdf(dataKey, 'tk1body_', 0, 32), header);
  return concat(header, stream.push(plaintext, ad(0), true));
}
