import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import type { DirectoryBundle } from '../../src/protocol/bundle.ts';
import { directoryPayload, parseDirectory } from '../../src/protocol/directory.ts';
import { keyFingerprint, type MemberFields, parseMember } from '../../src/protocol/member.ts';
import type { RevocationFields } from '../../src/protocol/revocation.ts';
import { encodeShard, hashShard } from '../../src/protocol/shard.ts';
import { signStatement } from '../../src/protocol/statement.ts';
import type { SignKeyPair } from '../../src/protocol/suite.ts';
import { epochRefusal, liveEpoch, readersOf, targetForUnit, voiceKeys } from '../../src/protocol/target.ts';
import { verifyDirectory } from '../../src/protocol/verify-directory.ts';
import { codeOf, expectCode, sodium } from './suites.ts';
import {
  COMMUNE,
  DAY,
  directoryUnit,
  epochFields,
  makePerson,
  makeWorld,
  NOW,
  PROVINCE,
  signEpoch,
  signMember,
  signRevocation,
  statementHashOf,
  unit,
} from './world.ts';

const world = makeWorld(sodium);
const { pins, bundle, people, directoryKeys, suite } = world;
const { provinceHead, provinceDeputy, communeHead, communeOfficer } = people;
const verify = (change: Partial<DirectoryBundle> = {}, now = NOW) =>
  verifyDirectory(sodium, pins, { ...bundle, ...change }, now);
const founders = directoryKeys.slice(0, 2);

const newcomer = makePerson(suite, COMMUNE, ['officer']);
const withMember = (signers: readonly SignKeyPair[], fields: Partial<MemberFields> = {}) => ({
  members: [...bundle.members, signMember(suite, { ...newcomer.fields, ...fields }, signers)],
});

describe('member', () => {
  it('counts when the head of the unit and a head or deputy of the parent signed', () => {
    expect(verify(withMember([communeHead.sign, provinceHead.sign])).members).toHaveLength(5);
    expect(verify(withMember([communeHead.sign, provinceDeputy.sign])).members).toHaveLength(5);
  });

  it('counts when the directory’s keys signed at their threshold', () => {
    expect(verify(withMember(founders)).members).toHaveLength(5);
    expectCode(() => verify(withMember(founders.slice(1))), 'member_signers', COMMUNE);
  });

  it.each<[string, readonly SignKeyPair[]]>([
    ['the unit’s head alone', [communeHead.sign]],
    ['the parent’s people alone', [provinceHead.sign, provinceDeputy.sign]],
    ['an officer instead of the head', [communeOfficer.sign, provinceHead.sign]],
    ['themselves and the parent', [newcomer.sign, provinceHead.sign]],
    ['a stranger and the parent', [sodium.ed25519KeyPair(new Uint8Array(32).fill(9)), provinceHead.sign]],
    ['nobody that counts', [newcomer.sign]],
  ])('is refused when signed by %s', (_who, signers) => {
    expectCode(() => verify(withMember(signers)), 'member_signers', COMMUNE);
  });

  it('nobody makes themselves head, not even with a colleague of the parent', () => {
    const self = signMember(suite, { ...newcomer.fields, roles: ['head'] }, [
      newcomer.sign,
      provinceHead.sign,
    ]);
    expectCode(() => verify({ members: [...bundle.members, self] }), 'member_signers');
    const promoted = signMember(suite, { ...communeHead.fields, roles: ['head', 'officer'] }, [
      communeHead.sign,
      provinceHead.sign,
    ]);
    expectCode(() => verify({ members: [...bundle.members, promoted] }), 'member_signers');
  });

  it('one person with two leading memberships is not two signers', () => {
    const both = signMember(suite, { ...provinceHead.fields, unit: COMMUNE }, founders);
    const members = [...bundle.members, both, signMember(suite, newcomer.fields, [provinceHead.sign])];
    expectCode(() => verify({ members }), 'member_signers');
  });

  it('signers must have been in office when they signed', () => {
    const early = { issued: communeHead.fields.from - 1, from: NOW - DAY };
    expectCode(() => verify(withMember([communeHead.sign, provinceHead.sign], early)), 'member_signers');
    const late = { issued: communeHead.fields.until, from: NOW - DAY };
    expectCode(() => verify(withMember([communeHead.sign, provinceHead.sign], late)), 'member_signers');
  });

  it('a chain of people who vouch for people is followed, in any order', () => {
    const deputy = makePerson(suite, COMMUNE, ['deputy']);
    const members = [
      signMember(suite, newcomer.fields, [deputy.sign, provinceDeputy.sign]),
      signMember(suite, deputy.fields, [communeHead.sign, provinceHead.sign]),
      ...bundle.members,
    ];
    expect(verify({ members }).members).toHaveLength(6);
    expect(verify({ members: members.toReversed() }).members).toHaveLength(6);
  });

  it('people who only vouch for each other are refused', () => {
    const [a, b] = [makePerson(suite, COMMUNE, ['head']), makePerson(suite, PROVINCE, ['head'])];
    const members = [
      ...bundle.members,
      signMember(suite, a.fields, [b.sign, a.sign]),
      signMember(suite, b.fields, [a.sign, b.sign]),
    ];
    expectCode(() => verify({ members }), 'member_signers');
  });

  it('of a unit that is not in the directory is refused', () => {
    expectCode(() => verify(withMember(founders, { unit: unit('99-ca') })), 'unit_unknown', '99-ca');
  });

  it('the directory’s keys count only while they were in force', () => {
    const before = NOW - 61 * DAY;
    expectCode(() => verify(withMember(founders, { issued: before })), 'member_signers');
    expectCode(() => verify(withMember(founders, { issued: NOW + 300 * DAY })), 'member_signers');
  });

  it('of another instance is refused', () => {
    const foreign = signMember(suite, newcomer.fields, founders, 'other');
    expectCode(() => verify({ members: [...bundle.members, foreign] }), 'directory_instance');
  });

  it.each<[string, Partial<MemberFields>]>([
    ['roles', { roles: [] }],
    ['roles', { roles: ['officer', 'officer'] }],
    ['roles', { roles: ['king' as 'head'] }],
    ['until', { until: newcomer.fields.from }],
    ['kemKey', { kemKey: new Uint8Array(10) }],
    ['person', { person: 'x' as MemberFields['person'] }],
  ])('with a bad %s is malformed', (field, change) => {
    expectCode(
      () => parseMember(sodium, signMember(suite, { ...newcomer.fields, ...change }, founders)),
      'member_malformed',
      field,
    );
  });

  it('has a fingerprint of 24 digits that another key changes', () => {
    const { signKey, kemKey } = newcomer.fields;
    const shown = keyFingerprint(sodium, signKey, kemKey);
    expect(shown).toMatch(/^(\d{4} ){5}\d{4}$/);
    expect(keyFingerprint(sodium, signKey, communeHead.fields.kemKey)).not.toBe(shown);
    expect(keyFingerprint(sodium, communeHead.fields.signKey, kemKey)).not.toBe(shown);
  });
});

const endOf = (person: typeof communeHead, at: number): RevocationFields => ({
  unit: person.fields.unit,
  target: { kind: 'member', person: person.fields.person, signKey: person.fields.signKey },
  at,
});

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

describe('target of a tip', () => {
  const verified = verify();
  const target = (now = NOW, excluded: (typeof COMMUNE)[] = []) =>
    targetForUnit(sodium, verified, COMMUNE, now, excluded);

  it('is the unit’s live epoch with what the citizen is shown', () => {
    expect(target()).toMatchObject({
      unit: COMMUNE,
      epoch: 1,
      fallback: false,
      memberCount: 2,
      directoryHash: verified.hash,
    });
    expect(target().fingerprint).toMatch(/^(\d{5} ){3}\d{5}$/);
  });

  it('without a live epoch is the parent’s intake, and says so', () => {
    const { epochs } = bundle;
    const late = targetForUnit(sodium, verify({ epochs: epochs.slice(1) }), COMMUNE, NOW);
    expect(late).toMatchObject({ unit: PROVINCE, fallback: true });
  });

  it('without two active readers is the parent’s intake', () => {
    const revocations = [
      signRevocation(suite, endOf(communeOfficer, NOW), [communeHead.sign, provinceHead.sign]),
    ];
    expect(targetForUnit(sodium, verify({ revocations }), COMMUNE, NOW)).toMatchObject({
      unit: PROVINCE,
      fallback: true,
    });
  });

  it('is never a unit that the directory does not list', () => {
    const shard = encodeShard({
      province: '14',
      units: [directoryUnit(PROVINCE, null), directoryUnit(COMMUNE, PROVINCE, false)],
      routes: null,
    });
    const {
      hash: _hash,
      envelope: _envelope,
      instance: _instance,
      ...fields
    } = parseDirectory(sodium, bundle.directory);
    const payload = directoryPayload('demo', {
      ...fields,
      shards: [{ province: '14', hash: hashShard(sodium, shard) }],
    });
    const directory = signStatement(sodium, 'directory', payload, founders);
    const found = targetForUnit(sodium, verify({ directory, shards: [shard] }), COMMUNE, NOW);
    expect(found).toMatchObject({ unit: PROVINCE, fallback: true });
  });

  it('is never an excluded unit', () => {
    expect(target(NOW, [COMMUNE])).toMatchObject({ unit: PROVINCE, fallback: true });
    expectCode(() => target(NOW, [COMMUNE, PROVINCE]), 'epoch_missing');
  });

  it('is refused when nobody up the tree has a live epoch, or the unit is unknown', () => {
    expectCode(() => target(NOW + 7 * DAY), 'epoch_missing', COMMUNE);
    expectCode(() => targetForUnit(sodium, verified, unit('99-ca'), NOW), 'unit_unknown', '99-ca');
  });

  it('is the newest of two live epochs', () => {
    const first = bundle.epochs[0]!;
    const next = signEpoch(
      suite,
      epochFields(suite, COMMUNE, new Uint8Array(32).fill(5), { n: 2, prev: statementHashOf(suite, first) }),
      [communeHead.sign, communeOfficer.sign],
    );
    expect(targetForUnit(sodium, verify({ epochs: [next, ...bundle.epochs] }), COMMUNE, NOW).epoch).toBe(2);
  });
});

describe('acceptance of an epoch by the server', () => {
  const times = { from: NOW, until: NOW + 7 * DAY, revokedAt: null };

  it.each<[string, number, string | null]>([
    ['more than an hour before its beginning', NOW - 3601, 'epoch_unknown'],
    ['within an hour before its beginning', NOW - 3600, null],
    ['while it lasts', NOW + DAY, null],
    ['in the 48 hours after its end', NOW + 9 * DAY - 1, null],
    ['later', NOW + 9 * DAY, 'epoch_expired'],
  ])('%s', (_when, now, refusal) => {
    expect(epochRefusal(times, now)).toBe(refusal);
  });

  it('ends at a revocation without any grace', () => {
    expect(epochRefusal({ ...times, revokedAt: NOW + DAY }, NOW + DAY - 1)).toBeNull();
    expect(epochRefusal({ ...times, revokedAt: NOW + DAY }, NOW + DAY)).toBe('epoch_revoked');
  });

  it('is refused for an epoch that nobody signed', () => {
    expect(epochRefusal(null, NOW)).toBe('epoch_unknown');
  });
});
