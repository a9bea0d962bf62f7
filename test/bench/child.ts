import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** Starts one of this folder's programs as a process of its own. */
export function start(file: string, args: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, file), args, { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
}

/** The next message of a child; rejects when it ends without one. */
export function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a bench process ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (value) => {
      child.off('exit', ended);
      resolve(value as T);
    });
  });
}

/** Runs a program to its one message. */
export const run = <T>(file: string, args: readonly string[]): Promise<T> => message<T>(start(file, args));
