import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { stepBody, takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let head: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
});
afterAll(() => instance.close());

const KIND = {
  step: 'classified',
  legalKind: 'crime_report',
  conduct: 'harbouring',
  priority: 'P2',
  competent: true,
  ...ORDINARY,
} as const;
const REFUSED = { status: 409, code: 'merge_target', field: 'act.mergedInto' };

async function classified(): Promise<TipId> {
  const { tip } = await sendTip(instance);
  await takeStep(officer, tip, { step: 'registered' });
  await takeStep(officer, tip, KIND);
  return tip;
}

const duplicate = (mergedInto: TipId): Act => ({
  step: 'resolution_proposed',
  outcome: 'duplicate',
  documentNumber: '9/BB',
  ground: 'Cùng một việc',
  mergedInto,
});
const pendingOf = async (tip: TipId) => (await tipOf(head, tip)).state.pending;
const approve = async (tip: TipId): Promise<Act> => ({
  step: 'resolved',
  decision: (await pendingOf(tip))?.id ?? 0,
});
async function merged(tip: TipId, into: TipId): Promise<void> {
  await takeStep(officer, tip, duplicate(into));
  await takeStep(head, tip, await approve(tip));
}

test('a duplicate names the tip it is merged into, in the proposal, in what both people sign and in the history', async () => {
  const [tip, into] = [await classified(), await classified()];
  await takeStep(officer, tip, duplicate(into));
  expect(await pendingOf(tip)).toMatchObject({ outcome: 'duplicate', mergedInto: into });
  await takeStep(head, tip, await approve(tip));
  const { events, state } = await tipOf(head, tip);
  expect(state.outcome).toBe('duplicate');
  const parts = events.slice(-2).map(({ restrictedPart }) => parsePart(fromBase64Url(restrictedPart)));
  expect(parts[0]?.act).toMatchObject({ mergedInto: into });
  for (const { decision } of parts) {
    const { payload } = JSON.parse(String(decision)) as { payload: string };
    expect(Buffer.from(payload, 'base64').toString()).toContain(into);
  }
});

test('a duplicate that names no tip is refused', async () => {
  const tip = await classified();
  const body = await stepBody(officer, tip, duplicate(await classified()));
  const { mergedInto: _, ...act } = body.act as Act & { step: 'resolution_proposed' };
  const answer = await officer.post(`/api/staff/tips/${tip}/steps`, { ...body, act });
  expect(await refusal(answer)).toEqual({ status: 409, code: 'merge_target', field: 'mergedInto' });
});

test('not itself, not one that does not exist, not one of another unit', async () => {
  const tip = await classified();
  const foreign = await sendTip(instance, { unit: MOC_CHAU });
  for (const into of [tip, '0'.repeat(32) as TipId, foreign.tip])
    expect(await refusal(await tryStep(officer, tip, duplicate(into)))).toEqual(REFUSED);
});

test('not one that is itself merged', async () => {
  const [first, second, third] = [await classified(), await classified(), await classified()];
  await merged(first, second);
  expect(await refusal(await tryStep(officer, third, duplicate(first)))).toEqual(REFUSED);
});

test('of two that were proposed to be merged into each other only one can be', async () => {
  const [first, second] = [await classified(), await classified()];
  await takeStep(officer, first, duplicate(second));
  await takeStep(officer, second, duplicate(first));
  await takeStep(head, first, await approve(first));
  expect(await refusal(await tryStep(head, second, await approve(second)))).toEqual(REFUSED);
  expect((await tipOf(head, second)).state.outcome).toBeNull();
});

test('a tip in which another one lives on cannot leave the plans as spam or out of scope', async () => {
  const [first, second] = [await classified(), await classified()];
  await merged(first, second);
  const above = await signIn(instance, 'sonla.truong');
  const ending = { step: 'resolution_proposed', documentNumber: '7/BB', ground: 'Không phải tin' } as const;
  await takeStep(officer, second, { ...ending, outcome: 'spam' });
  const decision = (await pendingOf(second))?.id ?? 0;
  expect(await refusal(await tryStep(above, second, { step: 'resolved', decision }))).toEqual({
    status: 409,
    code: 'step_not_allowed',
  });
  expect((await tipOf(head, second)).state.outcome).toBeNull();
  await takeStep(head, second, { step: 'resolution_refused', decision, reason: 'Tin khác đã nhập vào' });
  await takeStep(head, second, { ...KIND, legalKind: 'out_of_scope' });
  await takeStep(officer, second, { step: 'verification_started', plan: 'Xem lại' });
  await takeStep(officer, second, { ...ending, outcome: 'kept' });
  expect(await refusal(await tryStep(head, second, await approve(second)))).toMatchObject({ status: 409 });
});

test('a tip is found by its number in the register of one’s own unit, and of no other', async () => {
  const tip = await classified();
  const { registerNumber } = await tipOf(head, tip);
  const [number, year] = (registerNumber ?? '').split('/');
  const path = `/api/staff/tips/numbered?number=${number}&year=${year}`;
  expect(await ok(await officer.get(path))).toMatchObject({ tip, registerNumber });
  const stranger = await signIn(instance, 'mocchau.canbo');
  expect(await refusal(await stranger.get(path))).toMatchObject({ status: 404, code: 'tip_unknown' });
  const none = '/api/staff/tips/numbered?number=9999&year=2026';
  expect(await refusal(await officer.get(none))).toMatchObject({ code: 'tip_unknown' });
});
