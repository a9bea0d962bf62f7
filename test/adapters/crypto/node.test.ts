import { generateKeyPairSync, sign } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { rememberingVerifier } from '../../../src/adapters/crypto/ed25519.ts';
import { ledgerSigner, nodeCrypto } from '../../../src/adapters/crypto/node.ts';
import { openVerifyThreads } from '../../../src/adapters/crypto/verify-threads.ts';

const crypto = nodeCrypto();
const bytes = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function pair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
  return { raw, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)) };
}

describe('the hashes of the server', () => {
  test('give the same bytes as another implementation', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        expect(crypto.blake2b512(data)).toEqual(blake2b(data, { dkLen: 64 }));
        expect(crypto.sha256(data)).toEqual(sha256(data));
        expect(crypto.hmac(bytes(32), data)).toEqual(hmac(sha256, bytes(32), data));
      }),
      { numRuns: 50 },
    );
  });

  test('come as plain Uint8Arrays', () => {
    for (const hash of [
      crypto.blake2b512(bytes(1)),
      crypto.sha256(bytes(1)),
      crypto.hmac(bytes(1), bytes(1)),
    ]) {
      expect(hash.constructor).toBe(Uint8Array);
    }
  });
});

const threads = openVerifyThreads(2);
afterAll(() => threads.close());

describe.each([
  ['in the pool', crypto.verify],
  ['on threads of its own', threads.verify],
])('verification %s', (_where, verify) => {
  const keys = pair();
  const message = utf8('Tin báo');

  test('accepts a true signature', async () => {
    expect(await verify(keys.sign(message), message, keys.raw)).toBe(true);
  });

  test('refuses another message, another key and an altered signature', async () => {
    const signature = keys.sign(message);
    const altered = signature.with(3, (signature[3] ?? 0) ^ 1);
    expect(await verify(signature, utf8('Tin khác'), keys.raw)).toBe(false);
    expect(await verify(signature, message, pair().raw)).toBe(false);
    expect(await verify(altered, message, keys.raw)).toBe(false);
  });

  test('answers false, and does not throw, for sizes and keys that cannot be', async () => {
    expect(await verify(bytes(63), message, keys.raw)).toBe(false);
    expect(await verify(bytes(64), message, bytes(31))).toBe(false);
    expect(await verify(bytes(64), message, bytes(32, 0xff))).toBe(false);
    expect(await verify(bytes(0), bytes(0), bytes(0))).toBe(false);
  });

  test('keeps many answers apart that are asked for at once', async () => {
    const asked = Array.from({ length: 100 }, (_, i) => {
      const text = utf8(`tin ${i}`);
      return verify(keys.sign(i % 3 === 0 ? message : text), text, keys.raw);
    });
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 100 }, (_, i) => i % 3 !== 0));
  });
});

test('verify threads check a whole lot in its order: true ones, false ones, and what cannot be', async () => {
  const keys = pair();
  const checks = Array.from({ length: 300 }, (_, i) => {
    const message = utf8(`tin ${i}`);
    const signature = keys.sign(i % 3 === 0 ? utf8('khác') : message);
    return {
      message,
      signature: i === 7 ? bytes(5) : signature,
      publicKey: i === 8 ? bytes(32, 0xff) : keys.raw,
    };
  });
  const expected = checks.map((_, i) => i % 3 !== 0 && i !== 7 && i !== 8);
  expect(await threads.verifyAll(checks)).toEqual(expected);
});

test('a verifier that remembers keys says of each signature what one that does not would say', async () => {
  const held = rememberingVerifier();
  const [mine, other] = [pair(), pair()];
  const message = utf8('Tin báo');
  for (let again = 0; again < 4; again++) {
    expect(await held({ message, signature: mine.sign(message), publicKey: mine.raw })).toBe(true);
    expect(await held({ message, signature: other.sign(message), publicKey: mine.raw })).toBe(false);
    expect(await held({ message, signature: bytes(64), publicKey: bytes(32, 0xff) })).toBe(false);
    expect(await held({ message, signature: bytes(63), publicKey: mine.raw })).toBe(false);
  }
});

test('closed verify threads refuse further work instead of leaving it waiting', async () => {
  const own = openVerifyThreads(1);
  await own.close();
  await expect(own.verify(bytes(64), bytes(3), bytes(32))).rejects.toThrow('closed');
  await expect(own.verifyAll([])).rejects.toThrow('closed');
});

describe('secrets at rest', () => {
  const key = bytes(32, 1);

  test('open with their key and context', () => {
    const sealed = crypto.sealAtRest(key, 'totp:1', utf8('bí mật'));
    expect(crypto.openAtRest(key, 'totp:1', sealed)).toEqual(utf8('bí mật'));
  });

  test('do not open in another context, with another key, altered or cut short', () => {
    const sealed = crypto.sealAtRest(key, 'totp:1', utf8('bí mật'));
    expect(crypto.openAtRest(key, 'totp:2', sealed)).toBeNull();
    expect(crypto.openAtRest(bytes(32, 2), 'totp:1', sealed)).toBeNull();
    expect(crypto.openAtRest(key, 'totp:1', sealed.with(15, (sealed[15] ?? 0) ^ 1))).toBeNull();
    expect(crypto.openAtRest(key, 'totp:1', sealed.subarray(0, 20))).toBeNull();
  });

  test('never look the same twice', () => {
    expect(crypto.sealAtRest(key, 'a', bytes(5))).not.toEqual(crypto.sealAtRest(key, 'a', bytes(5)));
  });
});

describe('the ledger key', () => {
  test('signs as its seed says, by another implementation', () => {
    const signer = ledgerSigner(bytes(32, 4));
    expect(signer.publicKey).toEqual(ed25519.getPublicKey(bytes(32, 4)));
    expect(signer.sign(utf8('gốc'))).toEqual(ed25519.sign(utf8('gốc'), bytes(32, 4)));
  });

  test('needs a seed of 32 bytes', () => {
    expect(() => ledgerSigner(bytes(31))).toThrow(RangeError);
  });
});

test('equality is false for different lengths and does not throw', () => {
  expect(crypto.equal(bytes(3), bytes(4))).toBe(false);
  expect(crypto.equal(bytes(3), bytes(3))).toBe(true);
  expect(crypto.equal(bytes(3), bytes(3, 8))).toBe(false);
});
