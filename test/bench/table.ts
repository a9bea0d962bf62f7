/** One line of a bench table. `met` is null where nothing is promised. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The target in words, empty where nothing is promised. */
  readonly target: string;
  readonly met: boolean | null;
}

/** A measured value that must not exceed its target. */
export const atMost = (name: string, value: number, unit: string, target: number): BenchRow => ({
  name,
  value,
  unit,
  target: `≤ ${format(target)}`,
  met: value <= target,
});

/** A measured value that stands beside others and promises nothing. */
export const plainRow = (name: string, value: number, unit: string): BenchRow => ({
  name,
  value,
  unit,
  target: '',
  met: null,
});

/** A Markdown table of rows. */
export function benchTable(title: string, rows: readonly BenchRow[]): string {
  const lines = rows.map(({ name, value, unit, target, met }) => {
    const verdict = met === null ? '' : met ? 'met' : 'MISSED';
    return `| ${name} | ${format(value)} ${unit} | ${target === '' ? '' : `${target} ${unit}`} | ${verdict} |`;
  });
  return [title, '', '| what | measured | target | |', '|---|---:|---:|---|', ...lines].join('\n');
}

const format = (value: number): string =>
  value.toFixed(Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** The value below which a share of the sorted samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Milliseconds that each of `times` runs took; the runs before them warm caches and the compiler. */
export async function timed(
  times: number,
  work: (turn: number) => Promise<unknown>,
  warm = 5,
): Promise<number[]> {
  for (let turn = 0; turn < warm; turn++) await work(turn);
  const samples: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const started = performance.now();
    await work(turn);
    samples.push(performance.now() - started);
  }
  return samples;
}
