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
  /** Counts one request in an hour. Writes nothing: a line at that moment would tell when somebody came. */
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
  /** Writes out the hours before this one. */
  writeBefore(hour: number): void;
  /** Writes out everything now. */
  flush(): void;
}

/** Counts requests by method, route, status and code within an hour. Sorted when written: the order tells nothing either. */
export function createTally(write: (line: TallyLine) => void): Tally {
  const hours = new Map<number, Map<string, Counted>>();
  const writeBefore = (end: number): void => {
    for (const [hour, counted] of [...hours].filter(([known]) => known < end).sort(([a], [b]) => a - b)) {
      hours.delete(hour);
      const text = new Date(hour * 3_600_000).toISOString().slice(0, 13);
      for (const [, { total, max, ...facts }] of [...counted].sort(([a], [b]) => (a < b ? -1 : 1)))
        write({ hour: text, ...facts, ms: Math.round(total / facts.count), msMax: max });
    }
  };
  return {
    writeBefore,
    flush: () => writeBefore(Number.POSITIVE_INFINITY),
    add(hour, { ms, ...line }) {
      const counted = hours.get(hour) ?? new Map<string, Counted>();
      hours.set(hour, counted);
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
