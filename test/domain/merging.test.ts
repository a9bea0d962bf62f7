import { describe, expect, test } from 'vitest';
import type { TipId } from '../../src/domain/ids.ts';
import { leavesPlans, mayMergeInto } from '../../src/domain/merging.ts';

const A = 'a'.repeat(32) as TipId;
const B = 'b'.repeat(32) as TipId;
const open = { tip: B, outcome: null, legalKind: null } as const;

describe('a duplicate is merged into', () => {
  test('another tip, open or settled', () => {
    expect(mayMergeInto(A, open)).toBe(true);
    expect(mayMergeInto(A, { ...open, outcome: 'sanctioned', legalKind: 'crime_report' })).toBe(true);
  });

  test('not itself', () => expect(mayMergeInto(B, open)).toBe(false));

  test.each(['duplicate', 'spam', 'unreadable'] as const)('not a tip that ended as %s', (outcome) =>
    expect(mayMergeInto(A, { ...open, outcome, legalKind: 'crime_report' })).toBe(false),
  );

  test('not a tip that two people found out of scope', () =>
    expect(mayMergeInto(A, { ...open, outcome: 'unfounded', legalKind: 'out_of_scope' })).toBe(false));
});

test('a tip leaves the plans only with an outcome', () => {
  expect(leavesPlans(null, 'out_of_scope')).toBe(false);
  expect(leavesPlans('unfounded', 'feedback')).toBe(false);
  expect(leavesPlans('duplicate', 'feedback')).toBe(true);
});
