import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citizensOf, send } from './support/citizen.ts';
import { makeInstance } from './support/instance.ts';
import { type RunningServer, startServer } from './support/server.ts';

const TIPS = 8;
/** Linux's tracer of system calls. Without it (macOS, Windows, a container that forbids tracing) the order cannot be observed. */
const traceable = spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0;
if (!traceable)
  console.warn('strace does not work here: the order of sync and answer was NOT observed in this run.');

describe.runIf(traceable)('the order of system calls in the serving process', () => {
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  let server: RunningServer;
  let folder: string;
  let calls: readonly string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tinkin-trace-'));
    const output = join(folder, 'trace');
    instance = await makeInstance();
    server = await startServer(instance.folder);
    const citizens = await citizensOf(instance.folder, server.origin);
    const tips = await citizens.prepare(server.origin, TIPS);
    const tracer = await trace(server.pid, output);
    for (const tip of tips) expect(await send(server.origin, tip)).toBe(201);
    tracer.kill('SIGINT');
    await new Promise((resolve) => tracer.once('exit', resolve));
    calls = readFileSync(output, 'utf8').split('\n');
  });

  afterAll(async () => {
    await server?.stop();
    await instance?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('shows the write-ahead log written and synced before each 201 leaves', () => {
    let unsynced = false;
    let syncedSinceAnswer = false;
    const answers: boolean[] = [];
    for (const call of calls) {
      if (/pwrite64\(\d+<[^>]*-wal>/.test(call)) unsynced = true;
      if (/(?:fdatasync|fsync)\(\d+<[^>]*-wal>.*= 0$/.test(call)) {
        syncedSinceAnswer ||= unsynced;
        unsynced = false;
      }
      if (/(?:write|writev|sendto|sendmsg)\(\d+<.*HTTP\/1\.1 201/.test(call)) {
        answers.push(syncedSinceAnswer && !unsynced);
        syncedSinceAnswer = false;
      }
    }
    expect(answers).toEqual(Array.from({ length: TIPS }, () => true));
  });
});

/** Attaches the tracer to every thread of a process; resolves once it is attached. */
async function trace(pid: number, output: string): Promise<ChildProcess> {
  const calls = 'trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg';
  const tracer = spawn('strace', ['-f', '-y', '-s', '40', '-e', calls, '-o', output, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    tracer.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('attached')) resolve();
    });
    tracer.once('exit', () => reject(new Error('the tracer ended before it was attached')));
  });
  return tracer;
}
