// Run before the program: on SIGUSR2 the thread that ENDS_THREAD names ends, as one does that runs out of memory.
import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';

const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, options) {
    super(file, options);
    if (options?.name === process.env.ENDS_THREAD) process.once('SIGUSR2', () => void this.terminate());
  }
};
syncBuiltinESMExports();
