import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash, StaffId } from '../../src/domain/ids.ts';
import {
  openRecordingKey,
  openRecordingMeta,
  openRecordingShare,
  RECORDING_META_BYTES,
  sealRecordingKey,
  sealRecordingMeta,
  sealRecordingShares,
} from '../../src/protocol/recording.ts';
import { combineShares } from '../../src/protocol/recovery.ts';
import { expectCode, flipped, noble, sodium } from './suites.ts';
import { COMMUNE, PROVINCE } from './world.ts';

const key: Uint8Array = new Uint8Array(32).fill(4);
const recording = { instance: 'demo', unit: PROVINCE, id: 'ab'.repeat(16) };
const other = { ...recording, id: 'cd'.repeat(16) };
const root = 'ef'.repeat(32) as Hash;
const kem = (fill: number) => sodium.xwingKeyPair(new Uint8Array(32).fill(fill));
const operator = { staff: '56'.repeat(16) as StaffId, keys: kem(1) };
const wrap = sealRecordingKey(sodium, key, recording, {
  staff: operator.staff,
  kemKey: operator.keys.publicKey,
});
const open = (suite: typeof sodium, bytes = wrap, of = recording, staff = operator.staff) =>
  openRecordingKey(suite, bytes, of, { staff, kemSecret: operator.keys.secretKey });

describe('the key of a recording', () => {
  it('opens for the operator, in both suites', () => {
    expect(wrap.length).toBe(1168);
    for (const suite of [sodium, noble]) expect(open(suite)).toEqual(key);
  });

  it('altered, of another recording, unit, instance or person does not open', () => {
    fc.assert(
      fc.property(fc.nat(wrap.length - 1), fc.nat(7), (at, bit) => {
        expectCode(() => open(sodium, flipped(wrap, at, bit)), 'recording_corrupt', 'wrap');
      }),
      { numRuns: 60 },
    );
    expectCode(() => open(sodium, wrap, other), 'recording_corrupt');
    expectCode(() => open(sodium, wrap, { ...recording, unit: COMMUNE }), 'recording_corrupt');
    expectCode(() => open(sodium, wrap, { ...recording, instance: 'x' }), 'recording_corrupt');
    expectCode(() => open(sodium, wrap, recording, '57'.repeat(16) as StaffId), 'recording_corrupt');
    expectCode(() => open(sodium, wrap.subarray(0, 100)), 'recording_corrupt');
  });
});

describe('shares of a recording’s key', () => {
  const holders = [11, 12, 13].map((fill) => ({ id: `holder-${fill}`, keys: kem(fill) }));
  const named = holders.map(({ id, keys }) => ({ id, kemKey: keys.publicKey }));
  const shares = sealRecordingShares(sodium, key, recording, named);
  const share = (at: number, of = recording, by = at) => {
    const [sealed, holder] = [shares[at], holders[by]];
    if (sealed === undefined || holder === undefined) throw new Error('three holders');
    return openRecordingShare(noble, sealed.share, of, { id: holder.id, kemSecret: holder.keys.secretKey });
  };

  it('of any two holders give it back, one alone is not the key', () => {
    expect(shares.map(({ share: sealed }) => sealed.length)).toEqual([1169, 1169, 1169]);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(combineShares([share(a), share(b)])).toEqual(key);
    expect(share(0).y).not.toEqual(key);
  });

  it('of another recording or holder do not open', () => {
    expectCode(() => share(0, other), 'recording_corrupt', 'share');
    expectCode(() => share(0, recording, 1), 'recording_corrupt', 'share');
  });

  it('are made for three holders or for none', () => {
    expect(sealRecordingShares(sodium, key, recording, [])).toEqual([]);
    expectCode(() => sealRecordingShares(sodium, key, recording, named.slice(1)), 'shares_invalid');
  });
});

describe('particulars of a recording', () => {
  const meta = { type: 'audio/ogg', seconds: 125, size: 1_500_000, line: 'Đường dây nóng 1' };
  const sealed = sealRecordingMeta(sodium, key, recording, root, meta);

  it('open to what was told, and have one size whatever was told', () => {
    for (const suite of [sodium, noble])
      expect(openRecordingMeta(suite, key, recording, root, sealed)).toEqual(meta);
    const longest = { type: 'a'.repeat(100), seconds: 86_400, size: 350 * 2 ** 20, line: 'ữ'.repeat(40) };
    const long = sealRecordingMeta(noble, key, recording, root, longest);
    expect([long.length, sealed.length]).toEqual([RECORDING_META_BYTES, RECORDING_META_BYTES]);
    expect(openRecordingMeta(sodium, key, recording, root, long)).toEqual(longest);
  });

  it('of another recording, other parts, another key, or altered do not open', () => {
    const read =
      (bytes: Uint8Array, of = recording, with_ = key, under = root) =>
      () =>
        openRecordingMeta(sodium, with_, of, under, bytes);
    expectCode(read(sealed, other), 'recording_corrupt', 'meta');
    expectCode(read(sealed, recording, flipped(key, 0)), 'recording_corrupt', 'meta');
    expectCode(read(sealed, recording, key, '00'.repeat(32) as Hash), 'recording_corrupt', 'meta');
    expectCode(read(sealed.subarray(1)), 'recording_corrupt', 'meta');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
        expectCode(read(flipped(sealed, at, bit)), 'recording_corrupt', 'meta');
      }),
      { numRuns: 60 },
    );
  });

  it('that do not fit are never sealed', () => {
    const long = { ...meta, line: 'ữ'.repeat(200) };
    expectCode(() => sealRecordingMeta(sodium, key, recording, root, long), 'field_invalid', 'line');
  });
});
