import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { RecordingInSealing, RecordingSealer } from '../../ports/recording-sealer.ts';
import type { RecordingJob, RecordingReply, RecordingTask } from './jobs.ts';

/** Recordings that are sealed at once; each has a thread of some 40 MiB. */
const AT_ONCE = 4;
/** Seconds after which a switchboard may find room. */
const RETRY_AFTER = 30;

// Sources run as they are in tests; the build puts the thread beside the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './recording-thread.ts' : './recording-thread.js',
  import.meta.url,
);

/** Seals each recording in a thread that is started for it and ended after it. */
export function createRecordingSealer(): RecordingSealer {
  const threads = new Set<Worker>();
  return {
    async begin(id, readers) {
      if (threads.size >= AT_ONCE) throw new AppError('sealer_busy', { retryAfter: RETRY_AFTER });
      const task: RecordingTask = { id, readers };
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
function conversation(worker: Worker, end: () => void): RecordingInSealing {
  let waiting: { resolve(reply: RecordingReply): void; reject(error: AppError): void } | null = null;
  let over = false;
  const stop = (): void => {
    over = true;
    end();
    waiting?.reject(new AppError('unavailable', { retryAfter: RETRY_AFTER }));
    waiting = null;
  };
  worker.on('message', (reply: RecordingReply) => {
    waiting?.resolve(reply);
    waiting = null;
  });
  worker.on('error', stop);
  worker.on('exit', stop);
  const ask = async (job: RecordingJob, moved: ArrayBuffer[]): Promise<RecordingReply> => {
    if (over) throw new AppError('unavailable', { retryAfter: RETRY_AFTER });
    const reply = await new Promise<RecordingReply>((resolve, reject) => {
      waiting = { resolve, reject };
      worker.postMessage(job, moved);
    });
    if (reply.kind !== 'failed') return reply;
    stop();
    throw new AppError('unavailable', { retryAfter: RETRY_AFTER });
  };
  return {
    async push(bytes) {
      const reply = await ask({ kind: 'push', bytes }, [bytes.buffer]);
      return reply.kind === 'parts' ? reply.parts : [];
    },
    async finish(meta) {
      const reply = await ask({ kind: 'finish', ...meta }, []);
      stop();
      if (reply.kind !== 'sealed') throw new AppError('unavailable');
      return reply.sealed;
    },
    abort: stop,
  };
}
