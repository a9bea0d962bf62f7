import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.ts';
import { type BenchRow, plainRow } from './table.ts';

interface Verified {
  readonly events: number;
  readonly signatures: number;
  /** The same for each second that a processor worked, all threads together. */
  readonly perCpuSecond: number;
  /** Largest memory of the process, MiB. */
  readonly rss: number;
}

interface Bare {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Of the machine's own verification rate. */
const SHARE = 0.8;

const verified = (folder: string, where: 'nowhere' | 'here' | 'threads'): Promise<Verified> =>
  run<Verified>('verify-bundle.ts', [folder, where]);

/** Ed25519 verifications a second by so many processes at once. */
const bare = async (processes: number): Promise<Bare> => {
  const all = await Promise.all(Array.from({ length: processes }, () => run<Bare>('raw-verify.ts', ['3'])));
  const sum = (of: (rate: Bare) => number): number => all.reduce((total, rate) => total + of(rate), 0);
  return {
    perSecond: sum(({ perSecond }) => perSecond),
    perCpuSecond: sum(({ perCpuSecond }) => perCpuSecond) / processes,
  };
};

/** A bundle of so many events of tips in a folder of its own, as long as `look` takes. */
async function withBundle<T>(events: number, look: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-bundle-'));
  try {
    await run('bundle-files.ts', [folder, String(events)]);
    return await look(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The auditor's verifier, as `tinkin audit verify` runs it, over whole bundles of an honest log: signatures and events a second beside bare Ed25519
 * verification before and after it, and its memory over ten times and a hundred times as many events.
 */
export async function benchVerifier(small: boolean): Promise<BenchRow[]> {
  const cores = availableParallelism();
  const [sizeOfSpeed, ...others] = small ? [20_000, 100_000] : [100_000, 10_000, 1_000_000];
  const speed = await withBundle(sizeOfSpeed ?? 0, async (folder) => {
    const before = [await bare(1), await bare(cores)] as const;
    const reading = await verified(folder, 'nowhere');
    const here = await verified(folder, 'here');
    const threads = await verified(folder, 'threads');
    const after = [await bare(1), await bare(cores)] as const;
    return {
      ...{ reading, here, threads },
      one: (before[0].perSecond + after[0].perSecond) / 2,
      all: (before[1].perSecond + after[1].perSecond) / 2,
      work: (before[0].perCpuSecond + after[0].perCpuSecond) / 2,
    };
  });
  const { reading, here, threads, one, all, work } = speed;
  const rows = [
    plainRow('bare Ed25519 verification, one thread', one, '/s'),
    plainRow(`bare Ed25519 verification, ${cores} processes`, all, '/s'),
    plainRow('verifier, signatures taken for right', reading.events, 'events/s'),
    ...speeds('verifier, one thread', here),
    ...speeds('verifier, signatures on two threads beside it', threads),
    share('one thread: signatures ÷ bare verification', here.signatures / one),
    share('all threads: signatures ÷ bare verification', threads.signatures / all),
    // What others do on the machine meanwhile shows less in these two.
    percent('one thread, by processor time', here.perCpuSecond / work),
    percent('all threads, by processor time', threads.perCpuSecond / work),
  ];
  const memory = new Map([[sizeOfSpeed ?? 0, threads.rss]]);
  for (const size of others)
    memory.set(size, (await withBundle(size, (folder) => verified(folder, 'threads'))).rss);
  const sizes = [...memory].sort(([a], [b]) => a - b);
  return [
    ...rows,
    ...sizes.map(([size, rss]) => plainRow(`memory over ${size.toLocaleString('en')} events`, rss, 'MiB')),
  ];
}

const speeds = (name: string, { events, signatures }: Verified): BenchRow[] => [
  plainRow(name, events, 'events/s'),
  plainRow(`${name}, signatures`, signatures, '/s'),
];

const percent = (name: string, value: number): BenchRow => plainRow(name, value * 100, '%');

const share = (name: string, value: number): BenchRow => ({
  ...{ name, value: value * 100, unit: '%' },
  ...{ target: `≥ ${SHARE * 100}`, met: value >= SHARE },
});
