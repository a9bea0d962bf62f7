import { describe, expect, it } from 'vitest';
import { keyFingerprint, type MemberFields, parseMember } from '../../src/protocol/member.ts';
import type { SignKeyPair } from '../../src/protocol/suite.ts';
import { bundle, founders, newcomer, people, suite, verify, withMember } from './small-directory.ts';
import { expectCode, sodium } from './suites.ts';
import { COMMUNE, DAY, makePerson, NOW, PROVINCE, signMember, unit } from './world.ts';

const { provinceHead, provinceDeputy, communeHead, communeOfficer } = people;

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
