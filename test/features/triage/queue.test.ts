import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

interface Page {
  readonly rows: readonly { readonly tip: TipId; readonly stage: string }[];
  readonly next: string | null;
}

let instance: Instance;
let officer: Staff;
let head: Staff;
const tips: TipId[] = [];

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  for (let i = 0; i < 5; i++) tips.push((await sendTip(instance)).tip);
  await takeStep(officer, tips[0] as TipId, { step: 'registered' });
});
afterAll(() => instance.close());

const page = async (query: string): Promise<Page> => ok<Page>(await officer.get(`/api/staff/queue?${query}`));

test('pages of a queue follow each other without gap or repetition', async () => {
  const seen: TipId[] = [];
  let after = '';
  for (let i = 0; i < 5; i++) {
    const { rows, next } = await page(`limit=2${after}`);
    seen.push(...rows.map(({ tip }) => tip));
    if (next === null) break;
    after = `&after=${next}`;
  }
  expect([...seen].sort()).toEqual([...tips].sort());
});

test('a queue can be narrowed by stage', async () => {
  const { rows } = await page('stage=received');
  expect(rows.map(({ tip }) => tip)).toEqual([tips[0]]);
});

test('counts say what is open and what is new', async () => {
  const counts = await ok<Record<string, number>>(await officer.get('/api/staff/counts'));
  expect(counts).toMatchObject({ open: 5, new: 4, overdue: 0, messages: 0 });
});

test('what is past its time is counted as overdue', async () => {
  const counts = await instance.store.triage.counts(
    officer.person.unit,
    (instance.clock.now() + 40 * 86_400) as ReturnType<typeof instance.clock.now>,
  );
  expect(counts.overdue).toBe(5);
});

test.each([
  ['scope=mine', 'scope'],
  ['priority=P9', 'priority'],
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['after=1;drop', 'after'],
  ['stage=deleted', 'stage'],
  ['assignee=somebody', 'assignee'],
  ['order=up', 'body'],
])('a queue asked for with %s is refused with its field', async (query, field) => {
  expect(await refusal(await officer.get(`/api/staff/queue?${query}`))).toEqual({
    status: 400,
    code: 'field_invalid',
    field,
  });
});

test('the head of the unit sees the workload by member', async () => {
  const { rows } = await ok<{ rows: readonly { assignee: string | null; open: number }[] }>(
    await head.get('/api/staff/workload'),
  );
  expect(rows[0]).toMatchObject({ assignee: null, open: 5 });
});

test('a hand-over note is kept sealed, with its event, and read by the next shift', async () => {
  const sealed = toBase64Url(instance.suite.randomBytes(300));
  await ok(await officer.post('/api/staff/handover', { sealed }));
  const { notes } = await ok<{ notes: readonly { by: string; sealed: string }[] }>(
    await head.get('/api/staff/handover'),
  );
  expect(notes[0]).toMatchObject({ by: officer.person.id, sealed });
  expect((await instance.store.triage.head(`unit:${officer.person.unit}`)).no).toBeGreaterThan(0);
});

test('a hand-over note that is too long is refused', async () => {
  const sealed = toBase64Url(new Uint8Array(65 * 1024));
  expect(await refusal(await officer.post('/api/staff/handover', { sealed }))).toMatchObject({
    status: 400,
    field: 'sealed',
  });
});
