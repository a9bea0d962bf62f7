import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CALLER_IDLE } from '../../../../src/client/console/worker/hotline/caller.ts';
import { callHandlers } from '../../../../src/client/console/worker/hotline/handlers.ts';
import type { CallCalls } from '../../../../src/client/console/worker/hotline-calls.ts';
import { linesOf, openWhole } from '../../../../src/client/console/worker/tip.ts';
import { deriveMailbox } from '../../../../src/protocol/receipt-code.ts';
import type { Freshness } from '../../../../src/protocol/wire-ledger.ts';
import { openMailbox } from '../../../fixtures/conversation.ts';
import { type Instance, openInstance, PROVINCE, TO_HIEU } from '../../../fixtures/instance.ts';
import { withLog } from '../../../fixtures/ledger.ts';
import { contentOf, openConsole, sitAt, type TestConsole } from './console-world.ts';

let instance: Instance;
let operator: TestConsole;
let officer: TestConsole;

beforeEach(async () => {
  instance = await openInstance();
  officer = await openConsole(instance, 'tohieu.canbo');
  operator = await openConsole(instance, 'sonla.trucban');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await instance.close();
});

const TEXT = 'Người gọi thấy xe lạ đỗ trước nhà nghỉ cả đêm';
const nothing = (): void => undefined;

const wish = (set: Partial<CallCalls['sealCall']['in']> = {}): CallCalls['sealCall']['in'] => ({
  content: contentOf(TEXT),
  extras: {
    taken: {
      channel: 'hotline',
      document: '',
      marks: [{ after: 5, text: 'giật mình' }],
      voiceKept: '',
      draftUnverified: false,
    },
    informant: null,
  },
  files: [],
  target: TO_HIEU,
  excluded: [],
  urgent: false,
  conductGroup: 'prostitution',
  ...set,
});

const seal = (set: Partial<CallCalls['sealCall']['in']> = {}) =>
  callHandlers.sealCall(operator.state, wish(set), nothing);
const tips = (): number =>
  (instance.store.connection.prepare('SELECT count(*) AS n FROM tip').get() as { n: number }).n;

describe('a call that an operator seals', () => {
  test('is read by the unit’s officer, with how it was taken and who took it', async () => {
    const { tip, unit } = await seal();
    expect(unit).toBe(TO_HIEU);
    sitAt(officer);
    const opened = await openWhole(officer.state, tip);
    expect(opened.content?.what).toBe(TEXT);
    expect(opened.extras.taken).toMatchObject({
      channel: 'hotline',
      marks: [{ after: 5, text: 'giật mình' }],
    });
    expect(opened.history[0]?.signers.map(({ kind }) => kind)).toContain('member');
    expect(opened.history.every(({ proven }) => proven)).toBe(true);
  });

  test('cannot be opened again by the Worker that sealed it', async () => {
    const { tip } = await seal();
    await expect(openWhole(operator.state, tip)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(linesOf(operator.state, [tip])).rejects.toMatchObject({ code: 'forbidden' });
    expect(JSON.stringify(operator.state.hotline)).not.toContain(TEXT);
  });

  test('gives a code that opens its mailbox', async () => {
    const { tip, code } = await seal();
    expect(code).toMatch(/^\d{28}$/);
    const keys = deriveMailbox(instance.suite, code, instance.pins.instance);
    expect((await openMailbox(instance, keys)).tip).toBe(tip);
  });

  test('whose answer got lost is the same tip when it is sent again', async () => {
    operator.tamper((path, answer) => {
      if (path !== '/api/staff/hotline/tips') return answer;
      throw new TypeError('the line is gone');
    });
    await expect(seal()).rejects.toThrow();
    expect(tips()).toBe(1);
    operator.tamper(null);
    await seal();
    expect(tips()).toBe(1);
  });

  test('goes around an excluded unit', async () => {
    const { unit } = await seal({ target: PROVINCE, excluded: [TO_HIEU] });
    expect(unit).toBe(PROVINCE);
  });

  test('is not sealed by a key that the public log does not confirm, nor sent', async () => {
    await withLog(instance);
    operator.tamper((path, answer) =>
      path.startsWith('/api/freshness') ? { ...(answer as Freshness), states: [] } : answer,
    );
    await expect(seal()).rejects.toMatchObject({ code: 'freshness_mismatch' });
    expect(operator.calls.filter((call) => call.startsWith('POST'))).toEqual([]);
    expect(tips()).toBe(0);
    operator.tamper(null);
    expect(await seal()).toMatchObject({ unit: TO_HIEU, logged: true });
  });

  test('is told to be sealed by a key that was compared with nothing, while nothing is in the log', async () => {
    expect(await seal()).toMatchObject({ unit: TO_HIEU, logged: false });
  });

  test('whose caller hung up is marked by the operator’s own event', async () => {
    const { tip } = await seal();
    await callHandlers.codeNotGiven(operator.state, { tip }, nothing);
    sitAt(officer);
    const opened = await openWhole(officer.state, tip);
    expect(opened.thread.noCode).toBe(true);
    expect(opened.history.every(({ proven }) => proven)).toBe(true);
  });
});

describe('a caller who calls again', () => {
  const open = (code: string) => callHandlers.callerOpen(operator.state, { code }, nothing);
  const answer = (text: string) => callHandlers.callerAnswer(operator.state, { text }, nothing);

  test('has the mailbox opened without the operator’s session, and answers through the operator', async () => {
    const { tip, code } = await seal();
    operator.calls.length = 0;
    const box = await open(code);
    expect(box.steps).toHaveLength(1);
    for (const call of operator.calls) expect(call).toContain('(without session)');
    await answer('Biển số xe 26A');
    await answer('Xe màu trắng');
    sitAt(officer);
    const opened = await openWhole(officer.state, tip);
    expect(opened.messages.map(({ text, byOperator }) => [text, byOperator])).toEqual([
      ['Biển số xe 26A', true],
      ['Xe màu trắng', true],
    ]);
    expect(opened.thread.byOperator).toBe(true);
    expect(opened.history.every(({ proven }) => proven)).toBe(true);
  });

  test('whose answer got lost is recorded once when it is sent again', async () => {
    const { tip, code } = await seal();
    await open(code);
    operator.tamper((path, value) => {
      if (path !== '/api/staff/hotline/steps') return value;
      throw new TypeError('the line is gone');
    });
    await expect(answer('Một lần thôi')).rejects.toThrow();
    operator.tamper(null);
    await answer('Một lần thôi');
    const events = (await instance.store.triage.tip(tip))?.events ?? [];
    expect(events.filter(({ type }) => type === 'message_received')).toHaveLength(1);
  });

  test('with a wrong code gets no mailbox, and nothing stays open', async () => {
    await expect(open('1'.repeat(28))).rejects.toMatchObject({ code: 'code_check' });
    await expect(answer('x')).rejects.toMatchObject({ code: 'locked' });
  });

  test('leaves no key behind when the call ends', async () => {
    const { code } = await seal();
    await open(code);
    await callHandlers.callerEnd(operator.state, {}, nothing);
    await expect(answer('x')).rejects.toMatchObject({ code: 'locked' });
  });

  test('leaves none either when the operator does nothing for ten minutes', async () => {
    const { code } = await seal();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await open(code);
    vi.advanceTimersByTime(CALLER_IDLE - 1000);
    await answer('Còn ở đây');
    vi.advanceTimersByTime(CALLER_IDLE + 1000);
    await expect(answer('x')).rejects.toMatchObject({ code: 'locked' });
  });
});
