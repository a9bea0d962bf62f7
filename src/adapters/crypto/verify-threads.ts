import { Worker } from 'node:worker_threads';
import { packChecks, type SignatureCheck, type SignatureVerdicts } from './signature-batch.ts';

// Sources run as they are in tests; the build puts the thread's program beside the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js',
  import.meta.url,
);

/** Checks in one message: enough to make the message cheap, few enough that the first does not wait long for the last. */
const MAX_BATCH = 16;

export interface VerifyThreads {
  /** Ed25519 verification on another thread. False for any malformed input; rejects only when the threads have ended. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

interface Waiting {
  readonly check: SignatureCheck;
  readonly resolve: (valid: boolean) => void;
  readonly reject: (error: Error) => void;
}

/** Batches that a thread may have before it at once: the next lies ready when one is done, and the rest gathers meanwhile. */
const MAX_UNDERWAY = 2;

interface Thread {
  readonly worker: Worker;
  underway: number;
}

/**
 * Verifies signatures on threads of its own, in batches: handing one check to libuv's pool costs the main thread half as much as the check
 * itself, and a burst of submissions needs thousands a second. What arrives in one turn of the event loop goes out together; what arrives
 * while the threads are busy gathers into larger batches. Should one of them end by itself, every check rejects from then on, and `lost` is
 * called once: nothing mends that but a new process.
 */
export function openVerifyThreads(count: number, lost: () => void = () => undefined): VerifyThreads {
  const sent = new Map<number, { readonly thread: Thread; readonly batch: readonly Waiting[] }>();
  let waiting: Waiting[] = [];
  let scheduled = false;
  let last = 0;
  let ended: Error | null = null;

  const end = (error: Error): void => {
    if (ended === null) lost();
    ended ??= error;
    for (const { batch } of sent.values()) for (const { reject } of batch) reject(error);
    for (const { reject } of waiting) reject(error);
    sent.clear();
    waiting = [];
  };
  const flush = (): void => {
    scheduled = false;
    while (waiting.length > 0) {
      const thread = threads.reduce((least, one) => (one.underway < least.underway ? one : least));
      if (thread.underway >= MAX_UNDERWAY) return;
      const batch = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      const id = ++last;
      const packed = packChecks(
        id,
        batch.map(({ check }) => check),
      );
      thread.underway++;
      sent.set(id, { thread, batch });
      // Some kilobytes: copying them costs less than handing them over.
      thread.worker.postMessage(packed);
    }
  };
  const done = ({ id, valid }: SignatureVerdicts): void => {
    const one = sent.get(id);
    if (!one) return;
    sent.delete(id);
    one.thread.underway--;
    for (const [at, { resolve }] of one.batch.entries()) resolve(valid[at] === 1);
    flush();
  };

  const threads = Array.from({ length: count }, (_, i): Thread => {
    const worker = new Worker(threadFile, { name: `verify-${i}` });
    worker.on('message', done);
    worker.on('error', (error) => end(error instanceof Error ? error : new Error('a verify thread failed')));
    worker.on('exit', () => end(new Error('a verify thread has ended')));
    return { worker, underway: 0 };
  });

  return {
    verify(signature, message, publicKey) {
      if (signature.length !== 64 || publicKey.length !== 32) return Promise.resolve(false);
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        waiting.push({ check: { signature, message, publicKey }, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        setImmediate(flush);
      });
    },
    async close() {
      ended ??= new Error('the verify threads were closed');
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
