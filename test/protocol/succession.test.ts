import { describe, expect, it } from 'vitest';
import type { MemberFields } from '../../src/protocol/member.ts';
import { isActive } from '../../src/protocol/membership.ts';
import { bundle, endOf, founders, newcomer, people, suite, verify } from './small-directory.ts';
import { expectCode } from './suites.ts';
import {
  COMMUNE,
  DAY,
  epochFields,
  makePerson,
  NOW,
  type Person,
  PROVINCE,
  signEpoch,
  signMember,
  signRevocation,
} from './world.ts';

const { provinceHead, provinceDeputy, communeHead, communeOfficer } = people;
const leaders = [communeHead.sign, provinceHead.sign];
const CHANGE = NOW - 3 * DAY;

/** A newer statement about a person, from the moment when it was signed. */
const newer = (person: Person, fields: Partial<MemberFields>, signers = leaders) =>
  signMember(suite, { ...person.fields, issued: CHANGE, from: CHANGE, ...fields }, signers);

const withMembers = (...members: readonly Uint8Array[]) =>
  verify({ members: [...bundle.members, ...members] });

/** Roles of a person at a moment by everything that is in force then. */
const rolesAt = (directory: ReturnType<typeof verify>, person: Person, at: number) =>
  directory.members
    .filter((member) => member.person === person.fields.person && isActive(member, at))
    .map(({ roles }) => roles.join());

describe('a newer statement about a person', () => {
  it('stands in place of the older from its start on, and the older counts until then', () => {
    const from = NOW + DAY;
    const directory = withMembers(newer(communeOfficer, { roles: ['deputy'], from }));
    expect(rolesAt(directory, communeOfficer, from - 1)).toEqual(['officer']);
    expect(rolesAt(directory, communeOfficer, from)).toEqual(['deputy']);
  });

  it('counts in whatever order the statements come', () => {
    const promoted = newer(communeOfficer, { roles: ['deputy'] });
    const members = [promoted, ...bundle.members];
    expect(rolesAt(verify({ members }), communeOfficer, NOW)).toEqual(['deputy']);
    expect(rolesAt(verify({ members: members.toReversed() }), communeOfficer, NOW)).toEqual(['deputy']);
  });

  it('is the one that was signed later, not the one that begins later', () => {
    const first = newer(communeOfficer, { roles: ['deputy'], issued: CHANGE, from: NOW });
    const second = newer(communeOfficer, { roles: ['head'], issued: CHANGE + 1, from: CHANGE + 1 });
    const directory = withMembers(first, second);
    expect(rolesAt(directory, communeOfficer, CHANGE + 1)).toEqual(['head']);
    expect(rolesAt(directory, communeOfficer, NOW + 1)).toEqual(['head']);
  });

  it('is, of two that were signed in one second, the same one for every reader', () => {
    const [a, b] = [newer(communeOfficer, { roles: ['deputy'] }), newer(communeOfficer, { roles: ['head'] })];
    const one = rolesAt(withMembers(a, b), communeOfficer, NOW);
    expect(one).toHaveLength(1);
    expect(rolesAt(withMembers(b, a), communeOfficer, NOW)).toEqual(one);
  });

  it('lets a promoted person speak for the unit from then on, and no earlier', () => {
    const deputy = newer(communeOfficer, { roles: ['deputy'] });
    const vouched = (issued: number) =>
      signMember(suite, { ...newcomer.fields, issued, from: issued }, [
        communeOfficer.sign,
        provinceDeputy.sign,
      ]);
    expect(withMembers(deputy, vouched(CHANGE)).members).toHaveLength(6);
    expectCode(() => withMembers(deputy, vouched(CHANGE - 1)), 'member_signers', COMMUNE);
  });

  it('takes the unit’s voice from a demoted leader, who keeps what they signed before', () => {
    const second = makePerson(suite, COMMUNE, ['head']);
    const demoted = newer(communeHead, { roles: ['officer'] }, [second.sign, provinceHead.sign]);
    const others = [signMember(suite, second.fields, founders), demoted];
    const vouched = (issued: number) =>
      signMember(suite, { ...newcomer.fields, issued, from: issued }, leaders);
    expect(withMembers(...others, vouched(CHANGE - 1)).members).toHaveLength(7);
    expectCode(() => withMembers(...others, vouched(CHANGE)), 'member_signers', COMMUNE);
  });

  it('leaves the epochs that the person signs valid as long as both roles read', () => {
    const promoted = newer(communeOfficer, { roles: ['deputy'] });
    expect(withMembers(promoted).epochs.get(COMMUNE)).toHaveLength(1);
  });

  it('takes the right to sign epochs from a person whose new role reads nothing', () => {
    const operator = newer(communeOfficer, { roles: ['operator'] });
    expectCode(() => withMembers(operator), 'epoch_signers', COMMUNE);
    const later = newer(communeOfficer, { roles: ['operator'], issued: NOW, from: NOW });
    const epochs = [
      ...bundle.epochs.slice(1),
      signEpoch(suite, epochFields(suite, COMMUNE, suite.randomBytes(32)), [
        communeHead.sign,
        communeOfficer.sign,
      ]),
    ];
    expect(verify({ members: [...bundle.members, later], epochs }).epochs.get(COMMUNE)).toHaveLength(1);
  });

  it('does not give way to the older one when it is revoked', () => {
    const promoted = newer(communeOfficer, { roles: ['deputy'] });
    const revocations = [signRevocation(suite, endOf(communeOfficer, NOW), leaders)];
    const directory = verify({ members: [...bundle.members, promoted], revocations });
    expect(rolesAt(directory, communeOfficer, NOW - 1)).toEqual(['deputy']);
    expect(rolesAt(directory, communeOfficer, NOW)).toEqual([]);
  });

  it('that would end before the older one is refused', () => {
    const until = communeOfficer.fields.until - 1;
    expectCode(
      () => withMembers(newer(communeOfficer, { roles: ['deputy'], until })),
      'member_malformed',
      'until',
    );
  });

  it('needs the same two leaders as any other, and never the person’s own signature', () => {
    for (const signers of [
      [communeHead.sign],
      [communeOfficer.sign, provinceHead.sign],
      [provinceHead.sign, provinceDeputy.sign],
    ])
      expectCode(
        () => withMembers(newer(communeOfficer, { roles: ['head'] }, signers)),
        'member_signers',
        COMMUNE,
      );
    expect(withMembers(newer(communeOfficer, { roles: ['head'] }, [...founders])).members).toHaveLength(5);
  });

  it('of another unit or about other keys stands beside the older one', () => {
    const elsewhere = newer(communeOfficer, { unit: PROVINCE, roles: ['deputy'] }, [...founders]);
    expect(rolesAt(withMembers(elsewhere), communeOfficer, NOW).toSorted()).toEqual(['deputy', 'officer']);
    const { signKey, kemKey } = newcomer.fields;
    const rekeyed = newer(communeOfficer, { signKey, kemKey, roles: ['deputy'] });
    expect(rolesAt(withMembers(rekeyed), communeOfficer, NOW).toSorted()).toEqual(['deputy', 'officer']);
  });
});
