import { Worker } from 'node:worker_threads';
import { packChecks, type SignatureCheck, type SignatureVerdicts } from './signature-batch.ts';

// Sources run as they are in tests; the build puts the thread's program beside the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js',
  import.meta.url,
);

/** Checks in one message: enough to make the message cheap, few enough to spread over threads. */
const MAX_BATCH = 32;

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

/**
 * Verifies signatures on threads of its own, in batches: handing one check to libuv's pool costs the main thread half as much as the check
 * itself, and a burst of submissions needs thousands a second. What arrives in one turn of the event loop goes out together.
 */
export function openVerifyThreads(count: number): VerifyThreads {
  const threads: Worker[] = [];
  const sent = new Map<number, readonly Waiting[]>();
  let waiting: Waiting[] = [];
  let scheduled = false;
  let last = 0;
  let ended: Error | null = null;

  const end = (error: Error): void => {
    ended ??= error;
    for (const one of [...sent.values(), waiting].flat()) one.reject(error);
    sent.clear();
    waiting = [];
  };
  const flush = (): void => {
    scheduled = false;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      const id = ++last;
      const packed = packChecks(
        id,
        batch.map(({ check }) => check),
      );
      sent.set(id, batch);
      threads[id % threads.length]?.postMessage(packed, [packed.bytes.buffer]);
    }
  };

  for (let i = 0; i < count; i++) {
    const thread = new Worker(threadFile, { name: `verify-${i}` });
    thread.on('message', ({ id, valid }: SignatureVerdicts) => {
      for (const [at, { resolve }] of (sent.get(id) ?? []).entries()) resolve(valid[at] === 1);
      sent.delete(id);
    });
    thread.on('error', (error) => end(error instanceof Error ? error : new Error('a verify thread failed')));
    thread.on('exit', () => end(new Error('a verify thread has ended')));
    threads.push(thread);
  }
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
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
