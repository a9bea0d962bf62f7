// Child process: serves one app on a free port of 127.0.0.1. Argument: `tinkin` (the whole service), `logged`
// (the same with a log that grows every two seconds) or `bare` (ceiling).

import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileMark } from '../../src/adapters/mark/file-mark.ts';
import { Sequencer, startSequencer } from '../../src/features/ledger/sequencer.ts';
import { listen } from '../../src/instance/listen.ts';
import { restoredLog } from '../../src/instance/restore.ts';
import { LADDERS } from '../../src/ledger/batch.ts';
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
  /** Takes everything that waits into the log. */
  sequence?(): Promise<{ events: number; seconds: number }>;
  close(): Promise<void>;
}

const served: Served = kind === 'bare' ? openBareServer() : await openTinkin(kind === 'logged');
const { port, stop } = await listen(served.app, '127.0.0.1', await freePort());
process.send?.({ port });

process.on('message', async (message) => {
  if (message === 'measure') {
    served.checkpoint();
    process.send?.({ rows: served.count(), bytes: statSync(served.file).size, cpu: process.cpuUsage() });
  }
  if (message === 'sequence') process.send?.(await served.sequence?.());
  if (message === 'stop') {
    await stop(500);
    await served.close();
    process.disconnect();
  }
});

/** The service as it is, with the lowest difficulty and a clock that stands at the test directory's time. */
async function openTinkin(logged: boolean): Promise<Served> {
  const instance = await openTestInstance({ threaded: true });
  const { connection } = instance;
  const start = instance.clock.now() - now();
  setInterval(() => instance.clock.set(now() + start), 500).unref();
  const options = {
    ...{ cadence: 2, ladder: LADDERS.production, witnesses: [], minWitnesses: 0 },
    mark: fileMark(join(instance.folder, 'ledger-mark')),
    restored: restoredLog(instance.folder),
  };
  const sequencer = logged
    ? startSequencer(
        { ...instance.deps, log: { request: () => undefined, service: () => undefined } },
        options,
      )
    : null;
  return {
    async sequence() {
      const started = performance.now();
      const { size } = await new Sequencer(instance.deps, options).round(instance.clock.now());
      return { events: size, seconds: (performance.now() - started) / 1000 };
    },
    app: instance.app,
    file: join(instance.folder, 'tinkin.sqlite'),
    count: () => (connection.prepare('SELECT count(*) AS n FROM tip').get() as { n: number }).n,
    checkpoint: () => connection.pragma('wal_checkpoint(TRUNCATE)'),
    close: async () => {
      await sequencer?.stop();
      await instance.close();
      rmSync(instance.folder, { recursive: true, force: true });
    },
  };
}
