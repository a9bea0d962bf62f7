import { describe, expect, it } from 'vitest';
import type { DirectoryBundle } from '../../src/protocol/bundle.ts';
import type { RevocationFields } from '../../src/protocol/revocation.ts';
import type { SignKeyPair } from '../../src/protocol/suite.ts';
import { liveEpoch, readersOf } from '../../src/protocol/target.ts';
import { bundle, endOf, founders, people, suite, verify, withMember } from './small-directory.ts';
import { codeOf, expectCode } from './suites.ts';
import { COMMUNE, DAY, NOW, signRevocation, unit } from './world.ts';

const { provinceHead, communeHead, communeOfficer } = people;

describe('revocation', () => {
  const revoke = (
    fields: RevocationFields,
    signers: readonly SignKeyPair[],
    change: Partial<DirectoryBundle> = {},
  ) => verify({ ...change, revocations: [signRevocation(suite, fields, signers)] });

  it('ends a membership at its moment', () => {
    const verified = revoke(endOf(communeOfficer, NOW), [communeHead.sign, provinceHead.sign]);
    expect(readersOf(verified, COMMUNE, NOW - 1)).toHaveLength(2);
    expect(readersOf(verified, COMMUNE, NOW)).toHaveLength(1);
  });

  it('needs the same signers as a membership', () => {
    expectCode(() => revoke(endOf(communeOfficer, NOW), [communeHead.sign]), 'revocation_signers', COMMUNE);
    expectCode(
      () => revoke(endOf(communeHead, NOW), [communeHead.sign, provinceHead.sign]),
      'revocation_signers',
    );
    expect(codeOf(() => revoke(endOf(communeHead, NOW), founders))).toBe('none');
  });

  it('what the person signed before still counts, what they signed after does not', () => {
    const revocations = [signRevocation(suite, endOf(communeHead, NOW - 10 * DAY), founders)];
    const signers = [communeHead.sign, provinceHead.sign];
    const before = withMember(signers, { issued: NOW - 11 * DAY });
    const epochs = bundle.epochs.slice(1);
    expect(codeOf(() => verify({ ...before, epochs, revocations }))).toBe('none');
    const after = withMember(signers, { issued: NOW - 10 * DAY });
    expectCode(() => verify({ ...after, epochs, revocations }), 'member_signers');
    expectCode(() => verify({ revocations }), 'epoch_signers', COMMUNE);
  });

  it('a revoked leader revokes nobody', () => {
    const first = signRevocation(suite, endOf(provinceHead, NOW - 3 * DAY), founders);
    const second = (at: number) =>
      signRevocation(suite, endOf(communeOfficer, at), [communeHead.sign, provinceHead.sign]);
    const epochs = bundle.epochs.slice(0, 1);
    expect(codeOf(() => verify({ epochs, revocations: [second(NOW - 4 * DAY + 1), first] }))).toBe(
      'epoch_signers',
    );
    expectCode(() => verify({ epochs, revocations: [second(NOW - DAY), first] }), 'revocation_signers');
  });

  it('ends an epoch', () => {
    const verified = revoke({ unit: COMMUNE, target: { kind: 'epoch', n: 1 }, at: NOW }, [
      communeHead.sign,
      provinceHead.sign,
    ]);
    expect(verified.epochs.get(COMMUNE)?.[0]?.revokedAt).toBe(NOW);
    expect(liveEpoch(verified, COMMUNE, NOW - 1)?.n).toBe(1);
    expect(liveEpoch(verified, COMMUNE, NOW)).toBeNull();
  });

  it('of a unit that is not in the directory is refused', () => {
    const fields: RevocationFields = { unit: unit('99-ca'), target: { kind: 'epoch', n: 1 }, at: NOW };
    expectCode(() => revoke(fields, founders), 'unit_unknown');
  });
});
