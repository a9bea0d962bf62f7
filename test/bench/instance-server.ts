// Child process: serves one app on a free port of 127.0.0.1. Argument: `tinkin` (the whole service) or `bare` (ceiling).
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listen } from '../../src/instance/listen.ts';
import { freePort } from '../fixtures/free-port.ts';
import { openTestInstance } from '../http/instance.ts';
import { openBareServer } from './bare-server.ts';

const kind = process.argv[2];
const now = (): number => Math.floor(Date.now() / 1000);

interface Served {
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  readonly file: string;
  count(): number;
  checkpoint(): void;
  close(): Promise<void>;
}

const served: Served = kind === 'bare' ? openBareServer() : await openTinkin();
const { port, stop } = await listen(served.app, '127.0.0.1', await freePort());
process.send?.({ port });

process.on('message', async (message) => {
  if (message === 'measure') {
    served.checkpoint();
    process.send?.({ rows: served.count(), bytes: statSync(served.file).size, cpu: process.cpuUsage() });
  }
  if (message === 'stop') {
    await stop(500);
    await served.close();
    process.disconnect();
  }
});

/** The service as it is, with the lowest difficulty and a clock that stands at the test directory's time. */
async function openTinkin(): Promise<Served> {
  const instance = await openTestInstance({ threaded: true });
  const { connection } = instance;
  const start = instance.clock.now() - now();
  setInterval(() => instance.clock.set(now() + start), 500).unref();
  return {
    app: instance.app,
    file: join(instance.folder, 'tinkin.sqlite'),
    count: () => (connection.prepare('SELECT count(*) AS n FROM tip').get() as { n: number }).n,
    checkpoint: () => connection.pragma('wal_checkpoint(TRUNCATE)'),
    close: async () => {
      await instance.close();
      rmSync(instance.folder, { recursive: true, force: true });
    },
  };
}
