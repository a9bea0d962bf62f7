import type { DirectoryBundle } from '../../src/protocol/bundle.ts';
import type { MemberFields } from '../../src/protocol/member.ts';
import type { RevocationFields } from '../../src/protocol/revocation.ts';
import type { SignKeyPair } from '../../src/protocol/suite.ts';
import { verifyDirectory } from '../../src/protocol/verify-directory.ts';
import { sodium } from './suites.ts';
import { COMMUNE, makePerson, makeWorld, NOW, type Person, signMember } from './world.ts';

/** One world for the tests of what hangs on a directory: its bundle is verified with one thing changed. */
const world = makeWorld(sodium);
export const { bundle, people, directoryKeys, suite } = world;

/** The directory's own keys, at their threshold. */
export const founders = directoryKeys.slice(0, 2);

/** Verifies the bundle with a change, as a citizen's browser does. */
export const verify = (change: Partial<DirectoryBundle> = {}, now = NOW) =>
  verifyDirectory(sodium, world.pins, { ...bundle, ...change }, now);

/** An officer of the commune whom nobody has vouched for yet. */
export const newcomer = makePerson(suite, COMMUNE, ['officer']);

/** The change that brings the newcomer in, vouched for by the signers. */
export const withMember = (signers: readonly SignKeyPair[], fields: Partial<MemberFields> = {}) => ({
  members: [...bundle.members, signMember(suite, { ...newcomer.fields, ...fields }, signers)],
});

/** What ends a person's membership at a moment, UTC seconds. */
export const endOf = (person: Person, at: number): RevocationFields => ({
  unit: person.fields.unit,
  target: { kind: 'member', person: person.fields.person, signKey: person.fields.signKey },
  at,
});
