import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import { BY_ITSELF } from '../../../src/protocol/headers.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok } from '../../fixtures/http.ts';
import { type Instance, ORIGIN, openInstance, START } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf } from '../../fixtures/steps.ts';

const FROM = dayOf(START);
const PERIOD = `from=${FROM}&to=${addDays(FROM, 40)}`;
const DRILL = `/api/staff/oversight/drill?${PERIOD}&verb=received&result=due`;

let instance: Instance;
let officer: Staff;
let auditor: Staff;
let tips: TipId[];

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  auditor = await signIn(instance, 'kiemtra');
  tips = [];
  for (let index = 0; index < 3; index++) {
    const { tip } = await sendTip(instance);
    await takeStep(officer, tip, { step: 'registered' });
    tips.push(tip);
  }
  // What was read on the way there is over.
  instance.clock.pass(3600);
  officer = await signIn(instance, 'tohieu.canbo');
  auditor = await signIn(instance, 'kiemtra');
});
afterAll(() => instance.close());

/** Reads that stand in a person's own chain, each with the tips that it names. */
const readsOf = ({ person }: Staff): { type: string; tips: TipId[]; unit: string }[] =>
  eventsOf(instance, `staff:${person.id}`)
    .filter(({ type }) => type.endsWith('_read'))
    .map(({ type, restrictedPart }) => {
      const part = parsePart(restrictedPart);
      return { type, tips: part.tips as TipId[], unit: (part.actor as { unit: string }).unit };
    });

const added = async (staff: Staff, read: () => unknown) => {
  const before = readsOf(staff).length;
  await read();
  return readsOf(staff).slice(before);
};

test('an auditor who opens a figure leaves one event that names every tip of the page', async () => {
  const [event, ...more] = await added(auditor, async () => ok(await auditor.get(DRILL)));
  expect(event).toMatchObject({ type: 'figure_read', unit: auditor.person.unit });
  expect(event?.tips.toSorted()).toEqual(tips.toSorted());
  expect(more).toEqual([]);
});

test('an auditor who opens the steps of a tip leaves an event, and one more only after an hour', async () => {
  const path = `/api/staff/oversight/tips/${tips[0]}`;
  expect(await added(auditor, async () => ok(await auditor.get(path)))).toMatchObject([
    { type: 'history_read', tips: [tips[0]] },
  ]);
  expect(await added(auditor, async () => ok(await auditor.get(path)))).toEqual([]);
});

test('an officer who opens a tip leaves an event in their own chain, and the tip stays as it is', async () => {
  const { head } = await tipOf(officer, tips[1] as TipId);
  expect(readsOf(officer).at(-1)).toMatchObject({ type: 'tip_read', tips: [tips[1]] });
  expect((await tipOf(officer, tips[1] as TipId)).head).toEqual(head);
});

test('wraps leave an event that names their tips', async () => {
  const read = async () => ok(await officer.get('/api/staff/open-wraps?after=0&limit=50'));
  const [event] = await added(officer, read);
  expect(event?.type).toBe('wraps_read');
  expect(event?.tips.toSorted()).toEqual(tips.toSorted());
});

test('a tip that nobody may see leaves none', async () => {
  const other = await signIn(instance, 'mocchau.truong');
  expect(await added(other, () => other.get(`/api/staff/tips/${tips[0]}`))).toEqual([]);
  expect(await added(other, () => other.get(`/api/staff/oversight/tips/${tips[0]}`))).toEqual([]);
});

test('what a console fetches again by itself adds none, what it never opened does', async () => {
  const byItself = (tip: TipId | undefined) => () =>
    instance.app.request(`/api/staff/tips/${tip}`, {
      headers: { cookie: officer.cookie, 'sec-fetch-site': 'same-origin', origin: ORIGIN, [BY_ITSELF]: '1' },
    });
  instance.clock.pass(3_700);
  officer = await signIn(instance, 'tohieu.canbo');
  expect(await added(officer, byItself(tips[1]))).toEqual([]);
  const { tip } = await sendTip(instance);
  expect(await added(officer, byItself(tip))).toMatchObject([{ type: 'tip_read', tips: [tip] }]);
});
