import { parentPort, workerData } from 'node:worker_threads';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import type { RecordingJob, RecordingReply, RecordingTask } from './jobs.ts';
import { Sealing } from './sealing.ts';

/** The thread of one recording: its key and its words are here and nowhere else, and end with the thread. */
const port = parentPort;
if (port === null) throw new Error('recording-thread runs as a worker thread');
const sealing = new Sealing(await loadSodiumSuite(), workerData as RecordingTask);

function run(job: RecordingJob): RecordingReply {
  if (job.kind === 'push') return { kind: 'parts', parts: sealing.push(job.bytes) };
  const { type, seconds, line } = job;
  return { kind: 'sealed', sealed: sealing.finish({ type, seconds, line }) };
}

port.on('message', (job: RecordingJob) => {
  let reply: RecordingReply;
  try {
    reply = run(job);
  } catch {
    // Whatever went wrong, its text may hold what was said.
    reply = { kind: 'failed' };
  }
  const parts = reply.kind === 'parts' ? reply.parts : reply.kind === 'sealed' ? reply.sealed.parts : [];
  port.postMessage(
    reply,
    parts.map(({ bytes }) => bytes.buffer),
  );
});
