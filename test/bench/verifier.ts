import { run } from './child.ts';
import { type BenchRow, plainRow } from './table.ts';

interface Verified {
  readonly perSecond: number;
  /** Largest memory of the process, MiB. */
  readonly rss: number;
}

/** Of the machine's own verification rate, for events with a signature each and two more a tip. */
const SHARE = 0.8;

const verified = (events: number, where: 'nowhere' | 'here' | 'pool'): Promise<Verified> =>
  run<Verified>('verify-lives.ts', [String(events), where]);

/**
 * The auditor's verifier over lives that the life cycle decided and real keys signed: events a second beside bare Ed25519 verification, and its
 * memory over ten times and a hundred times as many.
 */
export async function benchVerifier(small: boolean): Promise<BenchRow[]> {
  const raw = await run<{ here: number; pool: number }>('raw-verify.ts', ['3']);
  const events = small ? 20_000 : 50_000;
  const read = await verified(events, 'nowhere');
  const here = await verified(events, 'here');
  const pool = await verified(events, 'pool');
  const sizes = small ? [10_000, 100_000] : [10_000, 100_000, 1_000_000];
  const memory: BenchRow[] = [];
  for (const size of sizes) {
    const { rss } = await verified(size, 'nowhere');
    memory.push(plainRow(`memory over ${size.toLocaleString('en')} events`, rss, 'MiB'));
  }
  return [
    plainRow('bare Ed25519 verification, one thread', raw.here, '/s'),
    plainRow('bare Ed25519 verification, all threads', raw.pool, '/s'),
    plainRow('verifier without signatures, one thread', read.perSecond, 'events/s'),
    plainRow('verifier, one thread', here.perSecond, 'events/s'),
    plainRow('verifier, signatures on the other threads', pool.perSecond, 'events/s'),
    share('one thread ÷ bare verification there', here.perSecond / raw.here),
    share('all threads ÷ bare verification there', pool.perSecond / raw.pool),
    ...memory,
  ];
}

const share = (name: string, value: number): BenchRow => ({
  ...{ name, value: value * 100, unit: '%' },
  ...{ target: `≥ ${SHARE * 100}`, met: value >= SHARE },
});
