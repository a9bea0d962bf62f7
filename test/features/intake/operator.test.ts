import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hash } from '../../../src/domain/ids.ts';
import { parseEvent, parsePart } from '../../../src/protocol/event.ts';
import type { OperatorChallenge } from '../../../src/protocol/wire-hotline.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { postCall, signing, takeCall, typeCall } from '../../fixtures/hotline.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { readBody, type Staff, signIn } from '../../fixtures/staff.ts';
import { readTips } from '../../fixtures/steps.ts';

let instance: Instance;
let operator: Staff;
let officer: Staff;

beforeAll(async () => {
  instance = await openInstance();
  operator = await signIn(instance, 'sonla.trucban');
  officer = await signIn(instance, 'tohieu.canbo');
});
afterAll(() => instance.close());

const tips = async (): Promise<number> =>
  (instance.store.connection.prepare('SELECT count(*) AS n FROM tip').get() as { n: number }).n;

const askToken = async (seal: string, staff = operator): Promise<OperatorChallenge> =>
  ok<OperatorChallenge>(await staff.post('/api/staff/hotline/challenge', { seal }));

describe('a call', () => {
  test('is a tip of the unit that it is sealed to, with who took it down', async () => {
    const { tip } = await takeCall(operator);
    const detail = await instance.store.triage.tip(tip);
    expect(detail).toMatchObject({
      channel: 'hotline',
      assurance: 'operator',
      state: { stage: 'submitted' },
    });
    const first = detail?.events[0];
    expect(parsePart(first?.restrictedPart ?? new Uint8Array(0)).taken).toEqual({
      staff: operator.person.id,
      unit: operator.person.unit,
    });
    expect(parseEvent(first?.record ?? new Uint8Array(0)).envelope.signatures).toHaveLength(2);
    expect(await readTips(officer, [tip])).toHaveLength(1);
  });

  test('tells its citizen’s half nothing of the operator', async () => {
    const { tip } = await takeCall(operator);
    const first = (await instance.store.triage.tip(tip))?.events[0];
    expect(new TextDecoder().decode(first?.citizenPart)).not.toContain(operator.person.id);
  });

  test('is closed to the operator who took it, in every list and by every address', async () => {
    const { tip } = await takeCall(operator);
    const body = await readBody(officer, [tip]);
    for (const answer of [
      await operator.get(`/api/staff/tips/${tip}`),
      await operator.get('/api/staff/queue'),
      await operator.post('/api/staff/read', body),
      await operator.get(`/api/staff/head?subject=tip:${tip}`),
    ])
      expect(await refusal(answer)).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('sent twice is stored once, and gets the stored answer also when its token has expired', async () => {
    const { prepared } = await typeCall(operator);
    const first = await postCall(operator, prepared.frame);
    const text = await first.text();
    expect(first.status).toBe(201);
    const count = await tips();
    instance.clock.pass(700);
    const again = await postCall(operator, prepared.frame);
    expect([again.status, await again.text()]).toEqual([200, text]);
    expect(await tips()).toBe(count);
  });
});

describe('a frame that an operator posts', () => {
  const refused = async (change: Parameters<typeof typeCall>[1]) => {
    const before = await tips();
    const { prepared } = await typeCall(operator, change);
    const answer = await refusal(await postCall(operator, prepared.frame));
    expect(await tips()).toBe(before);
    return answer;
  };

  test('is refused when only the author signed it', async () => {
    expect(await refused({ taken: null })).toMatchObject({ status: 400, code: 'event_invalid' });
  });

  test('is refused when another key than the operator’s signed it', async () => {
    const { sign } = instance.person('tohieu.canbo').secrets;
    const forged = { ...signing(operator), signer: sign };
    expect(await refused({ taken: forged })).toMatchObject({ code: 'event_signature' });
  });

  test('is refused when it names somebody else', async () => {
    const { id } = instance.person('tohieu.canbo');
    expect((await refused({ taken: { ...signing(operator), staff: id } })).status).toBe(400);
  });

  test('is refused when it says that a citizen’s browser sealed it, or another channel', async () => {
    expect((await refused({ assurance: 'e2ee', taken: null })).status).toBe(400);
    expect((await refused({ channel: 'web' })).status).toBe(400);
  });

  test('is refused without a token, with another seal’s, another person’s, an altered and an expired one', async () => {
    const seal = 'ab'.repeat(32) as Hash;
    const token = await askToken(seal);
    expect((await refused({ challenge: { ...token, solution: '' } })).code).toBe('challenge_missing');
    expect((await refused({ challenge: { ...token, solution: 'AAAA' } })).code).toBe('challenge_invalid');
    expect((await refused({ challenge: token })).code).toBe('challenge_invalid');
    const { prepared } = await typeCall(operator);
    instance.clock.pass(601);
    expect((await refusal(await postCall(operator, prepared.frame))).code).toBe('challenge_expired');
  });

  test('is refused at the citizens’ door, and a citizen’s at the operators’', async () => {
    const { prepared } = await typeCall(operator);
    expect((await refusal(await postCall(operator, prepared.frame, '/api/tips'))).status).toBe(400);
    const { tip } = await sendTip(instance);
    expect(await instance.store.hotline.takenBy(tip)).toBeNull();
  });
});

test('nobody but operators has this door', async () => {
  for (const account of ['tohieu.truong', 'kiemtra', 'quantri']) {
    const staff = await signIn(instance, account);
    const answer = await staff.post('/api/staff/hotline/challenge', { seal: 'ab'.repeat(32) });
    expect(await refusal(answer)).toMatchObject({ status: 403, code: 'forbidden' });
  }
  const stranger = await instance.app.request('/api/staff/hotline/tips', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(await refusal(stranger)).toMatchObject({ status: 401, code: 'session_required' });
});
