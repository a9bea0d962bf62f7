import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkedEpochKeys,
  epochKeys,
  generateEpoch,
  openEpochSecret,
  wrapEpochSecret,
} from '../../src/protocol/epoch.ts';
import { combineShares, openShare, splitSecret, wrapShare } from '../../src/protocol/recovery.ts';
import { expectCode, flipped, noble, sodium, suites } from './suites.ts';
import { COMMUNE, PROVINCE } from './world.ts';

const member = sodium.xwingKeyPair(new Uint8Array(32).fill(1));
const { secret, keys } = generateEpoch(sodium);
const published = { publicKey: keys.kem.publicKey, voiceKey: keys.voice.publicKey };
const context = { instance: 'demo', unit: COMMUNE, epoch: 3, member: 'ab'.repeat(16) };
const wrap = wrapEpochSecret(sodium, secret, context, member.publicKey);

describe('epoch secret', () => {
  it('reaches the member it was wrapped for, in both suites', () => {
    for (const suite of suites) {
      const opened = openEpochSecret(suite, wrap, context, member.secretKey, published);
      expect(opened.secret).toEqual(secret);
      expect(opened.keys).toEqual(keys);
    }
  });

  it.each<[string, object]>([
    ['unit', { unit: PROVINCE }],
    ['epoch', { epoch: 4 }],
    ['member', { member: 'cd'.repeat(16) }],
    ['instance', { instance: 'other' }],
  ])('is bound to its %s', (_what, change) => {
    expectCode(
      () => openEpochSecret(sodium, wrap, { ...context, ...change }, member.secretKey, published),
      'wrap_foreign',
    );
  });

  it('no flipped bit is taken', () => {
    fc.assert(
      fc.property(fc.nat(wrap.length - 1), fc.nat(7), (at, bit) => {
        expectCode(
          () => openEpochSecret(sodium, flipped(wrap, at, bit), context, member.secretKey, published),
          'wrap_foreign',
        );
      }),
      { numRuns: 60 },
    );
    expectCode(
      () => openEpochSecret(sodium, wrap.subarray(0, 100), context, member.secretKey, published),
      'wrap_foreign',
    );
  });

  it('a wrapped secret that is not the signed epoch’s is refused', () => {
    const other = generateEpoch(sodium);
    const smuggled = wrapEpochSecret(sodium, other.secret, context, member.publicKey);
    expectCode(
      () => openEpochSecret(sodium, smuggled, context, member.secretKey, published),
      'epoch_mismatch',
    );
    const half = { ...published, voiceKey: other.keys.voice.publicKey };
    expectCode(() => openEpochSecret(sodium, wrap, context, member.secretKey, half), 'epoch_mismatch');
  });

  it('gives the same keys in both suites', () => {
    expect(epochKeys(noble, secret)).toEqual(epochKeys(sodium, secret));
  });
});

describe('recovery shares', () => {
  const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

  it('any two of three give the secret back', () => {
    fc.assert(
      fc.property(bytes32, (value) => {
        const shares = splitSecret(sodium, value);
        for (const [i, j] of [
          [0, 1],
          [1, 0],
          [0, 2],
          [1, 2],
        ] as const) {
          expect(combineShares([shares[i]!, shares[j]!])).toEqual(value);
        }
      }),
    );
  });

  it('one share says nothing: for any other secret there is a slope that gives the same share', () => {
    fc.assert(
      fc.property(bytes32, bytes32, (value, other) => {
        const share = splitSecret(sodium, value)[0]!;
        const slope = share.y.map((byte, i) => byte ^ other[i]!);
        const again = splitSecret({ randomBytes: () => slope.slice() }, other)[0]!;
        expect(again).toEqual(share);
      }),
    );
  });

  it('a wrong share gives another secret, which the signed epoch tells apart', () => {
    const [a, b] = splitSecret(sodium, secret);
    const wrong = combineShares([a!, { ...b!, y: flipped(b!.y, 0) }]);
    expectCode(() => checkedEpochKeys(sodium, wrong, published), 'epoch_mismatch');
    expect(checkedEpochKeys(sodium, combineShares([a!, b!]), published)).toEqual(keys);
  });

  it('the same share twice, one, three, or one of another form is refused', () => {
    const [a, b, c] = splitSecret(sodium, secret);
    expectCode(() => combineShares([a!, a!]), 'shares_invalid');
    expectCode(() => combineShares([a!]), 'shares_invalid');
    expectCode(() => combineShares([a!, b!, c!]), 'shares_invalid');
    expectCode(() => combineShares([a!, { x: 4, y: b!.y }]), 'shares_invalid');
    expectCode(() => combineShares([a!, { x: 2, y: b!.y.subarray(1) }]), 'shares_invalid');
    expectCode(() => splitSecret(sodium, new Uint8Array(31)), 'shares_invalid');
  });

  it('a share reaches its holder and is bound to holder, unit and epoch', () => {
    const share = splitSecret(sodium, secret)[1]!;
    const of = { instance: 'demo', unit: COMMUNE, epoch: 3, holder: 'notary' };
    const wrapped = wrapShare(sodium, share, of, member.publicKey);
    expect(openShare(noble, wrapped, of, member.secretKey)).toEqual(share);
    for (const change of [{ holder: 'x' }, { epoch: 4 }, { unit: PROVINCE }, { instance: 'x' }]) {
      expectCode(() => openShare(sodium, wrapped, { ...of, ...change }, member.secretKey), 'share_corrupt');
    }
    expectCode(() => openShare(sodium, flipped(wrapped, 1130), of, member.secretKey), 'share_corrupt');
  });
});
