import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Remains } from '../../../src/domain/contribution.ts';
import type { Hash, TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { utf8 } from '../../../src/protocol/bytes.ts';
import { verifyDecision } from '../../../src/protocol/decision.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import { concluded, leading } from '../../fixtures/concluded.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { readTips, type StepChange, stepBody, takeStep, tipOf } from '../../fixtures/steps.ts';
import { type Audits, audits, withRetention } from './with-retention.ts';

const DAY = 86_400;
const RULE = 'apart-6m';
const BASE = '/api/staff/retention';

interface Due {
  readonly rows: readonly {
    readonly tip: TipId;
    readonly rule: { readonly id: string; readonly basis: string };
    readonly head: number;
    readonly uncovered: string | null;
    readonly pending: { readonly id: number } | null;
  }[];
  readonly kept: Record<string, number>;
  readonly audited: { readonly statement: Hash } | null;
}

let instance: Instance;
let log: Audits;
let head: Staff;
let deputy: Staff;
let officer: Staff;
/** Tips that are due, each for one test. */
const tips: TipId[] = [];
const next = (): TipId => {
  const tip = tips.pop();
  if (tip === undefined) throw new Error('no tip is left');
  return tip;
};

beforeAll(async () => {
  const plain = await openInstance();
  log = audits(plain);
  instance = withRetention(plain, log.ledger);
  const people = await leading(instance);
  for (let i = 0; i < 9; i++) tips.push((await concluded(instance, people)).tip);
  instance.clock.pass(190 * DAY);
  head = await signIn(instance, 'tohieu.truong');
  deputy = await signIn(instance, 'tohieu.pho');
  officer = await signIn(instance, 'tohieu.canbo');
});
afterAll(() => instance.close());
let audited: Hash;
beforeEach(() => {
  audited = log.audit();
});

const due = async (): Promise<Due> => ok<Due>(await head.get(BASE));
const post = async (staff: Staff, tip: TipId, act: Act, change: StepChange = {}): Promise<Response> =>
  staff.post(`${BASE}/${tip}/steps`, await stepBody(staff, tip, act, change));
const proposal = async (
  tip: TipId,
  more: Partial<Act & { step: 'shredding_proposed' }> = {},
): Promise<Act> => ({
  step: 'shredding_proposed',
  rule: RULE,
  audited,
  upTo: (await tipOf(head, tip)).head.no,
  ...more,
});
const pendingOf = async (tip: TipId): Promise<number> => (await tipOf(head, tip)).state.pending?.id ?? 0;
const remainsOf = async (tip: TipId): Promise<Remains> =>
  (await ok<{ remains: Remains }>(await head.get(`${BASE}/${tip}`))).remains;
const propose = async (tip: TipId): Promise<void> => {
  await ok(await post(head, tip, await proposal(tip)));
};
const approve = async (staff: Staff, tip: TipId, change: StepChange = {}): Promise<Response> =>
  post(
    staff,
    tip,
    { step: 'shredded', decision: await pendingOf(tip) },
    { facts: { remains: await remainsOf(tip) }, ...change },
  );

describe('a concluded tip whose period is over', () => {
  test('is listed with its rule, its ground and the audited checkpoint that covers it', async () => {
    const { rows, audited: newest } = await due();
    expect(newest?.statement).toBe(audited);
    expect(rows.find(({ tip }) => tip === tips[0])).toMatchObject({
      rule: { id: RULE, basis: expect.stringContaining('hai người') },
      uncovered: null,
      pending: null,
    });
  });

  test('is emptied by two leaders: nobody reads it any more, and what remains says what it adds to the figures', async () => {
    const tip = next();
    const before = await tipOf(head, tip);
    await propose(tip);
    expect((await due()).rows.find((row) => row.tip === tip)?.pending).toMatchObject({ rule: RULE });
    expect(await ok(await approve(deputy, tip))).toEqual({ cleared: true });
    const after = await tipOf(head, tip);
    expect(after.events.map(({ type }) => type)).toEqual(['shredding_proposed', 'shredded']);
    expect(await readTips(officer, [tip])).toEqual([]);
    const part = parsePart(fromBase64Url(after.events.at(-1)?.restrictedPart ?? ''));
    expect(part.remains).toMatchObject({
      rule: RULE,
      audited: { statement: audited },
      upTo: before.head.no,
      leaves: [[100, before.head.no]],
      contribution: { outcome: 'spam', mergedInto: null },
    });
    const keys = [head, deputy].map(({ person }) => person.secrets.sign.publicKey);
    expect(verifyDecision(instance.suite, utf8(String(part.decision)), keys, 2).decision).toMatchObject({
      kind: 'shredding',
      data: { rule: RULE, audited, upTo: String(before.head.no) },
    });
    expect((await due()).rows.some((row) => row.tip === tip)).toBe(false);
  });

  test('stays when the second leader refuses, and may be proposed again', async () => {
    const tip = next();
    await propose(tip);
    const act: Act = {
      step: 'shredding_refused',
      decision: await pendingOf(tip),
      reason: 'Còn cần đối chiếu',
    };
    await ok(await post(deputy, tip, act));
    expect((await readTips(officer, [tip])).length).toBeGreaterThan(0);
    await propose(tip);
  });

  test('is proposed and approved by leaders of its unit alone, never twice by the same', async () => {
    const tip = next();
    const act = await proposal(tip);
    expect((await refusal(await officer.get(BASE))).code).toBe('forbidden');
    const body = await stepBody(head, tip, act);
    expect((await refusal(await officer.post(`${BASE}/${tip}/steps`, body))).code).toBe('forbidden');
    const stranger = await signIn(instance, 'mocchau.truong');
    expect((await refusal(await stranger.post(`${BASE}/${tip}/steps`, body))).code).toBe('tip_unknown');
    expect((await refusal(await stranger.get(`${BASE}/${tip}`))).code).toBe('tip_unknown');
    await propose(tip);
    const own = await stepBody(deputy, tip, { step: 'shredded', decision: await pendingOf(tip) });
    expect((await refusal(await head.post(`${BASE}/${tip}/steps`, own))).code).toBe('same_person');
  });
});

describe('shredding is refused', () => {
  test('by another rule than the one that is due', async () => {
    const tip = next();
    const act = await proposal(tip, { rule: 'merged-12m' });
    expect(await refusal(await post(head, tip, act))).toMatchObject({
      status: 409,
      code: 'retention_not_due',
    });
  });

  test('without an audited checkpoint that covers every event, and where its auditor left the tip out', async () => {
    const tip = next();
    const small = log.audit({ origin: 'other.example/ledger' });
    expect((await refusal(await post(head, tip, await proposal(tip, { audited: small })))).code).toBe(
      'not_audited',
    );
    const without = log.audit({ exceptions: [tip] });
    expect((await refusal(await post(head, tip, await proposal(tip, { audited: without })))).code).toBe(
      'not_audited',
    );
    expect((await due()).rows.find((row) => row.tip === tip)?.uncovered).toBe('not_audited');
  });

  test('when it does not reach to the last event, or something happened after the proposal', async () => {
    const tip = next();
    const early = await proposal(tip, { upTo: 2 });
    expect(await refusal(await post(head, tip, early))).toMatchObject({
      code: 'field_invalid',
      field: 'act.upTo',
    });
    await propose(tip);
    const remains = await remainsOf(tip);
    await takeStep(officer, tip, { step: 'printed', watermark: 'in lúc 9 giờ' });
    const late = await post(
      deputy,
      tip,
      { step: 'shredded', decision: await pendingOf(tip) },
      { facts: { remains } },
    );
    expect(await refusal(late)).toMatchObject({ code: 'step_not_allowed', field: 'decision' });
  });

  test('when what remains says anything else than what the figures count', async () => {
    const tip = next();
    await propose(tip);
    const remains = await remainsOf(tip);
    const altered = { ...remains, contribution: { ...remains.contribution, outcome: 'unfounded' as const } };
    const refused = await refusal(await approve(deputy, tip, { facts: { remains: altered } }));
    expect(refused).toMatchObject({ code: 'event_invalid', field: 'event.restrictedPart' });
  });

  test('before the period is over, and while an auditor may still reveal the tip as a test tip', async () => {
    const fresh = await openInstance();
    const itsLog = audits(fresh);
    const own = withRetention(fresh, itsLog.ledger);
    const { tip } = await concluded(own, await leading(own));
    const leader = await signIn(own, 'tohieu.truong');
    const act: Act = {
      step: 'shredding_proposed',
      rule: RULE,
      audited: itsLog.audit(),
      upTo: (await tipOf(leader, tip)).head.no,
    };
    const body = await stepBody(leader, tip, act);
    expect((await refusal(await leader.post(`${BASE}/${tip}/steps`, body))).code).toBe('retention_not_due');
    expect(await ok(await leader.get(BASE))).toMatchObject({ rows: [], kept: { not_due: 1 } });
    itsLog.announceCanaries();
    expect(await ok(await leader.get(BASE))).toMatchObject({ rows: [], kept: { canary: 1 } });
    await own.close();
  });
});
