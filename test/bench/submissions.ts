// Accepted, durable, fully checked tips a second, beside the ceilings of the same run. Load is sealed before timing. BENCH_SMALL=1 runs
// a small size. Run by itself it prints a table, or one JSON object with --json.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { message, run, start } from './child.ts';
import { readFrames } from './frames.ts';
import { type Loaded, load, seal, stop } from './load-rounds.ts';
import { atMost, type BenchRow, benchTable, plainRow } from './table.ts';

const SMALL = process.env.BENCH_SMALL === '1';
const SECONDS = SMALL ? 3 : 10;
const ROUNDS = SMALL
  ? [
      { clients: 1, tips: 150 },
      { clients: 16, tips: 400 },
      { clients: 64, tips: 800 },
    ]
  : [
      { clients: 1, tips: 3_000 },
      { clients: 16, tips: 10_000 },
      { clients: 64, tips: 20_000 },
    ];
const WARM_UP = SMALL ? 300 : 3_000;

interface Measured {
  readonly rows: number;
  readonly bytes: number;
}

export interface SubmissionFigures {
  readonly rounds: readonly {
    readonly clients: number;
    readonly perSecond: number;
    readonly loaded: Loaded;
    readonly barePerSecond: number;
    readonly ratio: number;
  }[];
  readonly rawPerSecond: number;
  readonly diskPerTip: number;
  readonly frameBytes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'tinkin-bench-'));

async function measure(child: ReturnType<typeof start>): Promise<Measured> {
  const answer = message<Measured>(child);
  child.send('measure');
  return answer;
}

export async function benchSubmissions(): Promise<SubmissionFigures> {
  try {
    // Both stand ready, so that service and ceiling are measured one right after the other.
    const server = start('instance-server.ts', ['tinkin']);
    const { port } = await message<{ port: number }>(server);
    const bare = start('instance-server.ts', ['bare']);
    const { port: barePort } = await message<{ port: number }>(bare);
    // A service that has just started compiles its code first; nothing of this is counted.
    const warm = await seal(folder, port, WARM_UP, 'warm');
    await load(port, 64, SECONDS, warm);
    await load(barePort, 64, SECONDS, warm);
    const before = await measure(server);
    const rounds: SubmissionFigures['rounds'][number][] = [];
    let files: readonly string[] = [];
    for (const { clients, tips } of ROUNDS) {
      files = await seal(folder, port, tips, String(clients));
      const loaded = await load(port, clients, SECONDS, files);
      const ceiling = await load(barePort, clients, SECONDS, files);
      const perSecond = loaded.accepted / loaded.seconds;
      const barePerSecond = ceiling.accepted / ceiling.seconds;
      rounds.push({ clients, perSecond, loaded, barePerSecond, ratio: perSecond / barePerSecond });
    }
    const after = await measure(server);
    await stop(server);
    await stop(bare);
    const { perSecond: rawPerSecond } = await run<{ perSecond: number }>('raw-sqlite.ts', [
      files[0] ?? '',
      SMALL ? '1' : '3',
    ]);
    const frames = readFrames(files[0] ?? '');
    return {
      rounds,
      rawPerSecond,
      diskPerTip: (after.bytes - before.bytes) / (after.rows - before.rows),
      frameBytes: Math.round(statSync(files[0] ?? '').size / frames.length) - 4,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The targets that the submission figures are held against. */
const TARGETS = { perSecond: 3_300, share: 0.5, p99: 100, diskRatio: 1.5 } as const;

const row = (name: string, value: number, unit: string, target: string, met: boolean): BenchRow => ({
  name,
  value,
  unit,
  target,
  met,
});

/** The figures as lines of the bench's table. */
export function submissionRows(figures: SubmissionFigures): BenchRow[] {
  const rows = figures.rounds.flatMap(({ clients, perSecond, loaded, barePerSecond, ratio }) => {
    const name = `submissions, ${clients} client${clients === 1 ? '' : 's'}`;
    const most = clients === 64;
    return [
      most
        ? row(name, perSecond, 'tips/s', `≥ ${TARGETS.perSecond}`, perSecond >= TARGETS.perSecond)
        : plainRow(name, perSecond, 'tips/s'),
      row(`${name}, failed`, loaded.failed, 'tips', '0', loaded.failed === 0),
      plainRow(`${name}, p50`, loaded.p50, 'ms'),
      most
        ? atMost(`${name}, p99`, loaded.p99, 'ms', TARGETS.p99)
        : plainRow(`${name}, p99`, loaded.p99, 'ms'),
      plainRow(`${name}: bare Hono, group commit of the same bytes`, barePerSecond, 'bodies/s'),
      most
        ? row(
            `${name}: share of that ceiling`,
            ratio * 100,
            '%',
            `≥ ${TARGETS.share * 100}`,
            ratio >= TARGETS.share,
          )
        : plainRow(`${name}: share of that ceiling`, ratio * 100, '%'),
    ];
  });
  const diskRatio = figures.diskPerTip / figures.frameBytes;
  return [
    ...rows,
    plainRow('raw better-sqlite3, 100 rows a transaction, same bytes', figures.rawPerSecond, 'rows/s'),
    plainRow('a tip on the wire', figures.frameBytes, 'B'),
    plainRow('a tip on disk', figures.diskPerTip, 'B'),
    atMost('disk ÷ wire', diskRatio, '×', TARGETS.diskRatio),
  ];
}

// Run by itself it prints its own table.
if (process.argv[1] === import.meta.filename) {
  const figures = await benchSubmissions();
  console.log(
    process.argv.includes('--json')
      ? JSON.stringify(figures)
      : benchTable('Accepted, durable, fully checked tips', submissionRows(figures)),
  );
}
