import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TipDetail } from '../../../../src/client/console/wire.ts';
import { retentionHandlers } from '../../../../src/client/console/worker/retention.ts';
import type { RetentionWish } from '../../../../src/client/console/worker/retention-calls.ts';
import { openWhole } from '../../../../src/client/console/worker/tip.ts';
import type { Hash, TipId } from '../../../../src/domain/ids.ts';
import { fromBase64Url, toBase64Url } from '../../../../src/protocol/base64.ts';
import { fromUtf8, utf8 } from '../../../../src/protocol/bytes.ts';
import { audits, SHORT_RULES, withRetention } from '../../../features/retention/with-retention.ts';
import { concluded, leading } from '../../../fixtures/concluded.ts';
import { type Instance, openInstance } from '../../../fixtures/instance.ts';
import { openConsole, sitAt, type TestConsole } from './console-world.ts';

let instance: Instance;
let head: TestConsole;
let deputy: TestConsole;
let tip: TipId;
let audited: Hash;

beforeEach(async () => {
  const plain = await openInstance();
  const log = audits(plain);
  instance = withRetention(plain, log.ledger, SHORT_RULES);
  tip = (await concluded(instance, await leading(instance))).tip;
  instance.clock.pass(9 * 86_400);
  audited = log.audit();
  head = await openConsole(instance, 'tohieu.truong');
  deputy = await openConsole(instance, 'tohieu.pho');
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await instance.close();
});

const take = (at: TestConsole, wish: RetentionWish) => {
  sitAt(at);
  return retentionHandlers.retain(at.state, wish, () => undefined);
};
const propose = () => take(head, { tip, kind: 'propose', rule: 'short', audited });
const posts = (at: TestConsole): number => at.calls.filter((call) => call.endsWith('/steps')).length;

test('two leaders shred a tip: afterwards its page shows what is left of its history, and no content', async () => {
  await propose();
  expect(await take(deputy, { tip, kind: 'approve' })).toEqual({ cleared: true });
  const opened = await openWhole(deputy.state, tip);
  expect(opened.detail.state.shredded).toBe(true);
  expect(opened.history.map(({ type, proven }) => [type, proven])).toEqual([
    ['shredding_proposed', true],
    ['shredded', true],
  ]);
  expect(opened.content).toBeNull();
});

test('a leader who does not agree refuses with a reason, and the content stays', async () => {
  await propose();
  await take(deputy, { tip, kind: 'refuse', reason: 'Còn cần đối chiếu' });
  const opened = await openWhole(deputy.state, tip);
  expect([opened.detail.state.pending, opened.detail.state.shredded]).toEqual([null, undefined]);
  await expect(take(deputy, { tip, kind: 'approve' })).rejects.toMatchObject({ code: 'stale' });
});

test('what would remain is not signed when it is of another rule, checkpoint or event than was proposed', async () => {
  await propose();
  for (const [key, value] of [
    ['rule', 'other'],
    ['upTo', 2],
    ['audited', { size: 1000, root: 'ab'.repeat(32), statement: 'ee'.repeat(32) }],
  ] as const) {
    deputy.tamper((path, answer) => {
      const { remains } = answer as { remains?: object };
      return path.endsWith(`/retention/${tip}`) ? { remains: { ...remains, [key]: value } } : answer;
    });
    await expect(take(deputy, { tip, kind: 'approve' })).rejects.toMatchObject({ code: 'event_part' });
  }
  expect(posts(deputy)).toBe(0);
});

test('a proposal that nobody of the unit signed is not approved', async () => {
  await propose();
  deputy.tamper((path, answer) => {
    if (path !== `/api/staff/tips/${tip}`) return answer;
    const detail = answer as TipDetail;
    const events = detail.events.map((event) => {
      if (event.type !== 'shredding_proposed') return event;
      const part = JSON.parse(fromUtf8(fromBase64Url(event.restrictedPart))) as { decision: string };
      const statement = JSON.parse(part.decision) as { signatures: { sig: string }[] };
      const forged = statement.signatures.map((one) => ({ ...one, sig: `${one.sig.slice(0, -8)}AAAAAA==` }));
      const decision = JSON.stringify({ ...statement, signatures: forged });
      return { ...event, restrictedPart: toBase64Url(utf8(JSON.stringify({ ...part, decision }))) };
    });
    return { ...detail, events };
  });
  await expect(take(deputy, { tip, kind: 'approve' })).rejects.toThrow();
  expect(posts(deputy)).toBe(0);
});
