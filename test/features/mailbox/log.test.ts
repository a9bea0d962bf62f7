import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../../src/features/mailbox/open-mailbox.ts';
import { ANSWER_SIZES, padAnswer } from '../../../src/features/mailbox/padding.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { fromUtf8, toHex, utf8 } from '../../../src/protocol/bytes.ts';
import { parseEvidence } from '../../../src/protocol/evidence.ts';
import { readMailboxHead } from '../../../src/protocol/mailbox-head.ts';
import { parseAnswer } from '../../../src/protocol/promise.ts';
import { openReceiptFile, sealReceiptFile } from '../../../src/protocol/receipt-file.ts';
import type { MailboxAnswer } from '../../../src/protocol/wire.ts';
import { type Desk, openDesk } from '../../client/mailbox/desk.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { call } from '../../fixtures/http.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { testWitness, type WithLog, withLog } from '../../fixtures/ledger.ts';
import { signIn } from '../../fixtures/staff.ts';
import { readTips, takeStep } from '../../fixtures/steps.ts';

let instance: Instance;
let desk: Desk;
let log: WithLog;
/** Changes an answer on its way: what a dishonest service would send. */
let lie: (answer: MailboxAnswer) => unknown = (answer) => answer;
let seen: MailboxAnswer | null = null;
const ledgerKey = () => instance.deps.ledger.publicKey;
/** The receipt file of the tip. */
const receipt = (fileKey = desk.keys.fileKey) =>
  sealReceiptFile(instance.suite, fileKey, {
    ...{ instance: instance.pins.instance, tip: desk.sent.tip, unit: TO_HIEU },
    ...{ record: desk.sent.record, answer: desk.sent.answer },
  });
const proof = () => desk.box().proof;
const look = async () => {
  await desk.mailbox.refresh();
  return proof();
};

beforeAll(async () => {
  instance = await openInstance();
  desk = await openDesk(instance);
  const line = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await line(input, init);
    if (String(input) !== '/api/mailbox') return response;
    seen = (await response.json()) as MailboxAnswer;
    return new Response(JSON.stringify(lie(seen)), response);
  };
});
afterAll(async () => {
  desk.close();
  await instance.close();
});

describe('a mailbox and the public log, from the browser’s session to the store', () => {
  it('says so while nothing is published yet', () => {
    expect(proof()).toEqual({ kind: 'none' });
  });

  it('agrees once the tip was logged', async () => {
    log = await withLog(instance, { witnesses: [testWitness(instance)] });
    expect(await look()).toMatchObject({
      ...{ kind: 'verified', steps: 1, of: 1, includeBy: null, compared: false },
    });
  });

  it('says of a newer step by when it will be there, and then that it is', async () => {
    const officer = await signIn(instance, 'tohieu.canbo');
    await readTips(officer, [desk.sent.tip]);
    await takeStep(officer, desk.sent.tip, { step: 'registered' });
    const hour = Math.floor(instance.clock.now() / 3600) * 3600;
    expect(await look()).toMatchObject({ kind: 'verified', steps: 1, of: 2, includeBy: hour + 7200 });
    await log.round();
    expect(await look()).toMatchObject({ kind: 'verified', steps: 2, of: 2, includeBy: null });
  });

  it('stays in the smallest of the sizes of an answer', async () => {
    expect(padAnswer(seen)).toHaveLength(ANSWER_SIZES[0]);
    expect(JSON.stringify(seen?.log).length).toBeLessThan(12_000);
  });

  it('is compared with the receipt file, which then remembers the visit', async () => {
    const { worker } = desk.mailbox;
    await worker.call('compare', [receipt()]);
    expect(await look()).toMatchObject({ kind: 'verified', compared: true });
    const { bytes } = await worker.call('renewed', []);
    const renewed = openReceiptFile(instance.suite, desk.keys.fileKey, instance.pins.instance, bytes);
    const batch = await instance.store.ledger.published();
    expect(readMailboxHead(instance.suite, renewed.head ?? '', ledgerKey()).head).toMatchObject({
      ...{ tip: desk.sent.tip, no: 2, size: batch?.size },
    });
  });

  it('refuses a file of another code', async () => {
    const other = (await sendTip(instance)).keys.fileKey;
    await expect(desk.mailbox.worker.call('compare', [receipt(other)])).rejects.toThrow('receipt_malformed');
  });

  it.each([[[0]], [[1.5]], [[1, 2, 3]], ['1']])('refuses the sizes %j', async (sizes) => {
    const signature = toBase64Url(new Uint8Array(64));
    const body = {
      locator: desk.keys.locator,
      nonce: toBase64Url(new Uint8Array(32)),
      expires: 1,
      signature,
    };
    const response = await call(instance, 'POST', '/api/mailbox', { ...body, sizes });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'field_invalid' } });
  });

  it('promises a later tip the newest published checkpoint', async () => {
    instance.clock.pass(10);
    const { answer } = await sendTip(instance);
    const { size, root } = (await instance.store.ledger.published())!;
    const { terms } = parseAnswer(utf8(answer)).promise;
    expect(terms.checkpoint).toEqual({ size, root: toHex(root) });
  });
});

describe('a dishonest service', () => {
  const caught = async (change: (answer: MailboxAnswer) => unknown) => {
    lie = change;
    const seen = await look();
    lie = (answer) => answer;
    expect((await look()).kind).toBe('verified');
    return seen;
  };

  it('that shows a state which is not logged is caught, with evidence that an auditor can follow', async () => {
    const alarm = await caught((answer) => {
      const [first, second] = answer.steps;
      const told = JSON.parse(fromUtf8(fromBase64Url(second!.citizenPart)));
      const part = toBase64Url(utf8(JSON.stringify({ ...told, stage: 'classified', step: 'classified' })));
      const forged = { ...second!, type: 'classified', citizenPart: part };
      return { ...answer, stage: 'classified', steps: [first, forged] };
    });
    if (alarm.kind !== 'alarm') throw new Error(alarm.kind);
    expect(alarm).toMatchObject({ code: 'shown_mismatch', auditors: expect.any(Array) });
    const evidence = parseEvidence(instance.suite, alarm.evidence, ledgerKey());
    expect(evidence).toMatchObject({ code: 'shown_mismatch', tip: desk.sent.tip });
  });

  it('that shows an old tail, signed and proven as any, is caught by what was shown before', async () => {
    const view = await instance.store.mailbox.view(desk.sent.tip);
    const [first] = view?.steps ?? [];
    if (view === null || first === undefined) throw new Error('the tip is gone');
    const cut = { ...view, stage: 'submitted', steps: [first], head: { no: 1, leaf: first.leaf } };
    const sizes = await desk.mailbox.worker.call('sizes', []);
    const old = await answerOf(instance.deps, cut as typeof view, sizes);
    const seen = await caught(() => old);
    expect(seen).toMatchObject({ kind: 'alarm', code: 'head_went_back' });
  });

  it('that drops the tip after its promise, and says each time that it will be there soon, is caught', async () => {
    const { includeBy } = parseAnswer(utf8(desk.sent.answer)).promise.terms;
    await desk.mailbox.worker.call('unlock', [desk.code]);
    await look();
    await desk.mailbox.worker.call('compare', [receipt()]);
    instance.clock.set(includeBy + 301);
    const dropped = (answer: MailboxAnswer) => {
      const indices = answer.steps.map(() => null);
      return { ...answer, log: { ...answer.log, indices, nodes: [] } };
    };
    expect(await caught(dropped)).toMatchObject({ kind: 'alarm', code: 'promise_missed' });
  });

  it('that keeps its log from the holder is caught', async () => {
    expect(await caught((answer) => ({ ...answer, log: null }))).toMatchObject({ code: 'head_went_back' });
  });

  it('that proves no consistency with what it promised is caught', async () => {
    const lying = (answer: MailboxAnswer) => ({ ...answer, log: { ...answer.log, consistency: [] } });
    expect(await caught(lying)).toMatchObject({ code: 'log_fork' });
  });
});
