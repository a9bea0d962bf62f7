import { createServer } from 'node:net';
import { ConfigError, readConfig } from './config.ts';
import { watchHoles } from './features/duty/holes.ts';
import { watchMarks } from './features/duty/marks.ts';
import { watchRecordings } from './features/hotline/brought-in.ts';
import { startSequencer } from './features/ledger/sequencer.ts';
import { startDigests } from './features/post/digests.ts';
import { runAlarms } from './http/alarms.ts';
import { createApp } from './http/create-app.ts';
import { buildDeps } from './instance/deps.ts';
import { startHousekeeping } from './instance/housekeeping.ts';
import { InstanceError } from './instance/instance-error.ts';
import { recordLaw } from './instance/law.ts';
import { listen } from './instance/listen.ts';
import { sequencerOptions } from './instance/sequencing.ts';

/** Milliseconds that open requests get when the service stops. */
const GRACE = 5_000;

await main().catch((error: unknown) => {
  // What an operator can do something about is one sentence; a defect brings its stack.
  const told =
    error instanceof ConfigError ||
    error instanceof InstanceError ||
    (error as Error)?.name === 'MigrationError';
  const text = error instanceof Error ? (told ? error.message : error.stack) : String(error);
  process.stderr.write(`tinkin: ${text}\n`);
  process.exit(1);
});

/**
 * Serves one instance until SIGTERM, SIGINT or, where asked for, the end of standard input; ends with status 1 when a thread is gone that it
 * cannot do without, so that its supervisor starts it anew.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const deps = await buildDeps(config, `http://${config.host}:${port}`);
  void deps.lost.then((thread) => {
    deps.log.service('error', 'thread_lost', { thread });
    process.exit(1);
  });
  await recordLaw(deps);
  const app = createApp(deps, { files: deps.files });
  const server = await listen(app, config.host, port);
  const housekeeping = startHousekeeping(deps);
  const stopAlarms = runAlarms(deps);
  const stopWatching = watchRecordings(deps);
  const holes = watchHoles(deps);
  const marks = watchMarks(deps, config.marksEvery);
  const digests = startDigests(deps);
  const sequencer = startSequencer(deps, sequencerOptions(deps, deps.folder));
  deps.log.service('info', 'listening', { port });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    deps.log.service('info', 'stopping');
    housekeeping.stop();
    stopAlarms();
    stopWatching();
    holes.stop();
    digests.stop();
    await marks.stop();
    await sequencer.stop();
    await server.stop(GRACE);
    await deps.close();
    process.exit();
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  if (config.exitWithStdin) process.stdin.on('end', () => void stop()).resume();
}

/** A port that is free now: the origin must be known before the app is built. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
