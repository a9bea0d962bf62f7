import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { Day, StaffId, TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import type { PostCheckRow } from '../../../src/domain/post-check.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, START } from '../../fixtures/instance.ts';
import { type Staff, signIn, withCookie } from '../../fixtures/staff.ts';
import { stepBody, takeStep, tipOf } from '../../fixtures/steps.ts';
import { audits, SHORT_RULES, withRetention } from '../retention/with-retention.ts';

const TODAY = dayOf(START);
const inDays = (days: number): Day => addDays(TODAY, days);

let instance: Instance;
let officer: Staff;
let head: Staff;
let deputy: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  deputy = await signIn(instance, 'tohieu.pho');
});
afterAll(() => instance.close());

/** A tip that ended in a sanction, which two people agreed on. */
async function sanctioned(): Promise<TipId> {
  const { tip } = await sendTip(instance);
  const steps: readonly Act[] = [
    { step: 'registered' },
    {
      ...{ step: 'classified', legalKind: 'admin_violation', conduct: 'harbouring', priority: 'P3' },
      ...{ competent: true, ...ORDINARY },
    },
    { step: 'verification_started', plan: 'Kiểm tra hành chính' },
    {
      ...{ step: 'resolution_proposed', outcome: 'sanctioned' },
      ...{ documentNumber: '20/QĐ-XPHC', ground: 'Có vi phạm' },
    },
  ];
  for (const act of steps) await takeStep(officer, tip, act);
  const decision = (await tipOf(head, tip)).state.pending?.id ?? 0;
  await takeStep(head, tip, { step: 'resolved', decision });
  return tip;
}
const dated = (change: Partial<Act & { step: 'post_check_set' }> = {}) =>
  ({
    ...{ step: 'post_check_set', day: inDays(30), kind: 'sanction' },
    ...{ focal: officer.person.id, deputy: deputy.person.id },
    ...change,
  }) satisfies Act;
const list = async (staff: Staff, query = '') =>
  ok<{ readonly rows: readonly PostCheckRow[]; readonly next: string | null }>(
    await staff.get(`/api/staff/post-checks${query}`),
  );
const tipsOn = async (staff: Staff): Promise<readonly TipId[]> =>
  (await list(staff)).rows.map(({ tip }) => tip);
const checkClock = async (tip: TipId) =>
  (await tipOf(officer, tip)).state.clocks.findLast(({ clock }) => clock === 'post_check');
/** The step as its person would send it although their console would not offer it. */
const forced = async (staff: Staff, tip: TipId, act: Act, legal: Act) => {
  const body = await stepBody(staff, tip, legal, { type: act.step });
  return staff.post(`/api/staff/tips/${tip}/steps`, { ...body, act });
};

test('a follow-up has its day, its people and its clock, and leaves the list once its result is recorded', async () => {
  const tip = await sanctioned();
  await takeStep(head, tip, dated());
  expect((await list(officer)).rows.find((row) => row.tip === tip)).toEqual({
    tip,
    registerNumber: (await tipOf(officer, tip)).registerNumber,
    outcome: 'sanctioned',
    day: inDays(30),
    kind: 'sanction',
    focal: officer.person.id,
    deputy: deputy.person.id,
  });
  const running = await checkClock(tip);
  expect([dayOf(running?.due ?? 0), running?.stopped]).toEqual([inDays(30), null]);
  await takeStep(officer, tip, { step: 'post_check_done', result: 'clean', reason: 'Đã ngừng hoạt động' });
  expect((await checkClock(tip))?.stopped).toBe(instance.clock.now());
  expect(await tipsOn(officer)).not.toContain(tip);
});

test('its own focal person records it, whoever else the tip was given to; a violation that goes on opens the tip again', async () => {
  const tip = await sanctioned();
  await takeStep(head, tip, dated({ focal: deputy.person.id, deputy: head.person.id }));
  const done = { step: 'post_check_done', result: 'again', reason: 'Vẫn hoạt động' } as const;
  expect((await refusal(await forced(officer, tip, done, { step: 'printed', watermark: 'x' }))).status).toBe(
    403,
  );
  await takeStep(deputy, tip, done);
  await takeStep(head, tip, {
    ...{ step: 'reopened', why: 'follow_up', reason: 'Kiểm tra lại thấy vi phạm', documentNumber: '3/QĐ' },
  });
  expect((await tipOf(head, tip)).state).toMatchObject({ stage: 'classified', postCheck: null });
});

test('one is open at a time, and the next may follow', async () => {
  const tip = await sanctioned();
  await takeStep(head, tip, dated());
  const twice = await forced(head, tip, dated({ day: inDays(60) }), { step: 'printed', watermark: 'x' });
  expect(await refusal(twice)).toMatchObject({ status: 409, code: 'post_check_open' });
  await takeStep(officer, tip, { step: 'post_check_done', result: 'not_found', reason: 'Đã chuyển đi' });
  await takeStep(head, tip, dated({ day: inDays(60), kind: 'hotspot' }));
  expect((await list(officer)).rows.find((row) => row.tip === tip)).toMatchObject({
    day: inDays(60),
    kind: 'hotspot',
  });
});

test.each([
  ['today', () => ({ day: TODAY }), 400, 'post_check_day'],
  ['in more than a year', () => ({ day: inDays(367) }), 400, 'post_check_day'],
  ['with one person twice', () => ({ deputy: officer.person.id }), 409, 'focal_same'],
  ['with somebody who is nobody', () => ({ focal: 'ab'.repeat(16) as StaffId }), 400, 'member_unknown'],
  [
    'with somebody of another unit',
    () => ({ focal: instance.person('mocchau.canbo').id }),
    400,
    'member_unknown',
  ],
] as const)('one %s is refused, and nothing is written', async (_name, change, status, code) => {
  const tip = await sanctioned();
  const { head: before } = await tipOf(head, tip);
  const wrong = await forced(head, tip, dated(change()), { step: 'printed', watermark: 'x' });
  expect(await refusal(wrong)).toMatchObject({ status, code });
  expect((await tipOf(head, tip)).head).toEqual(before);
  expect(await tipsOn(head)).not.toContain(tip);
});

test('only a leader dates one, and only after a sanction or an inspection', async () => {
  const tip = await sanctioned();
  expect((await refusal(await forced(officer, tip, dated(), { step: 'printed', watermark: 'x' }))).code).toBe(
    'step_forbidden',
  );
  const { tip: fresh } = await sendTip(instance);
  const early = await forced(head, fresh, dated(), { step: 'registered' });
  expect((await refusal(early)).status).toBe(409);
});

test('the list goes page after page by day, and belongs to the unit alone', async () => {
  const later = await sanctioned();
  const sooner = await sanctioned();
  await takeStep(head, later, dated({ day: inDays(99) }));
  await takeStep(head, sooner, dated({ day: inDays(3) }));
  const found: TipId[] = [];
  for (let after = ''; ; ) {
    const page = await list(officer, `?limit=1${after}`);
    found.push(...page.rows.map(({ tip }) => tip));
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(found).toEqual(await tipsOn(officer));
  expect([found[0], found.at(-1)]).toEqual([sooner, later]);
  expect(await tipsOn(await signIn(instance, 'mocchau.truong'))).toEqual([]);
  expect((await refusal(await (await signIn(instance, 'kiemtra')).get('/api/staff/post-checks'))).code).toBe(
    'forbidden',
  );
  for (const query of ['?after=x', '?after=2026-13-01.1', '?limit=0', '?limit=101'])
    expect((await refusal(await officer.get(`/api/staff/post-checks${query}`))).code).toBe('field_invalid');
});

test('the words of a tip stay while its follow-up is open, and may go once it is done', async () => {
  const plain = instance;
  const log = audits(plain);
  const [rule] = SHORT_RULES.rules;
  const keeping = withRetention(plain, log.ledger, { rules: [{ ...rule, outcomes: ['sanctioned'] }] });
  const tip = await sanctioned();
  await takeStep(head, tip, { step: 'notified', impossible: null });
  await takeStep(head, tip, { step: 'archived' });
  await takeStep(head, tip, dated({ day: inDays(20) }));
  instance.clock.pass(9 * 86_400);
  const leader = withCookie(keeping, head.person, (await signIn(instance, 'tohieu.truong')).cookie);
  const audited = log.audit();
  const propose = async () => {
    const upTo = (await tipOf(leader, tip)).head.no;
    const act = { step: 'shredding_proposed', rule: 'short', audited, upTo } as const;
    return leader.post(`/api/staff/retention/${tip}/steps`, await stepBody(leader, tip, act));
  };
  const due = () => leader.get('/api/staff/retention');
  type Due = { readonly rows: readonly { readonly tip: TipId }[]; readonly kept: Record<string, number> };
  expect((await ok<Due>(await due())).kept.clock).toBe(1);
  expect(await refusal(await propose())).toMatchObject({ status: 409, code: 'retention_not_due' });
  await takeStep(leader, tip, { step: 'post_check_done', result: 'clean', reason: 'Đã ngừng hoạt động' });
  expect((await ok<Due>(await due())).rows.map((row) => row.tip)).toEqual([tip]);
  await ok(await propose());
});
