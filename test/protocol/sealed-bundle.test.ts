import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { concat } from '../../src/protocol/bytes.ts';
import { openBundle, type SealedBundleHeader, sealBundle } from '../../src/protocol/sealed-bundle.ts';
import { codeOf, noble, sodium as suite } from './suites.ts';

const HEADER: SealedBundleHeader = {
  instance: 'demo',
  origin: 'demo.example/log',
  size: 4096,
  root: 'ab'.repeat(32) as Hash,
  kind: 'whole',
  auditor: 'doc-lap',
};
const auditor = suite.xwingKeyPair(suite.randomBytes(32));
const CHUNK = 64 * 1024;

const sealed = (plain: Uint8Array, piece = 50_000): Uint8Array => {
  const sealing = sealBundle(suite, HEADER, auditor.publicKey);
  const parts: Uint8Array[] = [];
  for (let from = 0; from < plain.length; from += piece)
    parts.push(sealing.push(plain.subarray(from, from + piece)));
  return concat(...parts, sealing.end());
};

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function opened(bytes: Uint8Array, size = 40_000, by = suite, key = auditor.secretKey) {
  const found: Uint8Array[] = [];
  for await (const chunk of openBundle(by, key, pieces(bytes, size))) found.push(chunk);
  return concat(...found);
}

const refused = async (bytes: Uint8Array, key = auditor.secretKey): Promise<string> => {
  const error = await opened(bytes, 100_000, suite, key).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error === null
    ? 'opened'
    : codeOf(() => {
        throw error;
      });
};

describe('a sealed bundle', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])(
    'of %i bytes opens to what was sealed, whatever pieces it comes in',
    async (length) => {
      const plain = suite.randomBytes(length);
      const bytes = sealed(plain);
      expect(await opened(bytes, 7777)).toEqual(plain);
      expect(await opened(bytes, bytes.length)).toEqual(plain);
    },
  );

  it('opens with the other implementation as well', async () => {
    const plain = suite.randomBytes(3000);
    expect(await opened(sealed(plain), 1000, noble)).toEqual(plain);
  });

  it('is refused with any bit turned, anywhere', async () => {
    const bytes = sealed(suite.randomBytes(2000));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const other = bytes.slice();
        other[at] = (other[at] ?? 0) ^ (1 << bit);
        expect(await refused(other)).toBe('audit_bundle_malformed');
      }),
      { numRuns: 40 },
    );
  });

  it('is refused cut short, even at the end of a chunk, and followed by something', async () => {
    const bytes = sealed(suite.randomBytes(3 * CHUNK));
    for (const length of [0, 3, 9, 200, 1500, bytes.length - CHUNK - 17, bytes.length - 1])
      expect(await refused(bytes.slice(0, length))).toBe('audit_bundle_malformed');
    expect(await refused(concat(bytes, Uint8Array.of(0)))).toBe('audit_bundle_malformed');
  });

  it('opens for nobody else', async () => {
    const other = suite.xwingKeyPair(suite.randomBytes(32));
    expect(await refused(sealed(suite.randomBytes(10)), other.secretKey)).toBe('audit_bundle_malformed');
  });
});
