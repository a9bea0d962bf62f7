import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day, Hash, TipId } from '../../src/domain/ids.ts';
import type { WorkingCopy } from '../../src/domain/working-copy.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import { encodeManifest } from '../../src/protocol/manifest.ts';
import {
  type CopySeries,
  checkWorkingCopy,
  encodeWorkingCopy,
  parseWorkingCopy,
  sealWorkingCopy,
} from '../../src/protocol/working-copy.ts';
import { epochRecipient } from '../../src/protocol/wraps.ts';
import { talk } from './citizen.ts';
import { codeOf, expectCode, flipped, noble, nodeHashes, sodium } from './suites.ts';
import { sealFile } from './tip.ts';
import { COMMUNE, PROVINCE } from './world.ts';

const TIP = 'ab'.repeat(16) as TipId;
const [unit, other] = talk(sodium).readers;
if (unit === undefined || other === undefined) throw new Error('two units');
const voice = sodium.ed25519KeyPair(new Uint8Array(32).fill(8));
const stranger = sodium.ed25519KeyPair(new Uint8Array(32).fill(9));
const picture = sealFile(sodium, new Uint8Array(80_000), 'ảnh đã che.jpg', 'image/jpeg');
const redrawn = { ...picture.entry, form: 'redrawn' } as const;
const manifest = encodeManifest([picture.named]);
const copy: WorkingCopy = {
  v: 1,
  from: { unit: COMMUNE, name: 'Công an xã Chiềng La' },
  day: '2026-11-22' as Day,
  purpose: 'Chuyển Đội 178 kiểm tra',
  blocks: [
    { field: 'what', no: 1, text: 'Nhà nghỉ █████ chứa mại dâm' },
    { field: 'message', no: 3, text: 'xe biển số 26A' },
  ],
  attachments: [redrawn],
};
const none: CopySeries = { no: 0, seal: null };
const seal = (change: Partial<Parameters<typeof sealWorkingCopy>[1]> = {}, suite = sodium) =>
  sealWorkingCopy(suite, {
    ...{ instance: 'demo', tip: TIP, series: none, unit, voice, to: other, copy, manifest },
    ...change,
  });
const first = seal();
const expected = {
  ...{ instance: 'demo', tip: TIP, series: none, unit: COMMUNE, toUnit: PROVINCE },
  voiceKey: voice.publicKey,
};
const check = (change: Partial<typeof expected> = {}, given = first) =>
  checkWorkingCopy(nodeHashes, given, { ...expected, ...change });
const json = (value: object) => utf8(JSON.stringify(value));

describe('a working copy', () => {
  it('opens for the unit that made it and the one that gets it, to what was left', () => {
    for (const [suite, made] of [
      [sodium, first],
      [noble, seal({}, noble)],
    ] as const)
      for (const { unit: reader, epoch, secretKey } of [unit, other]) {
        const opened = openEnvelope(
          suite,
          made,
          { id: epochRecipient(reader, epoch), secretKey },
          {
            ...{ instance: 'demo', tip: TIP, kind: 'note', no: 1, prev: null },
            ...{ seal: made.seal, manifest, author: voice.publicKey },
          },
        );
        expect(parseWorkingCopy(opened.content)).toEqual(copy);
      }
  });

  it('is what the server expects: the series’ next, for exactly these units', () => {
    expect(check()).toEqual({
      no: 1,
      seal: first.sealHash,
      attachments: [picture.named],
      epochs: [
        { unit: COMMUNE, epoch: 7 },
        { unit: PROVINCE, epoch: 9 },
      ],
    });
    const series = { no: 1, seal: first.sealHash };
    expect(check({ series }, seal({ series })).no).toBe(2);
  });

  it('that stays with the unit is for nobody else, even named twice', () => {
    for (const to of [null, unit])
      expect(check({ toUnit: COMMUNE }, seal({ to })).epochs).toEqual([{ unit: COMMUNE, epoch: 7 }]);
  });

  it.each<[string, Partial<typeof expected>, string, string | undefined]>([
    ['another instance', { instance: 'x' }, 'core_mismatch', 'instance'],
    ['another tip', { tip: 'cd'.repeat(16) as TipId }, 'core_mismatch', 'tip'],
    ['another unit’s', { unit: PROVINCE, toUnit: COMMUNE }, 'core_mismatch', 'unit'],
    ['a reader too many', { toUnit: COMMUNE }, 'wrap_foreign', 'wraps'],
    ['another voice', { voiceKey: stranger.publicKey }, 'author_mismatch', undefined],
  ])('of %s is refused', (_what, change, code, field) => {
    expectCode(() => check(change), code as never, field);
  });

  it('twice under one number, or after another one, is refused', () => {
    const series = { no: 1, seal: first.sealHash };
    expectCode(() => check({ series }), 'core_mismatch', 'no');
    const second = seal({ series });
    expectCode(
      () => check({ series: { no: 1, seal: TIP.repeat(2) as Hash } }, second),
      'core_mismatch',
      'prev',
    );
    const late = { no: 100, seal: first.sealHash };
    expectCode(() => check({ series: late }, seal({ series: late })), 'core_mismatch', 'no');
  });

  it('is no message and no tip, and neither of these is a copy', () => {
    const open = () =>
      openEnvelope(
        sodium,
        first,
        { id: epochRecipient(unit.unit, unit.epoch), secretKey: unit.secretKey },
        { instance: 'demo', tip: TIP, kind: 'tip' },
      );
    expectCode(open, 'core_mismatch', 'kind');
  });

  it('with another manifest or altered bytes is refused', () => {
    const swapped = encodeManifest([{ ...picture.named, id: '12'.repeat(16) }]);
    expectCode(() => check({}, { ...first, manifest: swapped }), 'manifest_mismatch');
    fc.assert(
      fc.property(
        fc.constantFrom('core', 'wraps', 'body', 'manifest'),
        fc.nat(),
        fc.nat(7),
        (part, at, bit) => {
          const bytes = first[part as 'core'];
          const given = { ...first, [part]: flipped(bytes, at % bytes.length, bit) };
          expect(codeOf(() => check({}, given))).not.toBe('none');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never carries an original, nor a file that its manifest does not name', () => {
    const original = { ...copy, attachments: [picture.entry] };
    expectCode(() => encodeWorkingCopy(original), 'content_malformed', 'attachments');
    expectCode(() => seal({ manifest: utf8('[]') }), 'manifest_mismatch');
  });

  it.each<[string, object]>([
    ['field', { blocks: [{ field: 'secret', no: 1, text: '' }] }],
    ['envelope', { blocks: [{ field: 'what', no: 0, text: '' }] }],
    ['spans beside the text', { blocks: [{ field: 'what', no: 1, text: '', spans: [] }] }],
    ['purpose', { purpose: 'x'.repeat(501) }],
    ['blocks', { blocks: Array.from({ length: 201 }, () => copy.blocks[0]) }],
    ['sender', { from: { unit: '-', name: '' } }],
  ])('with a bad %s is refused', (_what, change) => {
    expectCode(() => parseWorkingCopy(json({ ...copy, ...change })), 'content_malformed');
  });

  it('noise is never a defect', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        expect(codeOf(() => parseWorkingCopy(bytes))).toBe('content_malformed');
      }),
    );
  });
});
