import { describe, expect, test } from 'vitest';
import {
  dayNow,
  openFor,
  peopleOf,
  secondPeople,
  standingOf,
} from '../../../../src/client/console/hotline/boxes.ts';
import type { Day, StaffId, UnitId } from '../../../../src/domain/ids.ts';
import type { Role } from '../../../../src/domain/terms.ts';
import { toBase64Url } from '../../../../src/protocol/base64.ts';
import { signBoxStatement } from '../../../../src/protocol/box-statement.ts';
import { loadSodiumSuite } from '../../../../src/protocol/sodium.ts';

const [ME, OTHER] = ['01'.repeat(16) as StaffId, '02'.repeat(16) as StaffId];
const opening = (change: object = {}) => ({
  id: 'aa'.repeat(16),
  box: 'Cổng chợ',
  day: '2026-11-22',
  count: 7,
  entered: 5,
  pending: false,
  openedBy: ME,
  statement: '',
  ...change,
});

describe('who may count letters together', () => {
  const colleague = (staff: string, roles: readonly Role[]) => ({
    staff: staff as StaffId,
    displayName: staff,
    roles,
  });

  test('an operator or somebody who works on tips, never oneself, never an auditor', () => {
    const people = [
      colleague(ME, ['operator']),
      colleague('op', ['operator']),
      colleague('officer', ['officer']),
      colleague('auditor', ['auditor']),
    ];
    expect(secondPeople(people, ME).map(({ staff }) => staff)).toEqual(['op', 'officer']);
  });
});

describe('an opening', () => {
  test('waits for the second signature, then for its letters, then is whole', () => {
    expect(standingOf(opening({ pending: true }))).toBe('pending');
    expect(standingOf(opening())).toBe('missing');
    expect(standingOf(opening({ entered: 7 }))).toBe('whole');
    expect(standingOf(opening({ count: 0, entered: 0 }))).toBe('whole');
  });

  test('takes letters only once both have signed, and while some are missing', () => {
    const all = [opening(), opening({ pending: true }), opening({ entered: 7 })];
    expect(openFor(all)).toEqual([all[0]]);
  });

  test('tells its two people from the signed statement, and nobody from bytes that are none', async () => {
    const suite = await loadSodiumSuite();
    const signer = suite.ed25519KeyPair(new Uint8Array(32).fill(7));
    const statement = signBoxStatement(
      suite,
      {
        instance: 'f1'.repeat(16),
        unit: '14-ca' as UnitId,
        opening: 'aa'.repeat(16),
        box: 'Cổng chợ',
        day: '2026-11-22' as Day,
        letters: 7,
        by: [ME, OTHER],
      },
      signer,
    );
    expect(peopleOf({ statement: toBase64Url(statement) })).toEqual([ME, OTHER]);
    expect(peopleOf({ statement: 'AAAA' })).toBeNull();
  });
});

test('today is the day in Vietnam, also after five in the afternoon of Greenwich', () => {
  expect(dayNow(Date.UTC(2026, 10, 22, 16, 59) / 1000)).toBe('2026-11-22');
  expect(dayNow(Date.UTC(2026, 10, 22, 17, 0) / 1000)).toBe('2026-11-23');
});
