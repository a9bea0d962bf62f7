import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { fromUtf8, utf8 } from '../../../src/protocol/bytes.ts';
import {
  cosignDecision,
  parseDecision,
  signDecision,
  verifyDecision,
} from '../../../src/protocol/decision.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { stepBody, takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let head: Staff;
let deputy: Staff;
let above: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  deputy = await signIn(instance, 'tohieu.pho');
  above = await signIn(instance, 'sonla.pho');
});
afterAll(() => instance.close());

const GROUNDS = { documentNumber: '07/BB', ground: 'Đã xác minh tại chỗ' };
const OTHER_STATEMENT = { status: 400, code: 'event_invalid', field: 'event.decision' };

const proposal = (outcome: 'unfounded' | 'spam'): Act => ({
  step: 'resolution_proposed',
  outcome,
  ...GROUNDS,
});

async function verifying(): Promise<TipId> {
  const { tip } = await sendTip(instance);
  await takeStep(officer, tip, { step: 'registered' });
  await takeStep(officer, tip, {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
    ...ORDINARY,
  });
  await takeStep(officer, tip, { step: 'verification_started', plan: 'Xác minh' });
  return tip;
}

const decisionOf = async (staff: Staff, tip: TipId): Promise<number> =>
  (await tipOf(staff, tip)).state.pending?.id ?? 0;

const statementOf = async (staff: Staff, tip: TipId, type: string): Promise<Uint8Array> => {
  const event = (await tipOf(staff, tip)).events.findLast((candidate) => candidate.type === type);
  return utf8(String(parsePart(fromBase64Url(event?.restrictedPart ?? '')).decision));
};

/** A tip with an open proposal of the officer, and the number under which it is approved. */
async function proposed(): Promise<{ readonly tip: TipId; readonly decision: number }> {
  const tip = await verifying();
  await takeStep(officer, tip, proposal('unfounded'));
  return { tip, decision: await decisionOf(head, tip) };
}

/** The officer's statement for a tip, signed by somebody. */
const statementBy = (signer: Staff, tip: TipId, outcome: 'unfounded' | 'prosecuted'): Uint8Array =>
  signDecision(
    instance.suite,
    {
      instance: instance.pins.instance,
      tip,
      kind: 'resolution',
      proposedBy: officer.person.id,
      at: instance.clock.now(),
      data: { outcome, ...GROUNDS },
    },
    signer.person.secrets.sign,
  );

const cosignedBy = (signer: Staff, statement: Uint8Array): Uint8Array =>
  cosignDecision(instance.suite, statement, signer.person.secrets.sign);

/** How the head's approval is refused when it carries this statement. */
const approvalWith = async (
  { tip, decision }: { readonly tip: TipId; readonly decision: number },
  statement: Uint8Array,
) => refusal(await tryStep(head, tip, { step: 'resolved', decision }, { decision: fromUtf8(statement) }));

test('both people sign the very same statement, and the second event carries both signatures', async () => {
  const { tip, decision: open } = await proposed();
  await takeStep(head, tip, { step: 'resolved', decision: open });
  const keys = [officer, head].map(({ person }) => person.secrets.sign.publicKey);
  const { decision, signers } = verifyDecision(
    instance.suite,
    await statementOf(head, tip, 'resolved'),
    keys,
    2,
  );
  expect(signers).toHaveLength(2);
  expect(decision.data).toEqual({ outcome: 'unfounded', ...GROUNDS });
});

test('whoever proposed cannot approve', async () => {
  const tip = await verifying();
  await takeStep(head, tip, proposal('unfounded'));
  const decision = await decisionOf(head, tip);
  // The console would not offer it: the body is a colleague's, sent by the proposer.
  const body = await stepBody(deputy, tip, { step: 'resolved', decision });
  expect(await refusal(await head.post(`/api/staff/tips/${tip}/steps`, body))).toMatchObject({
    status: 409,
    code: 'same_person',
  });
  expect((await tipOf(head, tip)).state.stage).toBe('verifying');
});

test('an officer cannot approve', async () => {
  const tip = await verifying();
  await takeStep(head, tip, proposal('unfounded'));
  const body = await stepBody(deputy, tip, { step: 'resolved', decision: await decisionOf(head, tip) });
  expect(await refusal(await officer.post(`/api/staff/tips/${tip}/steps`, body))).toMatchObject({
    status: 403,
    code: 'step_forbidden',
  });
});

test('a proposal without a document number is refused', async () => {
  const tip = await verifying();
  const body = await stepBody(officer, tip, proposal('unfounded'));
  const act = { ...body.act, documentNumber: '' };
  expect(await refusal(await officer.post(`/api/staff/tips/${tip}/steps`, { ...body, act }))).toMatchObject({
    status: 400,
    code: 'document_number',
  });
});

test('what leaves for an agency outside is transferred once it is named who took it over', async () => {
  const tip = await verifying();
  const { no } = await instance.store.triage.head(`tip:${tip}`);
  const told: Act & { readonly step: 'resolution_proposed' } = {
    ...{ step: 'resolution_proposed', outcome: 'transferred', ...GROUNDS },
    acknowledgedBy: 'Chi cục Kiểm lâm, công văn 12/KL',
  };
  const body = await stepBody(officer, tip, told);
  const unsaid = { ...body, act: { ...told, acknowledgedBy: ' ' } };
  expect(await refusal(await officer.post(`/api/staff/tips/${tip}/steps`, unsaid))).toEqual({
    ...{ status: 400, code: 'acknowledgement', field: 'acknowledgedBy' },
  });
  expect((await instance.store.triage.head(`tip:${tip}`)).no).toBe(no);
  await takeStep(officer, tip, told);
  await takeStep(head, tip, { step: 'resolved', decision: await decisionOf(head, tip) });
  expect((await tipOf(head, tip)).state).toMatchObject({ stage: 'resolved', outcome: 'transferred' });
});

test('a proposal whose statement says something else than the step is refused', async () => {
  const tip = await verifying();
  const decision = fromUtf8(statementBy(officer, tip, 'prosecuted'));
  expect(await refusal(await tryStep(officer, tip, proposal('unfounded'), { decision }))).toMatchObject(
    OTHER_STATEMENT,
  );
});

test('a proposal signed by somebody else than the sender is refused', async () => {
  const tip = await verifying();
  const decision = fromUtf8(statementBy(head, tip, 'unfounded'));
  const answer = await tryStep(officer, tip, proposal('unfounded'), { decision });
  expect(await refusal(answer)).toMatchObject({ status: 403, code: 'event_signature' });
});

test('an approval over other bytes than the proposal is refused', async () => {
  const open = await proposed();
  const whole = parseDecision(await statementOf(head, open.tip, 'resolution_proposed'));
  const softer = { ...whole, data: { ...whole.data, ground: 'Không có gì' } };
  const signed = signDecision(instance.suite, softer, officer.person.secrets.sign);
  expect(await approvalWith(open, cosignedBy(head, signed))).toMatchObject(OTHER_STATEMENT);
});

test('an approval that lacks the second signature is refused', async () => {
  const open = await proposed();
  const single = await statementOf(head, open.tip, 'resolution_proposed');
  expect(await approvalWith(open, single)).toMatchObject({ status: 403, code: 'two_people' });
});

test('an approval whose second signature is another person’s is refused', async () => {
  const open = await proposed();
  const both = cosignedBy(deputy, await statementOf(head, open.tip, 'resolution_proposed'));
  expect(await approvalWith(open, both)).toMatchObject({
    status: 403,
    code: 'event_signature',
    field: 'event.decision',
  });
});

test('an approval in which the proposer’s signature was replaced is refused', async () => {
  const open = await proposed();
  const whole = parseDecision(await statementOf(head, open.tip, 'resolution_proposed'));
  const replaced = signDecision(instance.suite, whole, deputy.person.secrets.sign);
  expect(await approvalWith(open, cosignedBy(head, replaced))).toMatchObject(OTHER_STATEMENT);
});

test('approving another decision than the open one is stale', async () => {
  const { tip, decision } = await proposed();
  const body = await stepBody(head, tip, { step: 'resolved', decision });
  const act = { step: 'resolved', decision: 999_999 };
  expect(await refusal(await head.post(`/api/staff/tips/${tip}/steps`, { ...body, act }))).toMatchObject({
    status: 409,
    code: 'stale',
  });
});

test('spam is confirmed by a leader of the unit above, who sees an open tip only while called upon', async () => {
  const { tip } = await sendTip(instance);
  expect((await above.get(`/api/staff/tips/${tip}`)).status).toBe(404);
  await takeStep(officer, tip, proposal('spam'));
  const called = await tipOf(above, tip);
  expect(called.access).toBe('over');
  await takeStep(above, tip, { step: 'resolved', decision: called.state.pending?.id ?? 0 });
  expect((await tipOf(officer, tip)).state).toMatchObject({ stage: 'resolved', outcome: 'spam' });
  // What has ended they may have taken up again: facts and steps, and nowhere to write to the citizen.
  expect(await tipOf(above, tip)).toMatchObject({ access: 'over', mailboxKey: '', mailboxLocator: '' });
});

test('spam cannot be confirmed by a colleague of the unit', async () => {
  const { tip } = await sendTip(instance);
  await takeStep(officer, tip, proposal('spam'));
  const body = await stepBody(above, tip, { step: 'resolved', decision: await decisionOf(above, tip) });
  expect(await refusal(await head.post(`/api/staff/tips/${tip}/steps`, body))).toMatchObject({
    status: 409,
    code: 'outside_person',
  });
});

test('the unit above finds what waits for it in a list of its own', async () => {
  const { tip } = await sendTip(instance);
  await takeStep(officer, tip, proposal('spam'));
  const { rows } = (await (await above.get('/api/staff/outside')).json()) as {
    rows: { tip: string; why: string; unitName: { vi: string } }[];
  };
  const unitName = expect.objectContaining({ vi: 'Công an phường Tô Hiệu' });
  expect(rows).toContainEqual(expect.objectContaining({ tip, why: 'decision', unitName }));
});

test('a proposal that needs nobody from outside is not shown to the unit above', async () => {
  const { tip } = await proposed();
  const { rows } = (await (await above.get('/api/staff/outside')).json()) as { rows: { tip: string }[] };
  expect(rows.map((row) => row.tip)).not.toContain(tip);
  expect((await above.get(`/api/staff/tips/${tip}`)).status).toBe(404);
});

test('consoles above hear of a proposal that needs them, and of no other', async () => {
  const { tip: spam } = await sendTip(instance);
  const ordinary = await verifying();
  const heard: string[] = [];
  const end = instance.deps.live.subscribe(above.person.unit, 'tips', (event) => {
    if (event.kind === 'changed') heard.push(event.tip);
  });
  await takeStep(officer, ordinary, proposal('unfounded'));
  await takeStep(officer, spam, proposal('spam'));
  end();
  expect(heard).toEqual([spam]);
});
