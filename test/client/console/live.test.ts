import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answering, byItself, markNow, startsByItself } from '../../../src/client/console/by-itself.ts';
import { getJson } from '../../../src/client/console/http.ts';
import { Live } from '../../../src/client/console/live.ts';

const MARK = { 'x-tinkin-auto': '1' };

/** The browser's side of a stream, which the test speaks through. */
class FakeSource {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 1;
  onopen: () => void = () => undefined;
  onerror: () => void = () => undefined;
  onmessage: (message: { readonly data: string }) => void = () => undefined;
  constructor() {
    FakeSource.all.push(this);
  }
  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
  says(event: unknown): void {
    this.onmessage({ data: JSON.stringify(event) });
  }
  refused(): void {
    this.readyState = FakeSource.CLOSED;
    this.onerror();
  }
}

let asked: { readonly path: string; readonly headers: unknown }[];
let status: number;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
  asked = [];
  status = 200;
  vi.stubGlobal('EventSource', FakeSource);
  vi.stubGlobal('dispatchEvent', () => true);
  vi.stubGlobal('fetch', async (path: string, { headers }: RequestInit) => {
    asked.push({ path, headers });
    return new Response('{}', { status });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const opened = (): { readonly live: Live; readonly source: FakeSource; readonly heard: boolean[] } => {
  const live = new Live();
  const heard: boolean[] = [];
  live.open((connected) => heard.push(connected));
  const source = FakeSource.all[0];
  if (source === undefined) throw new Error('no stream was opened');
  return { live, source, heard };
};

describe('an event of the unit', () => {
  test.each([
    { kind: 'new_tip', tip: 'ab'.repeat(16), urgent: false },
    { kind: 'changed', tip: 'ab'.repeat(16) },
    { kind: 'alarm', tip: 'ab'.repeat(16), level: 'unit', reason: 'untaken' },
    { kind: 'alarm_over', tip: 'ab'.repeat(16) },
    { kind: 'unit_changed' },
    { kind: 'recordings_changed' },
    { kind: 'boxes_changed' },
  ])('of kind $kind is heard', async (event) => {
    const { live, source } = opened();
    live.refetch(
      ({ kind }) => kind === event.kind,
      () => getJson('/api/staff/counts'),
    );
    source.says(event);
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
  });

  test.each([{ kind: 'toString' }, { kind: 'of_another_version' }, {}, null])(
    'that says %o is none',
    async (event) => {
      const { live, source } = opened();
      live.refetch(
        () => true,
        () => getJson('/api/staff/counts'),
      );
      source.says(event);
      await vi.advanceTimersByTimeAsync(5000);
      expect(asked).toEqual([]);
    },
  );
});

describe('what a console fetches after an event', () => {
  test('comes no sooner than a second and no later than five, once for all events until then', async () => {
    const { live, source } = opened();
    live.refetch(
      () => true,
      () => getJson('/api/staff/counts'),
    );
    for (let n = 0; n < 3; n++) source.says({ kind: 'unit_changed' });
    await vi.advanceTimersByTimeAsync(999);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(4001);
    expect(asked).toEqual([{ path: '/api/staff/counts', headers: expect.objectContaining(MARK) }]);
  });

  test('does not come at one moment for everybody', () => {
    const delays = new Set<number>();
    const spy = vi.spyOn(globalThis, 'setTimeout');
    const { live, source } = opened();
    for (let n = 0; n < 20; n++)
      live.refetch(
        () => true,
        () => undefined,
      );
    source.says({ kind: 'unit_changed' });
    for (const [, delay] of spy.mock.calls) delays.add(delay ?? 0);
    expect(delays.size).toBeGreaterThan(10);
  });

  test('does not come for other events, nor once the page is left', async () => {
    const { live, source } = opened();
    const end = live.refetch(
      (event) => event.kind === 'unit_changed',
      () => getJson('/api/staff/members'),
    );
    source.says({ kind: 'alarm_over', tip: 'ab' });
    await vi.advanceTimersByTimeAsync(5000);
    source.says({ kind: 'unit_changed' });
    end();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toEqual([]);
  });
});

describe('the mark of what nobody asked for', () => {
  test('is on no request of a person', async () => {
    await getJson('/api/staff/counts');
    expect(asked[0]?.headers).not.toHaveProperty('x-tinkin-auto');
  });

  test('goes along with questions to the Worker', () => {
    expect(byItself(startsByItself)).toBe(true);
    expect(startsByItself()).toBe(false);
  });

  test('is left out in the Worker while it also works on something that a person asked for', async () => {
    const later = Promise.withResolvers<void>();
    const automatic = answering(true, async () => {
      const first = markNow();
      await later.promise;
      return [first, markNow()];
    });
    const person = answering(false, async () => {
      await later.promise;
      await Promise.resolve();
      await Promise.resolve();
      return markNow();
    });
    later.resolve();
    expect(await automatic).toEqual([MARK, {}]);
    expect(await person).toEqual({});
    expect(markNow()).toEqual({});
  });
});

describe('a line that the server or a proxy refused', () => {
  test('is opened again by and by', async () => {
    const { source, heard } = opened();
    status = 502;
    source.refused();
    await vi.advanceTimersByTimeAsync(6000);
    expect(FakeSource.all).toHaveLength(1);
    status = 200;
    await vi.advanceTimersByTimeAsync(6000);
    expect(FakeSource.all).toHaveLength(2);
    FakeSource.all[1]?.onopen();
    expect(heard).toEqual([false, true]);
    expect(asked.every(({ headers }) => (headers as typeof MARK)['x-tinkin-auto'] === '1')).toBe(true);
  });

  test('is given up when the session is over, or when nobody listens any more', async () => {
    const first = opened();
    status = 401;
    first.source.refused();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    FakeSource.all = [];
    const second = opened();
    status = 200;
    second.source.refused();
    second.live.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSource.all).toHaveLength(1);
  });
});
