import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TipDetail } from '../../../../src/client/console/wire.ts';
import { takeStep, transferTarget } from '../../../../src/client/console/worker/steps.ts';
import { openWhole } from '../../../../src/client/console/worker/tip.ts';
import type { Act } from '../../../../src/domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../../../src/protocol/base64.ts';
import { openEnvelope } from '../../../../src/protocol/envelope.ts';
import type { Freshness } from '../../../../src/protocol/wire-ledger.ts';
import { FORM_03, ORDINARY } from '../../../fixtures/acts.ts';
import type { SentTip } from '../../../fixtures/citizen.ts';
import { type Instance, MOC_CHAU, openInstance } from '../../../fixtures/instance.ts';
import { withLog } from '../../../fixtures/ledger.ts';
import { contentOf, openConsole, send, sitAt, type TestConsole } from './console-world.ts';

const PROPOSAL: Act = {
  step: 'resolution_proposed',
  outcome: 'sanctioned',
  documentNumber: '12/QĐ',
  ground: 'Đã kiểm tra',
};

describe('taking steps', () => {
  let instance: Instance;
  let officer: TestConsole;
  let head: TestConsole;
  let sent: SentTip;

  beforeEach(async () => {
    instance = await openInstance();
    sent = await send(instance, contentOf('Có người dắt mối ở bến xe'));
    head = await openConsole(instance, 'tohieu.truong');
    officer = await openConsole(instance, 'tohieu.canbo');
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await instance.close();
  });

  const take = (at: TestConsole, act: Act, text?: string) => {
    sitAt(at);
    return takeStep(at.state, { tip: sent.tip, act, ...(text === undefined ? {} : { text }) });
  };
  const toVerifying = async (): Promise<void> => {
    await take(officer, { step: 'registered' });
    const kind = {
      legalKind: 'crime_report',
      conduct: 'brokering',
      priority: 'P2',
      competent: true,
      ...ORDINARY,
    } as const;
    await take(officer, { step: 'classified', ...kind });
    await take(officer, { step: 'verification_started', plan: 'Xác minh tại chỗ' });
  };
  const detailPath = () => `/api/staff/tips/${sent.tip}`;

  test('a step is signed on the state that the server shows, and its number comes back', async () => {
    expect((await take(officer, { step: 'registered' })).registerNumber).toMatch(/^1\/\d{4}$/);
    const opened = await openWhole(officer.state, sent.tip);
    expect(opened.history.map(({ proven }) => proven)).toEqual([true, true]);
  });

  test('a tip is not handed to a unit whose key the public log does not confirm', async () => {
    await withLog(instance);
    await take(officer, { step: 'registered' });
    const target = async () => {
      const { detail } = await openWhole(officer.state, sent.tip);
      officer.state.directories.refresh();
      return (await transferTarget(officer.state, detail, MOC_CHAU)).code;
    };
    officer.tamper((path, answer) =>
      path.startsWith('/api/freshness') ? { ...(answer as Freshness), states: [] } : answer,
    );
    expect(await target()).toBe('freshness_mismatch');
    officer.tamper(null);
    expect(await target()).toBeNull();
  });

  test('a step that the life cycle forbids is refused before anything is signed or sent', async () => {
    await expect(take(officer, { step: 'archived' })).rejects.toMatchObject({ code: 'step_not_allowed' });
    expect(officer.calls.filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  test('when somebody else acted in between, the step is signed again once on the new state', async () => {
    let first = true;
    officer.tamper((path, answer, method) => {
      if (method !== 'GET' || path !== detailPath() || !first) return answer;
      first = false;
      return { ...(answer as TipDetail), head: { no: 1, leaf: 'ab'.repeat(32) } };
    });
    await take(officer, { step: 'registered' });
    expect(officer.calls.filter((call) => call.endsWith('/steps'))).toHaveLength(2);
  });

  test('a server that always says "stale" is not asked a third time', async () => {
    officer.tamper((path, answer, method) =>
      method === 'GET' && path === detailPath()
        ? { ...(answer as TipDetail), head: { no: 1, leaf: 'ab'.repeat(32) } }
        : answer,
    );
    await expect(take(officer, { step: 'registered' })).rejects.toMatchObject({ code: 'stale' });
    expect(officer.calls.filter((call) => call.endsWith('/steps'))).toHaveLength(2);
  });

  test('an answer is sealed to the citizen’s mailbox and opens with the citizen’s key', async () => {
    await toVerifying();
    await take(officer, { step: 'message_posted' }, 'Bạn có nhớ biển số xe không?');
    await officer.state.reads.fetch([sent.tip]);
    const envelope = officer.state.reads.get(sent.tip)?.envelopes.find(({ no }) => no === 2);
    if (envelope === undefined) throw new Error('the message was not stored');
    const opened = openEnvelope(
      instance.suite,
      {
        core: fromBase64Url(envelope.core),
        wraps: fromBase64Url(envelope.wraps),
        body: fromBase64Url(envelope.body),
      },
      { id: `mailbox:${sent.keys.locator}`, secretKey: sent.keys.mailbox.secretKey },
      { instance: instance.pins.instance, tip: sent.tip, kind: 'message', no: 2 },
    );
    expect(new TextDecoder().decode(opened.content)).toContain('biển số xe');
  });

  test('a server that swaps the mailbox’s key gets no answer sealed to it', async () => {
    await toVerifying();
    const thief = instance.suite.xwingKeyPair(instance.suite.randomBytes(32));
    officer.tamper((path, answer) =>
      path === detailPath() ? { ...(answer as TipDetail), mailboxKey: toBase64Url(thief.publicKey) } : answer,
    );
    await expect(take(officer, { step: 'message_posted' }, 'Bí mật')).rejects.toMatchObject({
      code: 'facts_mismatch',
    });
  });

  test('the second person signs the very bytes that the first one signed', async () => {
    await toVerifying();
    await take(officer, PROPOSAL);
    sitAt(head);
    const opened = await openWhole(head.state, sent.tip);
    expect(opened.pending).toMatchObject({
      kind: 'resolution',
      data: { outcome: 'sanctioned', documentNumber: '12/QĐ' },
      proven: true,
    });
    await take(head, { step: 'resolved', decision: opened.pending?.id ?? 0 });
    expect((await openWhole(head.state, sent.tip)).detail.outcome).toBe('sanctioned');
  });

  test('a proposal that the server retells differently is shown as unproven and is not signed', async () => {
    await toVerifying();
    await take(officer, PROPOSAL);
    head.tamper((path, answer) => {
      if (path !== detailPath()) return answer;
      const detail = answer as TipDetail;
      const pending =
        detail.state.pending === null ? null : { ...detail.state.pending, outcome: 'unfounded' };
      return { ...detail, state: { ...detail.state, pending } };
    });
    sitAt(head);
    const opened = await openWhole(head.state, sent.tip);
    expect(opened.pending?.proven).toBe(false);
    await expect(take(head, { step: 'resolved', decision: opened.pending?.id ?? 0 })).rejects.toMatchObject({
      code: 'decision_signers',
    });
  });

  test('a tip is handed over with wraps for both units, taken with wraps for one, and opens there', async () => {
    await take(officer, { step: 'registered' });
    await take(head, {
      step: 'transfer_sent',
      toUnit: MOC_CHAU,
      ground: 'Thuộc địa bàn bên đó',
      ...FORM_03,
    });
    const receiver = await openConsole(instance, 'mocchau.canbo');
    expect((await openWhole(receiver.state, sent.tip)).content).not.toBeNull();
    await take(receiver, { step: 'transfer_acknowledged' });
    const opened = await openWhole(receiver.state, sent.tip);
    expect(opened.content).not.toBeNull();
    expect(opened.history.every(({ proven }) => proven)).toBe(true);
  });

  test('nothing is wrapped to a unit that the sender excluded', async () => {
    sent = await send(instance, contentOf('Đừng cho bên đó biết', { excluded: [MOC_CHAU] }));
    await take(officer, { step: 'registered' });
    await expect(
      take(head, {
        step: 'transfer_sent',
        toUnit: MOC_CHAU,
        ground: 'Thử chuyển',
        ...FORM_03,
      }),
    ).rejects.toMatchObject({ code: 'excluded_unit' });
    expect(head.calls.filter((call) => call.endsWith('/steps'))).toEqual([]);
  });
});
