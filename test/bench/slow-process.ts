import { Worker } from 'node:worker_threads';

/** Milliseconds of one turn of stopping and running: short against what a person notices. */
const TURN = 30;

/**
 * Lets a process run only this share of the time, all its threads alike, until the returned function is called. A thread of its own
 * keeps the beat, so that what this program does meanwhile does not disturb it.
 */
export function throttleProcess(pid: number, share: number): () => void {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const beat = `
    const { workerData: { pid, run, rest, stop } } = require('node:worker_threads');
    const pause = (ms) => Atomics.wait(stop, 0, 0, ms);
    try {
      while (Atomics.load(stop, 0) === 0) {
        process.kill(pid, 'SIGSTOP');
        pause(rest);
        process.kill(pid, 'SIGCONT');
        pause(run);
      }
    } finally {
      process.kill(pid, 'SIGCONT');
    }`;
  const worker = new Worker(beat, {
    eval: true,
    workerData: { pid, run: TURN * share, rest: TURN * (1 - share), stop },
  });
  worker.on('error', () => undefined);
  return () => {
    Atomics.store(stop, 0, 1);
    Atomics.notify(stop, 0);
  };
}
