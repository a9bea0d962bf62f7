import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taggedHash } from '../../src/protocol/hash.ts';
import { expectCode, flipped, noble, nodeHashes, sodium, suites } from './suites.ts';

const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const data = fc.uint8Array({ maxLength: 300 });
const few = { numRuns: 15 };

describe('both suites give the same bytes', () => {
  it('for hashes, keyed hashes and subkeys', () => {
    fc.assert(
      fc.property(exactly(32), data, fc.integer({ min: 16, max: 64 }), fc.nat(), (key, value, length, id) => {
        expect(noble.blake2b512(value)).toEqual(sodium.blake2b512(value));
        expect(noble.sha256(value)).toEqual(sodium.sha256(value));
        expect(noble.blake2bKeyed(key, value, length)).toEqual(sodium.blake2bKeyed(key, value, length));
        expect(noble.kdf(key, 'contextx', id, length)).toEqual(sodium.kdf(key, 'contextx', id, length));
      }),
    );
  });

  it('for signatures', () => {
    fc.assert(
      fc.property(exactly(32), data, (seed, message) => {
        const pair = sodium.ed25519KeyPair(seed);
        expect(noble.ed25519KeyPair(seed)).toEqual(pair);
        const signature = sodium.sign(message, pair.secretKey);
        expect(noble.sign(message, pair.secretKey)).toEqual(signature);
        for (const suite of suites) expect(suite.verify(signature, message, pair.publicKey)).toBe(true);
      }),
      few,
    );
  });

  it('for key encapsulation, also of an altered ciphertext', () => {
    fc.assert(
      fc.property(exactly(32), exactly(64), fc.nat(1119), (seed, coins, at) => {
        const pair = sodium.xwingKeyPair(seed);
        expect(noble.xwingKeyPair(seed)).toEqual(pair);
        const sealed = sodium.encapsulate(pair.publicKey, coins);
        expect(noble.encapsulate(pair.publicKey, coins)).toEqual(sealed);
        expect(noble.decapsulate(sealed.ciphertext, pair.secretKey)).toEqual(sealed.sharedSecret);
        const altered = flipped(sealed.ciphertext, at);
        const wrong = sodium.decapsulate(altered, pair.secretKey);
        expect(wrong).not.toEqual(sealed.sharedSecret);
        expect(noble.decapsulate(altered, pair.secretKey)).toEqual(wrong);
      }),
      few,
    );
  });

  it('for authenticated encryption and for streams of chunks of any length', () => {
    fc.assert(
      fc.property(
        exactly(32),
        exactly(24),
        fc.array(data, { minLength: 1, maxLength: 4 }),
        data,
        (key, nonce, chunks, ad) => {
          const first = chunks[0]!;
          expect(noble.aeadSeal(key, nonce, first, ad)).toEqual(sodium.aeadSeal(key, nonce, first, ad));
          const sealed = suites.map((suite) => {
            const stream = suite.streamSealer(key, nonce);
            return chunks.map((chunk, i) =>
              stream.push(chunk, i === 0 ? ad : new Uint8Array(0), i === chunks.length - 1),
            );
          });
          expect(sealed[1]).toEqual(sealed[0]);
          for (const suite of suites) {
            const stream = suite.streamOpener(key, nonce);
            const opened = sealed[0]!.map((chunk, i) => stream.pull(chunk, i === 0 ? ad : new Uint8Array(0)));
            expect(opened.map((chunk) => chunk?.message)).toEqual(chunks);
            expect(opened.map((chunk) => chunk?.last)).toEqual(chunks.map((_, i) => i === chunks.length - 1));
          }
        },
      ),
    );
  });

  it('for password stretching', () => {
    const cost = { passes: 3, memoryKiB: 256 };
    const salt = new Uint8Array(16).fill(7);
    const password = new TextEncoder().encode('1234 mật khẩu');
    expect(noble.argon2id(password, salt, cost, 32)).toEqual(sodium.argon2id(password, salt, cost, 32));
  });
});

describe.each(suites)('suite $name', (suite) => {
  it('refuses a signature over other bytes, by another key, or of another length', () => {
    const pair = suite.ed25519KeyPair(new Uint8Array(32).fill(1));
    const message = Uint8Array.of(1, 2, 3);
    const signature = suite.sign(message, pair.secretKey);
    expect(suite.verify(signature, Uint8Array.of(1, 2, 4), pair.publicKey)).toBe(false);
    expect(suite.verify(flipped(signature, 40), message, pair.publicKey)).toBe(false);
    expect(suite.verify(signature, message, suite.ed25519KeyPair(new Uint8Array(32).fill(2)).publicKey)).toBe(
      false,
    );
    expect(suite.verify(signature.subarray(1), message, pair.publicKey)).toBe(false);
    expect(suite.verify(signature, message, new Uint8Array(31))).toBe(false);
  });

  it('refuses the all-zero public key with the all-zero signature', () => {
    expect(suite.verify(new Uint8Array(64), Uint8Array.of(1), new Uint8Array(32))).toBe(false);
  });

  it('opens nothing under another key, nonce or additional data', () => {
    const key = new Uint8Array(32).fill(1);
    const nonce = new Uint8Array(24).fill(2);
    const ad = Uint8Array.of(3);
    const sealed = suite.aeadSeal(key, nonce, Uint8Array.of(4), ad);
    expect(suite.aeadOpen(key, nonce, sealed, ad)).toEqual(Uint8Array.of(4));
    expect(suite.aeadOpen(flipped(key, 0), nonce, sealed, ad)).toBeNull();
    expect(suite.aeadOpen(key, flipped(nonce, 0), sealed, ad)).toBeNull();
    expect(suite.aeadOpen(key, nonce, sealed, Uint8Array.of(5))).toBeNull();
    expect(suite.aeadOpen(key, nonce, sealed.subarray(0, 3), ad)).toBeNull();
  });

  it('refuses to encapsulate to something that is no key', () => {
    expectCode(
      () => suite.encapsulate(new Uint8Array(1216).fill(255), new Uint8Array(64)),
      'field_invalid',
      'kemKey',
    );
    expectCode(() => suite.encapsulate(new Uint8Array(100), new Uint8Array(64)), 'field_invalid', 'kemKey');
  });

  it('gives random bytes of the asked length, also beyond what the platform gives at once', () => {
    const bytes = suite.randomBytes(70_000);
    expect(bytes.length).toBe(70_000);
    expect(new Set(bytes.subarray(69_000)).size).toBeGreaterThan(100);
  });

  it('forgets a stream that was ended', () => {
    const key = new Uint8Array(32);
    const header = new Uint8Array(24);
    const sealer = suite.streamSealer(key, header);
    const chunk = sealer.push(Uint8Array.of(1), new Uint8Array(0), false);
    sealer.end();
    sealer.end();
    expect(() => sealer.push(Uint8Array.of(1), new Uint8Array(0), false)).toThrow('body_malformed');
    const opener = suite.streamOpener(key, header);
    opener.end();
    expect(opener.pull(chunk, new Uint8Array(0))).toBeNull();
  });

  it('reads a chunk that is too short as no chunk', () => {
    const stream = suite.streamOpener(new Uint8Array(32), new Uint8Array(24));
    expect(stream.pull(new Uint8Array(16), new Uint8Array(0))).toBeNull();
    stream.end();
  });
});

describe('the tagged hash', () => {
  it('is the first half of BLAKE2b-512 over length-prefixed tag and fields', () => {
    const input = Buffer.from(`04000000${Buffer.from('tk1/').toString('hex')}020000006869`, 'hex');
    const expected = createHash('blake2b512').update(input).digest().subarray(0, 32);
    expect(Buffer.from(taggedHash(sodium, 'tk1/', 'hi'))).toEqual(expected);
  });

  it("is the same with the server's native hash", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(data, { maxLength: 3 }), (tag, fields) => {
        expect(taggedHash(nodeHashes, tag, ...fields)).toEqual(taggedHash(sodium, tag, ...fields));
      }),
    );
  });
});
