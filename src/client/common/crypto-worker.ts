import type { Method, WorkerApi, WorkerReply, WorkerRequest } from './worker-api.ts';

/** A step in the Worker was refused; `code` is a protocol code, `worker_failed` or `worker_lost`. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: WorkerError) => void;
  readonly progress: ((share: number) => void) | undefined;
}

/** The page's side of the crypto Worker. */
export interface CryptoWorker {
  call<M extends Method>(
    method: M,
    args: Parameters<WorkerApi[M]>,
    progress?: (share: number) => void,
  ): Promise<Awaited<ReturnType<WorkerApi[M]>>>;
  /** Ends the Worker and everything in its memory. */
  end(): void;
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

/** The one Trusted Types policy: scripts of this build and nothing else. */
const allowBuild = (url: string): string => {
  if (!/^\/build\/[\w.-]+$/.test(url)) throw new TypeError('not a script of this build');
  return url;
};

let policy: ScriptUrlPolicy | undefined;

function scriptUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  if (factory === undefined) return allowBuild(url);
  policy ??= factory.createPolicy('tinkin', { createScriptURL: allowBuild });
  return policy.createScriptURL(url);
}

/** Starts a script of this build as a Worker. Throws where module workers do not exist. */
export const startScript = (url: string): Worker => new Worker(scriptUrl(url), { type: 'module' });

/** Starts the Worker. Every call that waits fails with `worker_lost` when it dies. Throws where module workers do not exist. */
export function startWorker(url: string): CryptoWorker {
  const worker = startScript(url);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let lost = false;

  const lose = (): void => {
    lost = true;
    for (const one of waiting.values()) one.reject(new WorkerError('worker_lost'));
    waiting.clear();
  };
  worker.addEventListener('error', lose);
  worker.addEventListener('messageerror', lose);
  worker.addEventListener('message', (event: MessageEvent<WorkerReply>) => {
    const reply = event.data;
    const one = waiting.get(reply.id);
    if (one === undefined) return;
    if (reply.kind === 'progress') {
      one.progress?.(reply.share);
      return;
    }
    waiting.delete(reply.id);
    if (reply.kind === 'done') one.resolve(reply.value);
    else one.reject(new WorkerError(reply.code));
  });

  return {
    call(method, args, progress) {
      if (lost) return Promise.reject(new WorkerError('worker_lost'));
      last += 1;
      const request: WorkerRequest = { id: last, method, args };
      return new Promise((resolve, reject) => {
        // The Worker answers a method with that method's own result.
        waiting.set(request.id, { resolve: resolve as (value: unknown) => void, reject, progress });
        worker.postMessage(request);
      });
    },
    end() {
      worker.terminate();
      lose();
    },
  };
}
