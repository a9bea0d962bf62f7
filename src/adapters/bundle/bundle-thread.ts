import { parentPort, workerData } from 'node:worker_threads';
import { sealBundle } from '../../protocol/sealed-bundle.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import type { BundleJob, BundleReply, BundleTask } from './jobs.ts';

/** The thread of one bundle: its key is here and nowhere else, and ends with the thread. */
const port = parentPort;
if (port === null) throw new Error('bundle-thread runs as a worker thread');
const { header, kemKey } = workerData as BundleTask;
const sealing = sealBundle(await loadSodiumSuite(), header, kemKey);

port.on('message', (job: BundleJob) => {
  let reply: BundleReply;
  try {
    reply = { kind: 'sealed', bytes: job.kind === 'push' ? sealing.push(job.bytes) : sealing.end() };
  } catch {
    reply = { kind: 'failed' };
  }
  port.postMessage(reply, reply.kind === 'sealed' ? [reply.bytes.buffer as ArrayBuffer] : []);
});
