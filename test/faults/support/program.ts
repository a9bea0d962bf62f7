import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../../dist/server/cli.js');

/** What a run of the built command line came to. */
export interface Ran {
  readonly exit: number;
  readonly out: string;
}

/** Runs the built `tinkin` to its end. */
export const runTinkin = (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], { maxBuffer: 2 ** 26 }, (_, out) =>
      resolve({ exit: child.exitCode ?? -1, out }),
    );
  });

/** A program of the built command line that runs until it is ended. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** Everything that it wrote to standard error. */
  told(): string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts the built `tinkin` and waits until it has told `ready`. */
export async function startTinkin(ready: string, ...args: readonly string[]): Promise<RunningProgram> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let told = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.includes(ready)) resolve();
    });
    child.once('exit', () => reject(new Error(`tinkin ended: ${told}`)));
  });
  return {
    child,
    told: () => told,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
