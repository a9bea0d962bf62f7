import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { RECEIPT_COST } from '../protocol/receipt-code.ts';
import type { Argon2Cost } from '../protocol/suite.ts';
import type { Stretching, StretchResult } from './credential-worker.ts';

/** Argon2id in worker threads: a new instance or the canary needs some dozens of runs of 256 MiB each. */
export interface StretchPool {
  /** The 32-byte master of a passphrase (`stretchPassphrase`). Rejects with the worker's reason. */
  stretch(passphrase: string, salt: Uint8Array, cost: Argon2Cost): Promise<Uint8Array>;
  /** The 32-byte master of a citizen's code (`stretchReceiptCode`), at its one cost. */
  stretchCode(code: string, instance: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  readonly job: Stretching;
  readonly resolve: (master: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

// Sources run as they are in tests; the build puts the worker beside the bundle.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './credential-worker.ts' : './credential-worker.js',
  import.meta.url,
);

/** Opens a pool of at most `size` threads (default: one a core, at most 4: each run takes 256 MiB). Close it when done. */
export function openStretchPool(size = Math.min(availableParallelism(), 4)): StretchPool {
  const queue: Waiting[] = [];
  const threads = new Map<Worker, Waiting | null>();

  const next = (worker: Worker): void => {
    const waiting = queue.shift() ?? null;
    threads.set(worker, waiting);
    if (waiting !== null) worker.postMessage(waiting.job);
  };
  const lose = (worker: Worker, error: Error): void => {
    threads.get(worker)?.reject(error);
    threads.delete(worker);
  };
  const start = (): Worker => {
    const worker = new Worker(workerFile);
    threads.set(worker, null);
    worker.on('message', (result: StretchResult) => {
      const waiting = threads.get(worker);
      if ('master' in result) waiting?.resolve(result.master);
      else waiting?.reject(new Error(result.error));
      next(worker);
    });
    worker.on('error', (error) => lose(worker, error instanceof Error ? error : new Error('worker failed')));
    worker.on('exit', () => lose(worker, new Error('worker ended')));
    return worker;
  };

  const run = (job: Stretching): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      const idle = [...threads].find(([, busy]) => busy === null)?.[0];
      if (idle !== undefined) next(idle);
      else if (threads.size < size) next(start());
    });

  return {
    stretch: (passphrase, salt, cost) => run({ kind: 'passphrase', passphrase, salt, cost }),
    stretchCode: (code, instance) => run({ kind: 'code', code, instance, cost: RECEIPT_COST }),
    async close() {
      const workers = [...threads.keys()];
      threads.clear();
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
