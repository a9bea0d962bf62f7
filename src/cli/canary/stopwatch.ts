/** Milliseconds of one kind of act over a run. */
export interface Timing {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Collects how long acts take, by name. */
export class Stopwatch {
  readonly #samples = new Map<string, number[]>();

  /** Runs an act and notes its time, also when it fails. */
  async time<T>(name: string, act: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await act();
    } finally {
      const list = this.#samples.get(name) ?? [];
      list.push(performance.now() - begun);
      this.#samples.set(name, list);
    }
  }

  /** Timings by name, whole milliseconds. */
  report(): Readonly<Record<string, Timing>> {
    return Object.fromEntries(Array.from(this.#samples, ([name, samples]) => [name, timingOf(samples)]));
  }
}

function timingOf(samples: readonly number[]): Timing {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}
