import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { voiceKeys } from '../../src/protocol/target.ts';
import { bundle, founders, newcomer, people, suite, verify } from './small-directory.ts';
import { codeOf, expectCode } from './suites.ts';
import {
  COMMUNE,
  DAY,
  epochFields,
  makePerson,
  NOW,
  signEpoch,
  signMember,
  statementHashOf,
  unit,
} from './world.ts';

const { provinceHead, communeHead, communeOfficer } = people;

describe('epoch', () => {
  const secret = new Uint8Array(32).fill(3);
  const signers = [communeHead.sign, communeOfficer.sign];
  const first = bundle.epochs[0]!;
  const second = (change: object = {}, by = signers) =>
    signEpoch(
      suite,
      epochFields(suite, COMMUNE, secret, {
        n: 2,
        prev: statementHashOf(suite, first),
        from: NOW + 6 * DAY,
        until: NOW + 13 * DAY,
        ...change,
      }),
      by,
    );
  const withEpoch = (epoch: Uint8Array) => ({ epochs: [...bundle.epochs, epoch] });

  it('needs two members of the unit', () => {
    expect(verify(withEpoch(second())).epochs.get(COMMUNE)).toHaveLength(2);
    for (const by of [
      [communeHead.sign],
      [communeHead.sign, provinceHead.sign],
      [communeHead.sign, newcomer.sign],
      founders,
    ]) {
      expectCode(() => verify(withEpoch(second({}, by))), 'epoch_signers', COMMUNE);
    }
  });

  it('one person with two keys is not two members', () => {
    const again = makePerson(suite, COMMUNE, ['officer']);
    const twice = { ...again.fields, person: communeHead.fields.person };
    const members = [...bundle.members, signMember(suite, twice, founders)];
    expectCode(
      () => verify({ members, ...withEpoch(second({}, [communeHead.sign, again.sign])) }),
      'epoch_signers',
    );
  });

  it('of another instance is refused', () => {
    const foreign = signEpoch(suite, epochFields(suite, COMMUNE, secret), signers, 'other');
    expectCode(() => verify({ epochs: [foreign] }), 'directory_instance');
  });

  it('a member without a reading role does not count', () => {
    const clerk = makePerson(suite, COMMUNE, ['administrator']);
    const members = [...bundle.members, signMember(suite, clerk.fields, founders)];
    expectCode(
      () => verify({ members, ...withEpoch(second({}, [communeHead.sign, clerk.sign])) }),
      'epoch_signers',
    );
  });

  it('must be linked to the one before, and its number stands once', () => {
    expectCode(() => verify(withEpoch(second({ prev: 'ab'.repeat(32) as Hash }))), 'epoch_chain', COMMUNE);
    expectCode(
      () => verify(withEpoch(signEpoch(suite, epochFields(suite, COMMUNE, secret), signers))),
      'epoch_chain',
    );
    expect(
      codeOf(() =>
        verify({ epochs: [second({ n: 7, prev: 'ab'.repeat(32) as Hash }), first, bundle.epochs[1]!] }),
      ),
    ).toBe('none');
  });

  it.each<[string, object]>([
    ['until', { until: NOW + 40 * DAY }],
    ['until', { until: NOW + 6 * DAY }],
    ['from', { issued: NOW - 80 * DAY }],
    ['prev', { prev: null }],
    ['n', { n: 0 }],
  ])('with a bad %s is malformed', (field, change) => {
    expectCode(() => verify(withEpoch(second(change))), 'statement_malformed', field);
  });

  it('of a unit that is not in the directory is refused', () => {
    const elsewhere = signEpoch(suite, epochFields(suite, unit('99-ca'), secret), signers);
    expectCode(() => verify(withEpoch(elsewhere)), 'unit_unknown', '99-ca');
  });

  it('signed by two now gives the unit’s voice to all its epochs', () => {
    expect(voiceKeys(verify(withEpoch(second())), COMMUNE)).toHaveLength(2);
    expect(voiceKeys(verify(), unit('99-ca'))).toEqual([]);
  });
});
