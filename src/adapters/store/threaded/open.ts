import { Worker } from 'node:worker_threads';
import type { IntakeStore } from '../../../ports/store/intake-store.ts';
import type { Store } from '../../../ports/store/store.ts';
import type { SqliteStoreOptions } from '../sqlite/open.ts';
import { AREAS, type Area, type Call, type OwnMethod, type Reply, restore } from './messages.ts';
import { packBatch } from './pack.ts';

// Sources run as they are in tests; the build puts the thread's program beside the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './store-thread.ts' : './store-thread.js',
  import.meta.url,
);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The embedded store on a thread of its own: the same adapter behind the same port, so that waiting for the disk never keeps requests
 * waiting, and checking the next submissions goes on while the last ones are written. Calls are carried out in order.
 * Rejects as `openSqliteStore` throws. Should the thread end by itself later on, every call rejects from then on, and `lost` is called
 * once: nothing mends that but a new process.
 */
export async function openThreadedStore(
  options: SqliteStoreOptions,
  lost: () => void = () => undefined,
): Promise<Store> {
  const thread = new Worker(threadFile, { workerData: options, name: 'store' });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let ended: Error | null = null;
  let state: 'opening' | 'open' | 'closing' = 'opening';

  const post = (call: (id: number) => Call, transfer: ArrayBuffer[] = []): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      const id = ++last;
      waiting.set(id, { resolve, reject });
      thread.postMessage(call(id), transfer);
    });
  const end = (error: Error): void => {
    if (ended === null && state === 'open') lost();
    ended ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  await new Promise<void>((resolve, reject) => {
    thread.on('message', (reply: Reply) => {
      if ('ready' in reply) resolve();
      else if (reply.id === 'open') reject('error' in reply ? restore(reply.error) : new Error('open'));
      else {
        const one = waiting.get(reply.id);
        waiting.delete(reply.id);
        if ('error' in reply) one?.reject(restore(reply.error));
        else one?.resolve(reply.value);
      }
    });
    thread.on('error', (error) => {
      const known = error instanceof Error ? error : new Error('the store thread failed');
      end(known);
      reject(known);
    });
    thread.on('exit', () => {
      end(new Error('the store thread has ended'));
      reject(new Error('the store thread has ended'));
    });
  });
  state = 'open';

  const own = (method: OwnMethod, ...args: unknown[]): Promise<unknown> =>
    post((id) => ({ id, area: null, method, args }));
  const areas = Object.fromEntries(
    AREAS.map((area) => [area, remoteArea((method, args) => post((id) => ({ id, area, method, args })))]),
  ) as unknown as Pick<Store, Area>;

  return {
    ...areas,
    intake: {
      accept: (batch) => {
        const packed = packBatch(batch);
        return post((id) => ({ id, batch: packed }), [packed.bytes.buffer]) as ReturnType<
          IntakeStore['accept']
        >;
      },
      answerFor: areas.intake.answerFor,
      forgetExpiredChallenges: areas.intake.forgetExpiredChallenges,
    },
    meta: (key) => own('meta', key) as ReturnType<Store['meta']>,
    setMetaOnce: (key, value) => own('setMetaOnce', key, value) as ReturnType<Store['setMetaOnce']>,
    ping: () => own('ping') as ReturnType<Store['ping']>,
    async close() {
      if (ended) return;
      await own('close');
      state = 'closing';
      await thread.terminate();
    },
  };
}

/** An area whose methods are known only by name: the port's types are put on it by the caller. */
function remoteArea(
  call: (method: string, args: readonly unknown[]) => Promise<unknown>,
): Record<string, (...args: unknown[]) => Promise<unknown>> {
  const methods = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  return new Proxy(
    {},
    {
      get(_target, name) {
        // An object with `then` would be taken for a promise.
        if (typeof name !== 'string' || name === 'then') return undefined;
        const known = methods.get(name) ?? ((...args: unknown[]) => call(name, args));
        methods.set(name, known);
        return known;
      },
    },
  );
}
