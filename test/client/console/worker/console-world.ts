import { vi } from 'vitest';
import type { Me } from '../../../../src/client/console/wire.ts';
import { Keyring, WorkerState } from '../../../../src/client/console/worker/state.ts';
import type { UnitId } from '../../../../src/domain/ids.ts';
import type { TipContent } from '../../../../src/domain/tip-content.ts';
import { type SentTip, sendTip } from '../../../fixtures/citizen.ts';
import { ok } from '../../../fixtures/http.ts';
import { type Instance, ORIGIN, TO_HIEU } from '../../../fixtures/instance.ts';
import { type Staff, signIn } from '../../../fixtures/staff.ts';

/** Changes what the server answers, as a malicious one would: by path, on the parsed JSON. */
export type Tamper = (path: string, answer: never, method: string) => unknown;

/** One person's console without its pages: the Worker's state over the real service, which a test may make lie. */
export interface TestConsole {
  readonly staff: Staff;
  readonly state: WorkerState;
  /** `METHOD path` of every call so far. */
  readonly calls: string[];
  /** From here on the server's JSON answers go through this; `null` ends it. */
  tamper(change: Tamper | null): void;
}

const consoles = new Map<
  string,
  TestConsole & { fetch(path: string, init?: RequestInit): Promise<Response> }
>();

/** Logs somebody in. Calls of the Worker's code go to whoever was `at` last. */
export async function openConsole(instance: Instance, account: string): Promise<TestConsole> {
  const staff = await signIn(instance, account);
  const calls: string[] = [];
  let change: Tamper | null = null;
  const fetcher = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? 'GET';
    const alone = init.credentials === 'omit';
    calls.push(`${method} ${path}${alone ? ' (without session)' : ''}`);
    const response = await instance.app.request(path, {
      method,
      ...(init.body === undefined ? {} : { body: init.body as string | Uint8Array<ArrayBuffer> }),
      headers: {
        ...(alone ? {} : { cookie: staff.cookie }),
        'sec-fetch-site': 'same-origin',
        ...(init.headers as Record<string, string>),
      },
    });
    if (change === null || !(response.headers.get('content-type') ?? '').includes('json')) return response;
    const answer = change(path, (await response.json()) as never, method);
    return Response.json(answer, { status: response.status });
  };
  const state = new WorkerState(instance.suite, instance.pins, ORIGIN);
  const made = {
    staff,
    state,
    calls,
    fetch: fetcher,
    tamper: (next: Tamper | null) => {
      change = next;
    },
  };
  consoles.set(account, made);
  sitAt(made);
  const me = await ok<Me>(await staff.get('/api/staff/me'));
  state.hold(new Keyring(instance.suite, state.directories, me, staff.person.secrets));
  return made;
}

/** Whose computer it is that calls the server from now on. */
export function sitAt(at: TestConsole): void {
  const found = consoles.get(at.staff.person.account);
  if (found === undefined) throw new Error('nobody sits there');
  vi.stubGlobal('fetch', found.fetch);
}

export const contentOf = (what: string, more: Partial<TipContent> = {}): TipContent => ({
  v: 1,
  lang: 'vi',
  place: { province: '14', commune: '03646', name: 'Phường Tô Hiệu' },
  conduct: 'brokering',
  urgent: { happeningNow: false, danger: false, minor: false },
  official: { involved: 'no', unit: null, role: null },
  excluded: [],
  what,
  when: '',
  where: '',
  who: '',
  how: '',
  ...more,
});

/** A tip with proper content, sealed and sent the whole way. */
export const send = (instance: Instance, content: unknown, unit: UnitId = TO_HIEU): Promise<SentTip> =>
  sendTip(instance, { content, unit });

/** Flips one bit of a base64url text's bytes, in the middle. */
export const flipped = (text: string): string => {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
};
