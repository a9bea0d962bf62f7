import { expect, test } from 'vitest';
import type { Seconds, StaffId, UnitId } from '../../src/domain/ids.ts';
import { type Assignment, parseAssignment, rightOf, signAssignment } from '../../src/protocol/assignment.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';

const suite = await loadSodiumSuite();
const signer = suite.ed25519KeyPair(suite.randomBytes(32));
const given: Assignment = {
  ...{ instance: 'f1'.repeat(16), person: 'ab'.repeat(16) as StaffId, unit: '14-03646-ca' as UnitId },
  ...{ grade: 'mid', legalKinds: ['crime_denunciation', 'crime_report'], document: '15/QĐ-CSĐT' },
  ...{ from: 1000 as Seconds, until: null, by: 'cd'.repeat(16) as StaffId, byUnit: '14-ca' as UnitId },
};
const read = (change: Partial<Assignment>): Assignment =>
  parseAssignment(suite, signAssignment(suite, { ...given, ...change }, signer)).assignment;

test('an assignment is read as it was signed, with an end and without one', () => {
  expect(read({})).toEqual(given);
  expect(read({ until: 2000 as Seconds })).toEqual({ ...given, until: 2000 });
});

test('the right that it gives says whose it is, for what and until when', () => {
  const parsed = parseAssignment(suite, signAssignment(suite, { ...given, until: 2000 as Seconds }, signer));
  expect(rightOf(parsed)).toMatchObject({
    ...{ id: parsed.hash, staff: given.person, unit: given.unit, legalKinds: given.legalKinds },
    ...{ from: 1000, until: 2000 },
  });
});

test.each([
  { until: 1000 as Seconds },
  { legalKinds: [] },
  { legalKinds: ['crime_report', 'crime_report'] as const },
  { document: ' ' },
  { grade: 'low' as 'mid' },
])('an assignment that cannot be is refused: %j', (change) => {
  expect(() => read(change)).toThrow('statement_malformed');
});
