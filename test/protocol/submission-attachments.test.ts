import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { parseTip } from '../../src/protocol/content.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { encodeFrame } from '../../src/protocol/frame.ts';
import { EMPTY_MANIFEST, encodeManifest } from '../../src/protocol/manifest.ts';
import {
  checkSubmission,
  decodeSubmission,
  encodeSubmission,
  type SubmissionSections,
  splitSubmission,
} from '../../src/protocol/submission.ts';
import { epochRecipient } from '../../src/protocol/wraps.ts';
import { codeOf, expectCode, flipped, nodeHashes, sodium } from './suites.ts';
import { CONTENT, sealFile, sendTip } from './tip.ts';
import { COMMUNE, makeWorld } from './world.ts';

const world = makeWorld(sodium);
const file = sealFile(sodium, utf8('ảnh'.repeat(1000)), 'ảnh nhà nghỉ.jpg', 'image/jpeg');
const other = sealFile(sodium, new Uint8Array(1_200_000), 'phim.mp4', 'video/mp4');
const { prepared, target } = sendTip(sodium, world, utf8('{}'), [file, other]);
const { frame, sealed } = prepared;
const sections = splitSubmission(frame);
const door = { instance: 'demo', assurances: ['e2ee'] } as const;
const check = (bytes: Uint8Array) => checkSubmission(nodeHashes, decodeSubmission(bytes), door);
const withSections = (change: Partial<SubmissionSections>) => encodeSubmission({ ...sections, ...change });

describe('a submission with attachments', () => {
  it('is version 2 and names what must have been uploaded', () => {
    expect(frame[4]).toBe(2);
    expect(check(frame).attachments).toEqual([file.named, other.named]);
    expect(encodeSubmission(sections)).toEqual(frame);
  });

  it('without attachments stays version 1, byte for byte', () => {
    const plain = sendTip(sodium, world).prepared.frame;
    expect(plain[4]).toBe(1);
    expect(check(plain).attachments).toEqual([]);
  });

  it('opens for the unit to keys, names and sizes that nothing else in the frame tells', () => {
    const { kem } = epochKeys(sodium, world.epochSecret);
    const { content } = openEnvelope(
      sodium,
      sections,
      { id: epochRecipient(COMMUNE, target.epoch), secretKey: kem.secretKey },
      { instance: 'demo', tip: sealed.tip, seal: sections.seal, manifest: sections.manifest },
    );
    const read = parseTip(content);
    expect(read.content).toEqual(CONTENT);
    expect(read.extras).toEqual({
      attachments: [file.entry, other.entry],
      taken: null,
      informant: null,
    });
    for (const secret of ['ảnh nhà nghỉ', 'image/jpeg', file.entry.key])
      expect(Buffer.from(frame).includes(Buffer.from(secret))).toBe(false);
  });

  it('with another manifest, in another order or with one file less is refused', () => {
    const third = { ...file.named, root: 'ab'.repeat(32) as Hash };
    for (const entries of [[other.named, file.named], [file.named], [third, other.named]])
      expectCode(() => check(withSections({ manifest: encodeManifest(entries) })), 'manifest_mismatch');
  });

  it('whose manifest was left out is refused', () => {
    expectCode(() => check(withSections({ manifest: EMPTY_MANIFEST })), 'manifest_mismatch');
  });

  it('that names more files than its seal is refused though its hash is that of the manifest', () => {
    const seal = JSON.parse(new TextDecoder().decode(sections.seal));
    const fewer = utf8(JSON.stringify({ ...seal, attachments: 1 }));
    expectCode(() => check(withSections({ seal: fewer })), 'manifest_mismatch', 'attachments');
  });

  it('a manifest of another form or beyond its bound is malformed', () => {
    expectCode(() => check(withSections({ manifest: utf8('{"id":1}') })), 'manifest_malformed');
    expectCode(() => check(withSections({ manifest: utf8('[[[]]]') })), 'manifest_malformed');
    expectCode(() => check(withSections({ manifest: new Uint8Array(8193) })), 'frame_malformed');
  });

  it('in version 2 with nothing attached is refused: one submission has one spelling', () => {
    const { facts, seal, core, wraps, body, record, citizenPart, citizenSalt } = sections;
    const eleven = [facts, seal, core, wraps, body, record, citizenPart, citizenSalt];
    const rest = [sections.restrictedPart, sections.restrictedSalt, sections.solution];
    for (const manifest of [EMPTY_MANIFEST, new Uint8Array(0)]) {
      const bytes = encodeFrame('TK1S', 2, [...eleven, ...rest, manifest]);
      expectCode(() => decodeSubmission(bytes), 'frame_malformed', 'manifest');
    }
    expectCode(() => decodeSubmission(encodeFrame('TK1S', 2, [...eleven, ...rest])), 'frame_malformed');
  });

  it('no flipped bit in its manifest is accepted, and none is a defect', () => {
    const from = frame.length - sections.manifest.length;
    fc.assert(
      fc.property(fc.integer({ min: from, max: frame.length - 1 }), fc.nat(7), (at, bit) => {
        expect(['manifest_malformed', 'manifest_mismatch']).toContain(
          codeOf(() => check(flipped(frame, at, bit))),
        );
      }),
      { numRuns: 300 },
    );
  });
});
