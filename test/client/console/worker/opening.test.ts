import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TipDetail, WireEnvelope, WireEvent } from '../../../../src/client/console/wire.ts';
import { linesOf, openWhole } from '../../../../src/client/console/worker/tip.ts';
import type { SentTip } from '../../../fixtures/citizen.ts';
import { type Instance, openInstance } from '../../../fixtures/instance.ts';
import { contentOf, flipped, openConsole, send, sitAt, type TestConsole } from './console-world.ts';

const TEXT = 'Nhà nghỉ cuối phố mở cửa cả đêm';

interface Read {
  readonly envelopes: readonly WireEnvelope[];
  readonly submitted: readonly (WireEvent & { readonly tip: string })[];
}

describe('opening what the server serves', () => {
  let instance: Instance;
  let officer: TestConsole;
  let sent: SentTip;

  beforeEach(async () => {
    instance = await openInstance();
    sent = await send(instance, contentOf(TEXT));
    officer = await openConsole(instance, 'tohieu.canbo');
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await instance.close();
  });

  /** What the server serves of another tip, under this one's name. */
  const readOfAnother = async () => {
    const other = await send(instance, contentOf('Tin khác'));
    await linesOf(officer.state, [other.tip]);
    const read = officer.state.reads.get(other.tip);
    if (!read) throw new Error('the other tip was not read');
    return {
      envelopes: read.envelopes.map((envelope) => ({ ...envelope, tip: sent.tip })),
      submitted: { ...read.submitted, tip: sent.tip },
    };
  };

  /** Opens the tip while the answer to the read is changed. */
  const openWith = async (change: (read: Read) => Read) => {
    officer.tamper((path, answer) => (path === '/api/staff/read' ? change(answer as Read) : answer));
    return openWhole(officer.state, sent.tip);
  };
  const eachEnvelope =
    (change: (envelope: WireEnvelope) => Partial<WireEnvelope>) =>
    (read: Read): Read => ({
      ...read,
      envelopes: read.envelopes.map((envelope) => ({ ...envelope, ...change(envelope) })),
    });

  test('a tip opens with its content, and its history is proven', async () => {
    const opened = await openWhole(officer.state, sent.tip);
    expect(opened.content?.what).toBe(TEXT);
    expect(opened.chain).toBe(true);
    expect(opened.history.map(({ proven }) => proven)).toEqual([true]);
  });

  test('one signed read serves a whole list, and what was read is not asked for again', async () => {
    const other = await send(instance, contentOf('Tin thứ hai\nDòng sau'));
    const lines = await linesOf(officer.state, [sent.tip, other.tip]);
    expect(lines[other.tip]?.text).toBe('Tin thứ hai');
    await linesOf(officer.state, [other.tip, sent.tip]);
    await openWhole(officer.state, sent.tip);
    expect(officer.calls.filter((call) => call === 'POST /api/staff/read')).toHaveLength(1);
  });

  test('reads asked for at the same moment follow each other in the reader’s chain', async () => {
    const others = await Promise.all(['a', 'b', 'c'].map((text) => send(instance, contentOf(text))));
    const all = [sent, ...others].map(({ tip }) => linesOf(officer.state, [tip]));
    for (const lines of await Promise.all(all)) expect(Object.values(lines)[0]?.code).toBeNull();
  });

  test.each([
    ['a flipped bit of the body', 'seal_mismatch', (one: WireEnvelope) => ({ body: flipped(one.body) })],
    ['a flipped bit of the wraps', 'wrap_foreign', (one: WireEnvelope) => ({ wraps: flipped(one.wraps) })],
    ['a flipped bit of the seal', 'seal_mismatch', (one: WireEnvelope) => ({ seal: flipped(one.seal) })],
  ])('%s keeps the tip closed and says so', async (_name, code, change) => {
    const opened = await openWith(eachEnvelope(change));
    expect(opened.content).toBeNull();
    expect([code, 'seal_malformed', 'wraps_malformed']).toContain(opened.code);
  });

  test('another tip’s envelope under this one’s name is refused', async () => {
    const foreign = await readOfAnother();
    const opened = await openWith((read) => ({
      ...read,
      envelopes: foreign.envelopes,
    }));
    expect(opened.content).toBeNull();
  });

  test('a whole tip of another author under this one’s name is refused', async () => {
    const foreign = await readOfAnother();
    const opened = await openWith((read) => ({
      ...read,
      envelopes: foreign.envelopes,
      submitted: [foreign.submitted],
    }));
    expect(opened.code).toBe('event_mismatch');
  });

  test('content that is no tip’s is closed as malformed, not shown', async () => {
    const odd = await send(instance, { what: 7 });
    expect((await openWhole(officer.state, odd.tip)).code).toBe('content_malformed');
  });

  test('a tip for whose epoch a member has no wrap yet says that a key is missing', async () => {
    const wraps = officer.state.keyring.me.epochWraps;
    (wraps as unknown[]).splice(0);
    expect((await openWhole(officer.state, sent.tip)).code).toBe('no_key');
  });

  test('somebody from above sees history and proposal, and no content', async () => {
    const detail = await openWhole(officer.state, sent.tip);
    expect(detail.code).toBeNull();
    const above = await openConsole(instance, 'sonla.truong');
    await expect(openWhole(above.state, sent.tip)).rejects.toMatchObject({ code: 'tip_unknown' });
    sitAt(officer);
  });

  test('an event that is left out breaks the chain', async () => {
    officer.tamper((path, answer) =>
      path === `/api/staff/tips/${sent.tip}` ? { ...(answer as TipDetail), events: [] } : answer,
    );
    const opened = await openWhole(officer.state, sent.tip).catch((error: unknown) => error);
    expect(opened).toMatchObject({ chain: false });
  });

  test('an altered part of an event is shown as unproven', async () => {
    officer.tamper((path, answer) => {
      if (path !== `/api/staff/tips/${sent.tip}`) return answer;
      const detail = answer as TipDetail;
      return {
        ...detail,
        events: detail.events.map((event) => ({ ...event, citizenSalt: flipped(event.citizenSalt) })),
      };
    });
    const opened = await openWhole(officer.state, sent.tip);
    expect(opened.history[0]).toMatchObject({ proven: false, code: 'event_part' });
  });
});
