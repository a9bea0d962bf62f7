// Accepted, durable, fully checked tips a second, beside the ceilings of the same run. Load is sealed before timing. BENCH_SMALL=1 runs
// a small size. Prints a table, or one JSON object with --json.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { message, run, start } from './child.ts';
import { readFrames } from './frames.ts';

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
const SEALERS = 2;

interface Loaded {
  readonly accepted: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly statuses: Record<string, number>;
}

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

/** Frames for one round, sealed by several processes at once against a running server. */
async function seal(port: number, tips: number, name: string): Promise<string[]> {
  const share = Math.ceil(tips / SEALERS);
  const files = Array.from({ length: SEALERS }, (_, i) => join(folder, `${name}-${i}`));
  await Promise.all(files.map((file) => run('seal-load.ts', [String(port), String(share), file])));
  return files;
}

async function measure(child: ReturnType<typeof start>): Promise<Measured> {
  const answer = message<Measured>(child);
  child.send('measure');
  return answer;
}

async function stop(child: ReturnType<typeof start>): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await ended;
}

const load = (port: number, clients: number, files: readonly string[]): Promise<Loaded> =>
  run('load.ts', [String(port), String(clients), String(SECONDS), ...files]);

export async function benchSubmissions(): Promise<SubmissionFigures> {
  try {
    const server = start('instance-server.ts', ['tinkin']);
    const { port } = await message<{ port: number }>(server);
    const before = await measure(server);
    const own: { clients: number; loaded: Loaded; files: string[] }[] = [];
    for (const { clients, tips } of ROUNDS) {
      const files = await seal(port, tips, String(clients));
      own.push({ clients, files, loaded: await load(port, clients, files) });
    }
    const after = await measure(server);
    await stop(server);

    const bare = start('instance-server.ts', ['bare']);
    const { port: barePort } = await message<{ port: number }>(bare);
    const rounds: SubmissionFigures['rounds'][number][] = [];
    for (const { clients, loaded, files } of own) {
      const ceiling = await load(barePort, clients, files);
      const perSecond = loaded.accepted / loaded.seconds;
      const barePerSecond = ceiling.accepted / ceiling.seconds;
      rounds.push({ clients, perSecond, loaded, barePerSecond, ratio: perSecond / barePerSecond });
    }
    await stop(bare);
    const files = own.at(-1)?.files ?? [];
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

const figures = await benchSubmissions();
if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else {
  const fix = (value: number, digits = 0): string => value.toFixed(digits);
  console.log(
    'Accepted, durable, fully checked tips a second (ceiling: bare Hono, group commit of the same bytes)',
  );
  console.log('| clients | tips/s | failed | p50 ms | p99 ms | ceiling/s | share |');
  console.log('|---:|---:|---:|---:|---:|---:|---:|');
  for (const { clients, perSecond, loaded, barePerSecond, ratio } of figures.rounds) {
    const { failed, p50, p99 } = loaded;
    console.log(
      `| ${clients} | ${fix(perSecond)} | ${failed} | ${fix(p50, 1)} | ${fix(p99, 1)} | ${fix(barePerSecond)} | ${fix(ratio * 100)} % |`,
    );
  }
  console.log(`Raw better-sqlite3, 100 rows a transaction: ${fix(figures.rawPerSecond)} rows/s`);
  console.log(
    `On the wire ${figures.frameBytes} bytes a tip; on disk ${fix(figures.diskPerTip)} bytes a tip`,
  );
}
