import { parentPort, workerData } from 'node:worker_threads';
import type { Store } from '../../../ports/store/store.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import { type Call, carry, type Reply, type ThreadData } from './messages.ts';
import { unpackBatch } from './pack.ts';

const port = parentPort;
if (port === null) throw new Error('store-thread runs as a worker thread');
const reply = (message: Reply): void => port.postMessage(message);

let store: Store | null = null;
try {
  store = openSqliteStore(workerData as ThreadData);
  reply({ ready: true });
} catch (error) {
  reply({ id: 'open', error: carry(error) });
  port.close();
}

port.on('message', (call: Call) => {
  void carryOut(call);
});

async function carryOut(call: Call): Promise<void> {
  if (store === null) return;
  try {
    reply({ id: call.id, value: await answer(store, call) });
  } catch (error) {
    reply({ id: call.id, error: carry(error) });
  }
}

async function answer(opened: Store, call: Call): Promise<unknown> {
  if ('batch' in call) return opened.intake.accept(unpackBatch(call.batch));
  const target = (call.area === null ? opened : opened[call.area]) as unknown as Record<string, unknown>;
  const method = Object.hasOwn(target, call.method) ? target[call.method] : undefined;
  if (typeof method !== 'function') throw new TypeError(`the store has no ${call.area ?? ''} ${call.method}`);
  return method.apply(target, call.args);
}
