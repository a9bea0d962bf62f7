import { expect, test } from 'vitest';
import type { LiveEvent } from '../../../src/domain/live-event.ts';
import { ALARM_LADDER } from '../../../src/features/triage/alarm.ts';
import { concerns } from '../../../src/features/triage/stream.ts';
import { domainEn } from '../../../src/i18n/en/domain.ts';
import { domainVi } from '../../../src/i18n/vi/domain.ts';

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

test('the minutes that officers read beside P1 are those after which the alarm climbs', () => {
  const minutes = (ALARM_LADDER.find(({ level }) => level === 'deputy')?.after ?? 0) / 60;
  expect(domainVi.priorityHint.P1).toContain(` ${minutes} phút`);
  expect(domainEn.priorityHint.P1).toContain(` ${minutes} minutes`);
});
