import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { putBack, rewrapOpen } from '../../../../src/client/console/worker/rewrap.ts';
import { takeStep } from '../../../../src/client/console/worker/steps.ts';
import { openWhole } from '../../../../src/client/console/worker/tip.ts';
import type { Act } from '../../../../src/domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../../../src/protocol/base64.ts';
import { FORM_03 } from '../../../fixtures/acts.ts';
import type { SentTip } from '../../../fixtures/citizen.ts';
import { type Instance, MOC_CHAU, openInstance } from '../../../fixtures/instance.ts';
import { tipOf, tryStep, wrapsFor } from '../../../fixtures/steps.ts';
import { contentOf, openConsole, send, sitAt, type TestConsole } from './console-world.ts';

const TEXT = 'Quán karaoke khoá cửa từ bên trong';

describe('a tip whose wraps an officer spoilt', () => {
  let instance: Instance;
  let officer: TestConsole;
  let head: TestConsole;
  let sent: SentTip;

  beforeEach(async () => {
    instance = await openInstance();
    sent = await send(instance, contentOf(TEXT));
    officer = await openConsole(instance, 'tohieu.canbo');
    head = await openConsole(instance, 'tohieu.truong');
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await instance.close();
  });

  /** Takes a step with wraps whose sealed keys open nothing. */
  const spoil = async ({ staff }: TestConsole, act: Act): Promise<number> => {
    const good = (await wrapsFor(staff, await tipOf(staff, sent.tip), act)) ?? [];
    const wraps = good.map(({ no, wraps: block }) => {
      const bytes = fromBase64Url(block);
      return { no, wraps: toBase64Url(bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)) };
    });
    expect((await tryStep(staff, sent.tip, act, { wraps })).status).toBe(200);
    return (await tipOf(staff, sent.tip)).head.no;
  };
  const openAt = (at: TestConsole) => {
    sitAt(at);
    at.state.reads.drop(sent.tip);
    return openWhole(at.state, sent.tip);
  };

  test('opens with the former ones, and says which step put those that do not open', async () => {
    const no = await spoil(officer, { step: 'rewrapped' });
    const opened = await openAt(head);
    expect(opened.content?.what).toBe(TEXT);
    expect(opened.brokenBy).toEqual([no]);
    expect(opened.history.find((step) => step.no === no)?.signers[0]?.name).toBe(officer.staff.person.name);
  });

  test('gets wraps that open again from any member, by an event of its own', async () => {
    const no = await spoil(officer, { step: 'rewrapped' });
    await openAt(head);
    await putBack(head.state, { tip: sent.tip });
    const opened = await openAt(head);
    expect([opened.content?.what, opened.brokenBy]).toEqual([TEXT, []]);
    expect(opened.history.at(-1)).toMatchObject({ no: no + 1, type: 'rewrapped', proven: true });
    const asked = head.calls.filter((call) => call.includes('former-wraps'));
    expect(asked).toHaveLength(2);
  });

  test('still goes to another unit, which reads it', async () => {
    sitAt(officer);
    await takeStep(officer.state, { tip: sent.tip, act: { step: 'registered' } });
    await spoil(officer, { step: 'rewrapped' });
    sitAt(head);
    const act = {
      step: 'transfer_sent',
      toUnit: MOC_CHAU,
      ground: 'Thuộc phường Mộc Châu',
      ...FORM_03,
    } as const;
    await takeStep(head.state, { tip: sent.tip, act });
    const receiver = await openConsole(instance, 'mocchau.canbo');
    const opened = await openAt(receiver);
    expect([opened.content?.what, opened.brokenBy]).toEqual([TEXT, []]);
  });

  test('opens for the colleagues of whoever took it over with spoilt wraps', async () => {
    sitAt(officer);
    await takeStep(officer.state, { tip: sent.tip, act: { step: 'registered' } });
    sitAt(head);
    const act = {
      step: 'transfer_sent',
      toUnit: MOC_CHAU,
      ground: 'Thuộc phường Mộc Châu',
      ...FORM_03,
    } as const;
    await takeStep(head.state, { tip: sent.tip, act });
    const receiver = await openConsole(instance, 'mocchau.canbo');
    const no = await spoil(receiver, { step: 'transfer_acknowledged' });
    const colleague = await openConsole(instance, 'mocchau.truong');
    const opened = await openAt(colleague);
    expect([opened.content?.what, opened.brokenBy]).toEqual([TEXT, [no]]);
  });

  test('does not keep the unit’s other tips from being locked again', async () => {
    await spoil(officer, { step: 'rewrapped' });
    await send(instance, contentOf('Tin khác'));
    instance.clock.pass(8 * 86_400);
    head = await openConsole(instance, 'tohieu.truong');
    expect(await rewrapOpen(head.state, {}, () => undefined)).toEqual({ count: 2 });
    expect((await openAt(head)).brokenBy).toEqual([]);
  });
});
