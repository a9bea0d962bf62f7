import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { SealerJob, SealerReply, SealerResults } from './jobs.ts';

/** Seconds after which a retry may find room. */
const RETRY_AFTER = 30;
/** A job takes a fraction of a second; a thread that takes this long (ms) is ended. */
const JOB_TIMEOUT = 60_000;

interface Waiting {
  readonly job: SealerJob;
  readonly resolve: (reply: SealerReply) => void;
  readonly reject: (error: AppError) => void;
}

/** A refusal inside a thread, with the content of a tip that was not sealed. */
export class SealerRefusal extends ProtocolError {
  readonly content: Uint8Array<ArrayBuffer> | undefined;

  constructor(code: ProtocolError['code'], content: Uint8Array<ArrayBuffer> | undefined) {
    super(code);
    this.content = content;
  }
}

export interface Threads {
  /** Errors: `sealer_busy` (AppError), `unavailable` (AppError), `SealerRefusal`. */
  run<K extends SealerJob['kind']>(job: Extract<SealerJob, { kind: K }>): Promise<SealerResults[K]>;
  close(): Promise<void>;
}

/** Sending and reading wait apart and take turns, so that neither can starve the other. */
type Lane = 'send' | 'read';
const laneOf = (job: SealerJob): Lane => (job.kind === 'seal' ? 'send' : 'read');

export interface ThreadsOptions {
  /** Threads at most; each needs about 100 MiB while it derives a code's keys. */
  readonly workers: number;
  /** Jobs that may wait in each lane beside those that run. */
  readonly queue: number;
  /** Given to every thread as it starts. */
  readonly data: string;
}

// Sources run as they are in tests; the build puts the worker beside the bundle.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './sealer-worker.ts' : './sealer-worker.js',
  import.meta.url,
);

/** Threads that start when they are first needed, one job each at a time, a bounded number of jobs waiting in each of two lanes. */
export function startThreads({ workers, queue: room, data }: ThreadsOptions): Threads {
  const lanes: Readonly<Record<Lane, Waiting[]>> = { send: [], read: [] };
  let turn: Lane = 'send';
  const threads = new Map<Worker, { readonly waiting: Waiting; readonly timer: NodeJS.Timeout } | null>();
  let closed = false;

  /** The next job: of the lane whose turn it is, or of the other when that one is empty. */
  const next = (): Waiting | undefined => {
    const other: Lane = turn === 'send' ? 'read' : 'send';
    const waiting = lanes[turn].shift();
    if (waiting === undefined) return lanes[other].shift();
    turn = other;
    return waiting;
  };
  const give = (worker: Worker, waiting: Waiting | undefined): void => {
    if (waiting === undefined) {
      threads.set(worker, null);
      return;
    }
    const timer = setTimeout(() => void worker.terminate(), JOB_TIMEOUT);
    threads.set(worker, { waiting, timer });
    worker.postMessage(waiting.job, transfers(waiting.job));
  };
  const lose = (worker: Worker): void => {
    if (!threads.has(worker)) return;
    const busy = threads.get(worker);
    if (busy) {
      clearTimeout(busy.timer);
      busy.waiting.reject(new AppError('unavailable', { retryAfter: RETRY_AFTER }));
    }
    threads.delete(worker);
    // Whoever waits gets another thread; a thread that dies at once cannot loop, because its job goes with it.
    const waiting = closed ? undefined : next();
    if (waiting !== undefined) give(start(), waiting);
  };
  const start = (): Worker => {
    const worker = new Worker(workerFile, { workerData: data });
    worker.unref();
    worker.on('message', (reply: SealerReply) => {
      const busy = threads.get(worker);
      if (busy) {
        clearTimeout(busy.timer);
        busy.waiting.resolve(reply);
      }
      give(worker, next());
    });
    worker.on('error', () => lose(worker));
    worker.on('exit', () => lose(worker));
    return worker;
  };
  const enter = (waiting: Waiting): void => {
    const idle = [...threads].find(([, busy]) => busy === null)?.[0];
    if (idle !== undefined) give(idle, waiting);
    else if (threads.size < workers) give(start(), waiting);
    else if (lanes[laneOf(waiting.job)].length < room) lanes[laneOf(waiting.job)].push(waiting);
    else waiting.reject(new AppError('sealer_busy', { retryAfter: RETRY_AFTER }));
  };

  return {
    async run(job) {
      if (closed) throw new AppError('unavailable', { retryAfter: RETRY_AFTER });
      const reply = await new Promise<SealerReply>((resolve, reject) => enter({ job, resolve, reject }));
      if (reply.ok) return reply.value as never;
      if (reply.code === 'failed') throw new AppError('unavailable', { retryAfter: RETRY_AFTER });
      throw new SealerRefusal(reply.code, reply.content);
    },
    async close() {
      closed = true;
      for (const lane of Object.values(lanes))
        for (const waiting of lane.splice(0)) waiting.reject(new AppError('unavailable'));
      await Promise.all([...threads.keys()].map((worker) => worker.terminate()));
    },
  };
}

/** Secrets are moved: the main thread keeps no copy of them. */
const transfers = (job: SealerJob): ArrayBuffer[] =>
  job.kind === 'seal'
    ? [job.content.buffer, job.seed.buffer]
    : job.kind === 'read'
      ? [job.secret.buffer]
      : [];
