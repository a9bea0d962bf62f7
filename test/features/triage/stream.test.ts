import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveEvent } from '../../../src/domain/live-event.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok } from '../../fixtures/http.ts';
import { type Instance, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;

beforeEach(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
});
afterEach(() => instance.close());

/** An open console: what it has been told so far, and the way to close it. */
async function openLine(staff: Staff) {
  const response = await staff.get('/api/staff/stream');
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('no stream');
  const events: LiveEvent[] = [];
  const pump = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const line of new TextDecoder().decode(value).split('\n'))
        if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as LiveEvent);
    }
  };
  void pump().catch(() => undefined);
  return { response, events, close: () => reader.cancel() };
}

/** A console of somebody who reads tips; it counts as soon as it is open. */
async function openConsole(staff: Staff) {
  const opened = await openLine(staff);
  await vi.waitFor(() => expect(instance.deps.live.consoles(staff.person.unit)).toBeGreaterThan(0));
  return opened;
}

test('an open console hears of a new tip and of each step', async () => {
  const console_ = await openConsole(officer);
  expect(console_.response.headers.get('content-type')).toContain('text/event-stream');
  const { tip } = await sendTip(instance);
  await vi.waitFor(() => expect(console_.events).toContainEqual({ kind: 'new_tip', tip, urgent: false }));
  await takeStep(officer, tip, { step: 'registered' });
  await vi.waitFor(() => expect(console_.events).toContainEqual({ kind: 'changed', tip }));
  await console_.close();
});

test('a console that opens while an alarm sounds rings at once', async () => {
  const { tip } = await sendTip(instance, { urgent: true });
  await vi.waitFor(() => expect(instance.deps.live.alarms.get(tip)).not.toBeNull());
  const console_ = await openConsole(officer);
  await vi.waitFor(() =>
    expect(console_.events).toContainEqual({ kind: 'alarm', tip, level: 'unit', reason: 'untaken' }),
  );
  await console_.close();
});

test('a console that nobody touches may listen, and listen again, for hours; that renews nothing', async () => {
  const { tip } = await sendTip(instance, { urgent: true });
  instance.clock.pass(29 * 60);
  await (await openConsole(officer)).close();
  instance.clock.pass(3 * 3600);
  const console_ = await openConsole(officer);
  const alarm = { kind: 'alarm', tip, level: 'unit', reason: 'untaken' };
  await vi.waitFor(() => expect(console_.events).toContainEqual(alarm));
  await console_.close();
  expect((await officer.get('/api/staff/alarms')).status).toBe(200);
  expect((await officer.post(`/api/staff/alarms/${tip}/acknowledge`)).status).toBe(401);
  expect((await officer.get('/api/staff/alarms')).status).toBe(401);
});

test('a console listens no longer than a session may last', async () => {
  instance.clock.pass(12 * 3600);
  expect((await officer.get('/api/staff/stream')).status).toBe(401);
});

test('a closed console is no longer counted', async () => {
  const console_ = await openConsole(officer);
  expect(instance.deps.live.consoles(TO_HIEU)).toBe(1);
  await console_.close();
  await vi.waitFor(() => expect(instance.deps.live.consoles(TO_HIEU)).toBe(0));
});

describe('the line of an operator, who reads no tips', () => {
  let operator: Staff;
  beforeEach(async () => {
    operator = await signIn(instance, 'sonla.trucban');
  });

  test('tells of voicemail and tip boxes, and of nothing else that happens in the unit', async () => {
    const { tip } = await sendTip(instance, { unit: PROVINCE, urgent: true });
    await vi.waitFor(() => expect(instance.deps.live.alarms.get(tip)).not.toBeNull());
    const line = await openLine(operator);
    const publish = (event: LiveEvent): void => instance.deps.live.publish(PROVINCE, event);
    // The line is open once it carries something.
    await vi.waitFor(() => {
      publish({ kind: 'recordings_changed' });
      expect(line.events.length).toBeGreaterThan(0);
    });
    publish({ kind: 'new_tip', tip, urgent: true });
    publish({ kind: 'changed', tip });
    publish({ kind: 'alarm', tip, level: 'unit', reason: 'untaken' });
    publish({ kind: 'alarm_over', tip });
    publish({ kind: 'unit_changed' });
    publish({ kind: 'boxes_changed' });
    await vi.waitFor(() => expect(line.events).toContainEqual({ kind: 'boxes_changed' }));
    expect(new Set(line.events.map(({ kind }) => kind))).toEqual(
      new Set(['recordings_changed', 'boxes_changed']),
    );
    await line.close();
  });

  test('keeps no alarm quiet: the unit above is told that no console is open', async () => {
    const line = await openLine(operator);
    await vi.waitFor(() => {
      instance.deps.live.publish(PROVINCE, { kind: 'recordings_changed' });
      expect(line.events.length).toBeGreaterThan(0);
    });
    expect(instance.deps.live.consoles(PROVINCE)).toBe(0);
    await line.close();
  });

  test('can be asked after while it is lost, and says nothing of what rings', async () => {
    const { tip } = await sendTip(instance, { unit: PROVINCE, urgent: true });
    await vi.waitFor(() => expect(instance.deps.live.alarms.get(tip)).not.toBeNull());
    instance.clock.pass(3 * 3600);
    expect(await ok(await operator.get('/api/staff/alarms'))).toEqual({ alarms: [] });
  });
});

test('nothing that a console is told holds content', async () => {
  const console_ = await openConsole(officer);
  await sendTip(instance, { text: 'Bí mật không được lộ', urgent: true });
  await vi.waitFor(() => expect(console_.events.length).toBeGreaterThan(1));
  for (const event of console_.events)
    expect(
      Object.keys(event).every((key) => ['kind', 'tip', 'level', 'reason', 'urgent'].includes(key)),
    ).toBe(true);
  await console_.close();
});
