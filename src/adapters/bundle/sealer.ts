import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { BundleInSealing, BundleSealer } from '../../ports/bundle-sealer.ts';
import type { BundleJob, BundleReply, BundleTask } from './jobs.ts';

/** Bundles that are sealed at once; each has a thread of some 40 MiB. */
const AT_ONCE = 2;
/** Seconds after which an auditor may find room. */
const RETRY_AFTER = 60;

// Sources run as they are in tests; the build puts the thread beside the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './bundle-thread.ts' : './bundle-thread.js',
  import.meta.url,
);

/** Seals each bundle in a thread that is started for it and ended after it. */
export function createBundleSealer(): BundleSealer {
  const threads = new Set<Worker>();
  return {
    async begin(header, kemKey) {
      if (threads.size >= AT_ONCE) throw new AppError('sealer_busy', { retryAfter: RETRY_AFTER });
      const task: BundleTask = { header, kemKey };
      const worker = new Worker(threadFile, { workerData: task });
      threads.add(worker);
      worker.unref();
      return conversation(worker, () => {
        threads.delete(worker);
        void worker.terminate();
      });
    },
    async close() {
      await Promise.all([...threads].map((worker) => worker.terminate()));
      threads.clear();
    },
  };
}

/** One question at a time; a thread that ends by itself answers nothing any more. */
function conversation(worker: Worker, end: () => void): BundleInSealing {
  let waiting: { resolve(bytes: Uint8Array): void; reject(error: AppError): void } | null = null;
  let over = false;
  const stop = (): void => {
    over = true;
    end();
    waiting?.reject(new AppError('unavailable', { retryAfter: RETRY_AFTER }));
    waiting = null;
  };
  worker.on('message', (reply: BundleReply) => {
    if (reply.kind === 'failed') return stop();
    waiting?.resolve(reply.bytes);
    waiting = null;
  });
  worker.on('error', stop);
  worker.on('exit', stop);
  const ask = (job: BundleJob, moved: ArrayBuffer[]): Promise<Uint8Array> => {
    if (over) return Promise.reject(new AppError('unavailable', { retryAfter: RETRY_AFTER }));
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      worker.postMessage(job, moved);
    });
  };
  return {
    push: (bytes) => ask({ kind: 'push', bytes }, [bytes.buffer]),
    async finish() {
      const last = await ask({ kind: 'finish' }, []);
      stop();
      return last;
    },
    abort: stop,
  };
}
