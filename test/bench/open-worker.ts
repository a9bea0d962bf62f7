// Worker thread: the console's crypto Worker without its page. Takes an OpenTask, answers OpenTimes.
import { parentPort, workerData } from 'node:worker_threads';
import type { Me } from '../../src/client/console/wire.ts';
import { Directories } from '../../src/client/console/worker/directories.ts';
import { Keyring, WorkerState } from '../../src/client/console/worker/state.ts';
import { linesOf, openWhole } from '../../src/client/console/worker/tip.ts';
import type { TipId } from '../../src/domain/ids.ts';
import type { Pins } from '../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { loadLaw } from '../../tools/law.mjs';

export interface OpenTask {
  readonly origin: string;
  readonly cookie: string;
  readonly pins: Pins;
  /** Seeds of the officer's keys. */
  readonly sign: Uint8Array;
  readonly kem: Uint8Array;
  /** Opened first and not counted. */
  readonly warm: readonly TipId[];
  /** Opened one by one, each fetched for itself. */
  readonly single: readonly TipId[];
  /** Opened like the lines of a queue. */
  readonly queue: readonly TipId[];
}

/** Milliseconds for each single tip; seconds for the queue. */
export interface OpenTimes {
  readonly single: readonly number[];
  readonly fetched: number;
  readonly decrypted: number;
}

// What the build writes into the console.
Object.assign(globalThis, { __TINKIN_LAW__: loadLaw() });
const task = workerData as OpenTask;
const plainFetch = globalThis.fetch;
globalThis.fetch = (path, init) => {
  const headers = new Headers(init?.headers);
  headers.set('cookie', task.cookie);
  headers.set('sec-fetch-site', 'same-origin');
  return plainFetch(new URL(String(path), task.origin), { ...init, headers });
};

const suite = await loadSodiumSuite();
const state = new WorkerState(suite, task.pins, task.origin);
const me = (await (await fetch('/api/staff/me')).json()) as Me;
state.hold(
  new Keyring(suite, new Directories(suite, task.pins), me, {
    sign: suite.ed25519KeyPair(task.sign),
    kem: { secretKey: task.kem, publicKey: suite.xwingKeyPair(task.kem).publicKey },
  }),
);

for (const tip of task.warm) await openWhole(state, tip);
const single: number[] = [];
for (const tip of task.single) {
  const started = performance.now();
  const opened = await openWhole(state, tip);
  single.push(performance.now() - started);
  if (opened.content === null || !opened.chain) throw new Error(`a tip stayed closed: ${opened.code}`);
}

let started = performance.now();
await state.reads.fetch(task.queue);
const fetched = (performance.now() - started) / 1000;
started = performance.now();
const lines = await linesOf(state, task.queue);
const decrypted = (performance.now() - started) / 1000;
const closed = Object.values(lines).filter(({ text }) => text === null);
if (closed.length > 0) throw new Error(`${closed.length} tips stayed closed: ${closed[0]?.code}`);
parentPort?.postMessage({ single, fetched, decrypted } satisfies OpenTimes);
