import { Worker } from 'node:worker_threads';
import { packChecks, type SignatureCheck, type SignatureVerdicts } from './signature-batch.ts';

// Sources run as they are in tests; the build puts the thread's program beside the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js',
  import.meta.url,
);

/** Checks in one message: enough to make the message cheap, few enough that the first does not wait long for the last. */
const MAX_BATCH = 16;
/** Checks in one message of a lot that is wanted as a whole: nobody waits for its first. */
const LOT_BATCH = 64;

export interface VerifyThreads {
  /** Ed25519 verification on another thread. False for any malformed input; rejects only when the threads have ended. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean>;
  /** The same for many at once, results in their order: for who reads faster than signatures are checked, and wants all of them. */
  verifyAll(checks: readonly SignatureCheck[]): Promise<readonly boolean[]>;
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

/** Who waits for a message's verdicts. */
interface Told {
  answer(valid: Uint8Array): void;
  fail(error: Error): void;
}

interface Sent extends Told {
  readonly thread: Thread;
}

/** True where signature and key have their lengths; nothing else is sent to a thread. */
const isFormed = ({ signature, publicKey }: Pick<SignatureCheck, 'signature' | 'publicKey'>): boolean =>
  signature.length === 64 && publicKey.length === 32;

/**
 * Verifies signatures on threads of its own, in batches: handing one check to libuv's pool costs the main thread half as much as the check
 * itself, and a burst of submissions needs thousands a second. What arrives in one turn of the event loop goes out together; what arrives
 * while the threads are busy gathers into larger batches. Should one of them end by itself, every check rejects from then on, and `lost` is
 * called once: nothing mends that but a new process.
 */
export function openVerifyThreads(count: number, lost: () => void = () => undefined): VerifyThreads {
  const sent = new Map<number, Sent>();
  let waiting: Waiting[] = [];
  let scheduled = false;
  let last = 0;
  let ended: Error | null = null;

  const end = (error: Error): void => {
    if (ended === null) lost();
    ended ??= error;
    for (const { fail } of sent.values()) fail(error);
    for (const { reject } of waiting) reject(error);
    sent.clear();
    waiting = [];
  };
  const flush = (): void => {
    scheduled = false;
    while (waiting.length > 0) {
      const thread = leastBusy();
      if (thread.underway >= MAX_UNDERWAY) return;
      const batch = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      send(
        thread,
        batch.map(({ check }) => check),
        {
          answer: (valid) => {
            for (const [at, { resolve }] of batch.entries()) resolve(valid[at] === 1);
          },
          fail: (error) => {
            for (const { reject } of batch) reject(error);
          },
        },
      );
    }
  };
  const leastBusy = (): Thread =>
    threads.reduce((least, one) => (one.underway < least.underway ? one : least));
  const send = (thread: Thread, checks: readonly SignatureCheck[], told: Told): void => {
    const id = ++last;
    thread.underway++;
    sent.set(id, { thread, ...told });
    // Some kilobytes: copying them costs less than handing them over.
    thread.worker.postMessage(packChecks(id, checks));
  };
  const done = ({ id, valid }: SignatureVerdicts): void => {
    const one = sent.get(id);
    if (!one) return;
    sent.delete(id);
    one.thread.underway--;
    one.answer(valid);
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
      if (!isFormed({ signature, publicKey })) return Promise.resolve(false);
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        waiting.push({ check: { signature, message, publicKey }, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        setImmediate(flush);
      });
    },
    async verifyAll(checks) {
      if (ended) throw ended;
      const formed = checks.filter(isFormed);
      const lots = Array.from({ length: Math.ceil(formed.length / LOT_BATCH) }, (_, i) =>
        formed.slice(i * LOT_BATCH, (i + 1) * LOT_BATCH),
      );
      const results = await Promise.all(
        lots.map(
          (lot) =>
            new Promise<Uint8Array>((resolve, reject) => {
              send(leastBusy(), lot, { answer: resolve, fail: reject });
            }),
        ),
      );
      const valid = results.flatMap((lot) => [...lot]);
      let next = 0;
      return checks.map((check) => isFormed(check) && valid[next++] === 1);
    },
    async close() {
      ended ??= new Error('the verify threads were closed');
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
