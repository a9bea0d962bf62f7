import { Worker } from 'node:worker_threads';
import { listen } from '../../src/instance/listen.ts';
import type { BenchInstance } from './bench-instance.ts';
import type { OpenTask, OpenTimes } from './open-worker.ts';
import type { RealTip } from './real-tips.ts';
import { atMost, type BenchRow, plainRow, quantile } from './table.ts';

/** An officer of the unit that holds the really sealed tips. */
const ACCOUNT = 'tohieu.canbo';
const ONE_BY_ONE = 100;
/** Opened before anything is counted: the directory is verified and the code compiled by then. */
const WARM = 10;

/**
 * The console's own code in a worker thread against the service over HTTP: single tips opened whole (detail, signed read, decryption,
 * every check), then all the others as the queue opens their first lines (signed reads of 100, decryption, every check).
 */
export async function benchOpenTips(
  instance: BenchInstance,
  real: readonly RealTip[],
  secondsBudget = 1,
): Promise<BenchRow[]> {
  const { app, signIn, logins, secrets, pins } = instance;
  const login = logins.find(({ account }) => account === ACCOUNT);
  const keys = secrets.staff.find(({ id }) => id === login?.staff);
  if (keys === undefined) throw new Error(`no keys of ${ACCOUNT}`);
  const cookie = await signIn(ACCOUNT);
  const { port, stop } = await listen(app, '127.0.0.1', instance.port);
  try {
    const tips = real.map(({ tip }) => tip);
    const task: OpenTask = {
      origin: `http://127.0.0.1:${port}`,
      cookie,
      pins,
      sign: keys.sign,
      kem: keys.kem,
      warm: tips.slice(0, WARM),
      single: tips.slice(WARM, WARM + ONE_BY_ONE),
      queue: tips.slice(WARM + ONE_BY_ONE),
    };
    const times = await inWorker(task);
    const thousand = (value: number): number => (value * 1000) / task.queue.length;
    return [
      plainRow('one tip opened, p50', quantile(times.single, 0.5), 'ms'),
      atMost('one tip opened, p99', quantile(times.single, 0.99), 'ms', 50),
      plainRow('tips opened as a queue', task.queue.length, 'tips'),
      atMost(
        '1 000 tips of a queue, decrypted and checked in a worker',
        thousand(times.decrypted),
        's',
        secondsBudget,
      ),
      plainRow('the same with fetching them over HTTP', thousand(times.fetched + times.decrypted), 's'),
    ];
  } finally {
    await stop(500);
  }
}

function inWorker(task: OpenTask): Promise<OpenTimes> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./open-worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}
