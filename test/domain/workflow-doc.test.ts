import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLadders } from '../../src/domain/escalation.ts';
import { TRANSITIONS } from '../../src/domain/transitions.ts';
import { ALARM_LADDER } from '../../src/features/triage/alarm.ts';
import { workflowMarkdown } from '../../tools/workflow-doc.ts';
import { data, law } from './support.ts';

test('docs/workflow.md says what the table says', () => {
  const written = readFileSync(new URL('../../docs/workflow.md', import.meta.url), 'utf8');
  expect(written).toBe(workflowMarkdown(TRANSITIONS, law, ALARM_LADDER, parseLadders(data('escalation'))));
});
