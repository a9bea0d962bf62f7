import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import { allowedSteps, TRANSITIONS } from '../../../src/domain/life-cycle.ts';
import type { Act, Actor, Step } from '../../../src/domain/life-cycle-types.ts';
import { ACTS } from '../../domain/support.ts';
import { FORM_03, ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, PROCURACY } from '../../fixtures/instance.ts';
import { giveRight } from '../../fixtures/rights.ts';
import { type Staff, signed, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf, type WireTip } from '../../fixtures/steps.ts';

const OFFICER = 'tohieu.canbo';
const HEAD = 'tohieu.truong';
const ACCOUNTS = [
  ...[OFFICER, HEAD, 'sonla.truong', 'sonla.canbo', 'thanhtra.vien', 'vks.ksv', 'mocchau.truong'],
  'mocchau.canbo',
];

let instance: Instance;
const desks = new Map<string, Staff>();
const as = (account: string): Staff => {
  const found = desks.get(account);
  if (found === undefined) throw new Error(`nobody is called ${account}`);
  return found;
};

type Taken = readonly [account: string, act: (decision: number) => Act];

const CLASSIFIED: Act = {
  ...{
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
  },
  ...ORDINARY,
};
const proposal = (outcome: 'sanctioned' | 'spam'): Act => ({
  ...{ step: 'resolution_proposed', outcome, documentNumber: '1/QĐ', ground: 'Có căn cứ' },
});
const SUSPENSION: Act = {
  ...{ step: 'suspension_proposed', why: 'expert_awaited', ground: 'Chờ giám định' },
  ...{ documentNumber: '3/TTr', toUnit: PROCURACY },
};
const extension = (): Act => ({
  ...{ step: 'extension_proposed', number: 1, until: addDays(dayOf(instance.clock.now()), 40) },
  ...{ ground: 'Phức tạp', documentNumber: '2/TTr', toUnit: null },
});

const RECEIVED: readonly Taken[] = [[OFFICER, () => ({ step: 'registered' })]];
const SORTED: readonly Taken[] = [...RECEIVED, [OFFICER, () => CLASSIFIED]];
const VERIFYING: readonly Taken[] = [
  ...SORTED,
  [OFFICER, () => ({ step: 'verification_started', plan: 'Xác minh' })],
];
const SUSPENDED: readonly Taken[] = [
  ...VERIFYING,
  [OFFICER, () => SUSPENSION],
  [HEAD, (decision) => ({ step: 'suspended', decision })],
];
const RESOLVED: readonly Taken[] = [
  ...VERIFYING,
  [OFFICER, () => proposal('sanctioned')],
  [HEAD, (decision) => ({ step: 'resolved', decision })],
];
const NOTIFIED: readonly Taken[] = [...RESOLVED, [OFFICER, () => ({ step: 'notified', impossible: null })]];

/** Where a tip stands, and the steps that led it there. */
const PLACES: Readonly<Record<string, readonly Taken[]>> = {
  submitted: [],
  'submitted, said to be spam': [[OFFICER, () => proposal('spam')]],
  received: RECEIVED,
  classified: SORTED,
  'classified, on its way to another unit': [
    ...SORTED,
    [HEAD, () => ({ step: 'transfer_sent', toUnit: MOC_CHAU, ground: 'Thuộc nơi khác', ...FORM_03 })],
  ],
  assigned: [...SORTED, [HEAD, () => ({ step: 'assigned', assignee: instance.person(OFFICER).id })]],
  verifying: VERIFYING,
  'verifying, an extension proposed': [...VERIFYING, [OFFICER, extension]],
  'verifying, extended': [
    ...VERIFYING,
    [OFFICER, extension],
    [HEAD, (decision) => ({ step: 'extended', decision, documentNumber: '2/QĐ' })],
  ],
  suspended: SUSPENDED,
  resolved: RESOLVED,
  notified: NOTIFIED,
  archived: [...NOTIFIED, [OFFICER, () => ({ step: 'archived' })]],
};

/** Steps with doors of their own. */
const ELSEWHERE = ['copy_made', 'shredding_proposed', 'shredding_refused', 'shredded', 'canary_revealed'];
/** Every other step that staff may ask for. */
const ASKED: readonly Step[] = [...new Set(TRANSITIONS.map(({ step }) => step))].filter(
  (step) => step in ACTS && !ELSEWHERE.includes(step),
);

async function led(ways: readonly Taken[]): Promise<TipId> {
  const { tip } = await sendTip(instance);
  for (const [account, act] of ways) {
    const { state } = await tipOf(as(account), tip);
    await takeStep(as(account), tip, act(state.pending?.id ?? 0));
  }
  return tip;
}

const actorOf = ({ person }: Staff, { above }: WireTip): Actor => ({
  ...{ staff: person.id, unit: person.unit, roles: person.roles, overTipUnit: above.includes(person.unit) },
});

/** Asks for a step with an event in the right place whose parts say nothing: the law is asked before they are looked at. */
const ask = (staff: Staff, { tip, head }: WireTip, act: Act): Promise<Response> => {
  const event = signed(staff, {
    type: act.step,
    subject: `tip:${tip}`,
    head,
    citizen: { v: 1 },
    restricted: { v: 1 },
  });
  return staff.post(`/api/staff/tips/${tip}/steps`, { act, event });
};

beforeAll(async () => {
  instance = await openInstance();
  for (const account of ACCOUNTS) desks.set(account, await signIn(instance, account));
  await giveRight(as('sonla.truong'), instance.person(HEAD));
});
afterAll(() => instance.close());

describe('what the law does not allow is refused by the service itself, in both languages, and leaves nothing', () => {
  test.each(Object.entries(PLACES))('to a tip that is %s', async (_place, ways) => {
    const tip = await led(ways);
    const before = await tipOf(as(OFFICER), tip);
    const wrong: string[] = [];
    let refused = 0;
    for (const account of ACCOUNTS) {
      const staff = as(account);
      const allowed = allowedSteps(before.state, actorOf(staff, before));
      for (const step of ASKED) {
        const act = ACTS[step];
        if (act === undefined || allowed.includes(step)) continue;
        const response = await ask(staff, before, act);
        if (response.ok) {
          wrong.push(`${account} took ${step}`);
          continue;
        }
        const { status, code } = await refusal(response);
        refused += 1;
        if (![403, 404, 409].includes(status)) wrong.push(`${account} ${step}: ${status} ${code}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(100);
    expect(await tipOf(as(OFFICER), tip)).toEqual(before);
  });
});
