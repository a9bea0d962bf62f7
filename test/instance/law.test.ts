import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOfDay } from '../../src/domain/calendar.ts';
import type { Day } from '../../src/domain/ids.ts';
import { checkLaw } from '../../src/instance/doctor-law.ts';
import { recordLaw, requireLaw } from '../../src/instance/law.ts';
import { projectRoot } from '../../src/instance/project-root.ts';
import { createRecorder } from '../../src/instance/recorder.ts';
import { parseEvent, parsePart } from '../../src/protocol/event.ts';
import { type Instance, openInstance } from '../fixtures/instance.ts';
import { temporaryFolder } from './support.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await openInstance();
});
afterAll(() => instance.close());

test('a start with other files of law than before is an open event, a start with the same is none', async () => {
  const names = await recordLaw(instance.deps);
  expect(names).toContain('clocks');
  expect(await recordLaw(instance.deps)).toEqual([]);
  const { data } = instance.deps;
  const plans = { ...(data.get('plans') as object), note: 'khác' };
  const changed = {
    ...instance.deps,
    data: { get: (name: string) => (name === 'plans' ? plans : data.get(name)) },
  };
  expect(await recordLaw(changed)).toEqual(['plans']);
  const rows = instance.store.connection
    .prepare<[], { record: Uint8Array; part: Uint8Array }>(
      "SELECT e.record, e.restricted_part AS part FROM event e JOIN subject s ON s.seq = e.chain WHERE s.name = 'directory' ORDER BY e.no DESC LIMIT 1",
    )
    .all();
  const [last] = rows.map(({ record, part }) => ({
    type: parseEvent(new Uint8Array(record)).header.type,
    part: parsePart(new Uint8Array(part)),
  }));
  expect(last).toMatchObject({ type: 'law_changed', part: { files: [{ name: 'plans' }] } });
});

test('a folder with a wrong line starts nothing, and says which', () => {
  const folder = join(temporaryFolder(), 'law');
  cpSync(join(projectRoot(), 'db', 'data'), folder, { recursive: true });
  requireLaw(folder);
  const file = join(folder, 'holidays.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"2026-01-10"', '"2026-01-12"'));
  expect(() => requireLaw(folder)).toThrow(/holidays\.json:33: .*is not a Saturday or Sunday/);
});

test('the doctor asks for next year’s holidays from October on, until somebody entered them', async () => {
  const on = (day: string) => checkLaw(instance, { now: () => startOfDay(day as Day) });
  expect(await on('2027-09-30')).toMatchObject({ check: 'holidays', status: 'ok' });
  expect(await on('2027-10-01')).toEqual({
    ...{ check: 'holidays', status: 'warn' },
    detail: 'nobody has entered the holidays of 2028',
  });
  const recorder = createRecorder(instance.deps, 'operator');
  await recorder.holidays({ year: 2028, off: [{ day: '2028-01-01' as Day, name: 'Tết' }], worked: [] });
  expect(await on('2027-10-01')).toMatchObject({ status: 'ok' });
});
