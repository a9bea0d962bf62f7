/** One kind of answer within one hour. Durations in milliseconds. */
export interface TallyLine {
  readonly hour: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly code?: string;
  readonly count: number;
  readonly ms: number;
  readonly msMax: number;
}

interface Counted {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly code?: string;
  count: number;
  total: number;
  max: number;
}

export interface Tally {
  /** Counts one request in an hour; a later hour than the last writes out what was counted before. */
  add(
    hour: number,
    line: {
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly ms: number;
      readonly code?: string;
    },
  ): void;
  /** Writes out when the hour has turned. */
  turn(hour: number): void;
  /** Writes out now. */
  flush(): void;
}

/** Counts requests by method, route, status and code within an hour. Sorted when written: the order tells nothing either. */
export function createTally(write: (line: TallyLine) => void): Tally {
  const counted = new Map<string, Counted>();
  let current = 0;
  const flush = (): void => {
    const hour = new Date(current * 3_600_000).toISOString().slice(0, 13);
    for (const key of [...counted.keys()].sort()) {
      const one = counted.get(key);
      if (!one) continue;
      const { total, max, ...facts } = one;
      write({ hour, ...facts, ms: Math.round(total / one.count), msMax: max });
    }
    counted.clear();
  };
  const turn = (hour: number): void => {
    if (hour === current) return;
    flush();
    current = hour;
  };
  return {
    turn,
    flush,
    add(hour, { ms, ...line }) {
      turn(hour);
      const key = `${line.route} ${line.method} ${line.status} ${line.code ?? ''}`;
      const one = counted.get(key);
      if (one) {
        one.count++;
        one.total += ms;
        one.max = Math.max(one.max, ms);
      } else counted.set(key, { ...line, count: 1, total: ms, max: ms });
    },
  };
}
