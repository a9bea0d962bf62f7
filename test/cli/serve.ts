import { onTestFinished } from 'vitest';
import type { CitizenWorld } from '../../src/cli/canary/citizen.ts';
import { Stopwatch } from '../../src/cli/canary/stopwatch.ts';
import { readConfig } from '../../src/config.ts';
import { createApp } from '../../src/http/create-app.ts';
import { buildDeps } from '../../src/instance/deps.ts';
import { listen } from '../../src/instance/listen.ts';
import { openStretchPool } from '../../src/instance/stretch-pool.ts';
import { parsePins } from '../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { freePort } from '../fixtures/free-port.ts';

/** Serves the instance in a folder over real HTTP until the test is over; returns its origin. */
export async function serve(folder: string): Promise<string> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = readConfig({
    TINKIN_DATA: folder,
    TINKIN_LOG_LEVEL: 'silent',
    TINKIN_POW_BASE: '1000',
    TINKIN_PLAIN_FORM: 'off',
  });
  const deps = await buildDeps(config, origin);
  const server = await listen(createApp(deps, { files: deps.files }), '127.0.0.1', port);
  onTestFinished(async () => {
    await server.stop(0);
    await deps.close();
  });
  return origin;
}

/** What citizens and staff of a canary run share, on the machine's clock. */
export async function world(origin: string): Promise<CitizenWorld> {
  const pool = openStretchPool();
  onTestFinished(() => pool.close());
  return {
    origin,
    suite: await loadSodiumSuite(),
    pins: parsePins(__TINKIN_PINS__),
    pool,
    watch: new Stopwatch(),
    carry: (request) => fetch(request),
    now: () => Math.floor(Date.now() / 1000),
  };
}
