import { expect, test } from 'vitest';
import { concerns } from '../../../src/features/triage/stream.ts';
import type { LiveEvent } from '../../../src/ports/live.ts';

test.each([
  ['unit', 'officer', true],
  ['unit', 'operator', false],
  ['deputy', 'deputy', true],
  ['deputy', 'officer', false],
  ['head', 'head', true],
  ['head', 'deputy', false],
  ['parent', 'deputy', true],
  ['parent', 'inspector', true],
  ['parent', 'officer', false],
] as const)('an alarm of level %s reaches a console of role %s: %s', (level, role, reached) => {
  const tip = 'ab'.repeat(16) as Extract<LiveEvent, { kind: 'alarm' }>['tip'];
  expect(concerns({ kind: 'alarm', tip, level, reason: 'untaken' }, [role])).toBe(reached);
});
