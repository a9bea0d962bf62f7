import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { paddedFileLength, partCount, sealedFileLength } from '../../src/protocol/attachment.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import {
  EMPTY_MANIFEST,
  encodeManifest,
  hashManifest,
  MAX_MANIFEST_BYTES,
  type ManifestEntry,
  parseManifest,
} from '../../src/protocol/manifest.ts';
import { EMPTY_MANIFEST_HASH } from '../../src/protocol/seal.ts';
import { expectCode, suites } from './suites.ts';

const entry = (no: number, size = 100_000): ManifestEntry => {
  const padded = paddedFileLength(size);
  const id = no.toString(16).padStart(32, '0');
  return { id, parts: partCount(padded), bytes: sealedFileLength(padded), root: 'ab'.repeat(32) as Hash };
};
const many = (count: number) => Array.from({ length: count }, (_, no) => entry(no));
const parse = (value: unknown) => () => parseManifest(utf8(JSON.stringify(value)));

describe('manifest', () => {
  it('of nothing is two bytes with the hash that every envelope without attachments names', () => {
    expect(encodeManifest([])).toEqual(EMPTY_MANIFEST);
    expect(parseManifest(EMPTY_MANIFEST)).toEqual([]);
    for (const suite of suites) expect(hashManifest(suite, EMPTY_MANIFEST)).toBe(EMPTY_MANIFEST_HASH);
  });

  it('gives back what was written, up to twenty files of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 * 1024 * 1024 }), { maxLength: 20 }), (sizes) => {
        const entries = sizes.map((size, no) => entry(no, size));
        const bytes = encodeManifest(entries);
        expect(bytes.length).toBeLessThanOrEqual(MAX_MANIFEST_BYTES);
        expect(parseManifest(bytes)).toEqual(entries);
      }),
    );
  });

  it('a twenty-first file is refused by writer and reader', () => {
    expectCode(() => encodeManifest(many(21)), 'manifest_malformed');
    expectCode(parse(many(21)), 'manifest_malformed');
    expectCode(parse(many(200)), 'manifest_malformed');
  });

  it('the same id twice is refused', () => {
    expectCode(parse([entry(1), entry(2), entry(1)]), 'manifest_malformed', 'id');
  });

  it('sizes that no honest sealer makes are refused', () => {
    const good = entry(1, 3_000_000);
    expectCode(parse([{ ...good, bytes: good.bytes + 1 }]), 'manifest_malformed', 'bytes');
    expectCode(parse([{ ...good, parts: good.parts + 1 }]), 'manifest_malformed', 'bytes');
    expectCode(parse([{ ...good, bytes: 0 }]), 'manifest_malformed', 'bytes');
    expectCode(parse([{ ...good, parts: 0 }]), 'manifest_malformed', 'parts');
  });

  it('another form, a missing or a foreign field is refused', () => {
    const { root: _, ...rootless } = entry(1);
    for (const wrong of [{}, null, 'x', [null], [[]], [rootless], [{ ...entry(1), name: 'a.jpg' }]])
      expectCode(parse(wrong), 'manifest_malformed');
    expectCode(parse([{ ...entry(1), id: 'AB'.repeat(16) }]), 'manifest_malformed', 'id');
    expectCode(() => parseManifest(utf8('[')), 'manifest_malformed');
    expectCode(() => parseManifest(Uint8Array.of(0xff)), 'manifest_malformed');
    expectCode(() => parseManifest(utf8(`[${' '.repeat(MAX_MANIFEST_BYTES)}]`)), 'manifest_malformed');
  });
});
