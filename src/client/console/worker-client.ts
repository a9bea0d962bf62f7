import { startsByItself } from './by-itself.ts';
import { heedSession, Problem, type ProblemCode } from './http.ts';
import type { Answer, Calls, Question } from './worker/calls.ts';

interface Waiting {
  readonly done: (value: unknown) => void;
  readonly failed: (problem: Problem) => void;
  readonly report: ((done: number, total: number) => void) | undefined;
}

type WorkerFactory = () => Worker;

/**
 * The page's side of the crypto Worker. Keys live over there only: what comes back is text to show and bytes to send. Replacing the
 * Worker is the surest way to forget: `lock` does that.
 */
export class Vault {
  readonly #make: WorkerFactory;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #next = 1;

  constructor(make: WorkerFactory) {
    this.#make = make;
  }

  /** Asks the Worker, and reports progress where the work is long. Rejects with `Problem`. */
  ask<Name extends keyof Calls>(
    name: Name,
    input: Calls[Name]['in'],
    report?: (done: number, total: number) => void,
  ): Promise<Calls[Name]['out']> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        done: (value) => resolve(value as Calls[Name]['out']),
        failed: reject,
        report,
      });
      const question: Question = { id, name, input, auto: startsByItself() };
      this.#live().postMessage(question);
    });
  }

  /** Ends the Worker with everything it knew. Calls still under way are refused as `locked`. */
  lock(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const waiting of this.#waiting.values()) waiting.failed(new Problem('locked'));
    this.#waiting.clear();
  }

  #live(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = this.#make();
    worker.onmessage = (message: MessageEvent<Answer>) => this.#hear(message.data);
    worker.onerror = () => {
      for (const waiting of this.#waiting.values()) waiting.failed(new Problem('worker'));
      this.#waiting.clear();
    };
    this.#worker = worker;
    return worker;
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.kind === 'progress') {
      waiting.report?.(answer.done, answer.total);
      return;
    }
    this.#waiting.delete(answer.id);
    if (answer.kind === 'value') waiting.done(answer.value);
    else waiting.failed(heedSession(new Problem(answer.code as ProblemCode, answer)));
  }
}
