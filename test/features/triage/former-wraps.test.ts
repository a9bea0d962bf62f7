import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { parseWraps } from '../../../src/protocol/wraps.ts';
import { FORM_03 } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { readTips, takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let head: Staff;
let receiver: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  receiver = await signIn(instance, 'mocchau.canbo');
});
afterAll(() => instance.close());

const SENT: Act = {
  step: 'transfer_sent',
  toUnit: MOC_CHAU,
  ground: 'Thuộc phường Mộc Châu',
  ...FORM_03,
};

const former = (staff: Staff, tip: TipId, query = 'no=1') =>
  staff.get(`/api/staff/tips/${tip}/former-wraps?${query}`);
const formerOf = async (staff: Staff, tip: TipId, query?: string) =>
  ok<{ rows: { replacedNo: number; wraps: string }[]; next: number | null }>(await former(staff, tip, query));
const blockOf = async (staff: Staff, tip: TipId): Promise<string> =>
  (await readTips(staff, [tip]))[0]?.wraps ?? '';
/** The same recipients, with a sealed key that opens nothing. */
const spoilt = (block: string): string => {
  const bytes = fromBase64Url(block);
  return toBase64Url(bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));
};

async function registered(): Promise<TipId> {
  const { tip } = await sendTip(instance);
  await takeStep(officer, tip, { step: 'registered' });
  return tip;
}

test('a re-wrap with a spoilt key destroys nothing: the block that opens is kept with the step that replaced it', async () => {
  const tip = await registered();
  const good = await blockOf(officer, tip);
  const spoil = { wraps: [{ no: 1, wraps: spoilt(good) }] };
  expect((await tryStep(officer, tip, { step: 'rewrapped' }, spoil)).status).toBe(200);
  expect(await blockOf(head, tip)).not.toBe(good);
  const { no } = (await tipOf(head, tip)).head;
  expect(await formerOf(head, tip)).toEqual({ rows: [{ replacedNo: no, wraps: good }], next: null });
});

test('many replaced blocks are served page by page, the latest first', async () => {
  const tip = await registered();
  const good = await blockOf(officer, tip);
  for (let i = 0; i < 21; i++)
    await tryStep(officer, tip, { step: 'rewrapped' }, { wraps: [{ no: 1, wraps: spoilt(good) }] });
  const first = await formerOf(head, tip);
  expect(first.rows).toHaveLength(20);
  expect(first.rows[0]?.replacedNo).toBe((await tipOf(head, tip)).head.no);
  const second = await formerOf(head, tip, `no=1&before=${first.next}`);
  expect(second).toEqual({
    rows: [{ replacedNo: first.next === null ? 0 : first.next - 1, wraps: good }],
    next: null,
  });
});

test('a unit that gave the tip away gets no former block, nor does one that returned it', async () => {
  const given = await registered();
  await takeStep(head, given, SENT);
  await takeStep(receiver, given, { step: 'transfer_acknowledged' });
  expect(await refusal(await former(officer, given))).toMatchObject({ status: 404, code: 'tip_unknown' });
  const returned = await registered();
  await takeStep(head, returned, SENT);
  await takeStep(receiver, returned, {
    step: 'transfer_returned',
    why: 'not_competent',
    ground: 'Không thuộc địa bàn',
  });
  expect(await refusal(await former(receiver, returned))).toMatchObject({ code: 'tip_unknown' });
});

test('the unit that a tip came to gets only blocks that were wrapped for it', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  expect((await formerOf(receiver, tip)).rows).toEqual([]);
  await takeStep(receiver, tip, { step: 'transfer_acknowledged' });
  const { rows } = await formerOf(receiver, tip);
  const names = rows.map(({ wraps }) => parseWraps(fromBase64Url(wraps)).map(({ id }) => id));
  expect(names).toEqual([
    [expect.stringContaining(`epoch:${TO_HIEU}:`), expect.stringContaining(`epoch:${MOC_CHAU}:`)],
  ]);
});

test('somebody above who is called upon gets none, and an envelope number must be named', async () => {
  const tip = await registered();
  await takeStep(officer, tip, {
    step: 'resolution_proposed',
    outcome: 'spam',
    documentNumber: '1/BC',
    ground: 'Quảng cáo',
  });
  const above = await signIn(instance, 'sonla.truong');
  expect((await tipOf(above, tip)).access).toBe('over');
  expect(await refusal(await former(above, tip))).toMatchObject({ status: 403, code: 'step_forbidden' });
  expect(await refusal(await former(officer, tip, ''))).toMatchObject({ status: 400, code: 'field_invalid' });
});
