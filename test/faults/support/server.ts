import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../fixtures/free-port.ts';

const PROGRAM = join(import.meta.dirname, '../../../dist/server/main.node.js');

/** The built program, serving an instance on 127.0.0.1. */
export interface RunningServer {
  readonly pid: number;
  readonly origin: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** What it has written to standard output so far, line by line. */
  logged(): readonly string[];
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Closes its standard input, upon which it stops by itself. */
  stop(): Promise<void>;
}

/** Starts the built program on an instance's folder and waits until it answers; `preload` is a module that Node runs first. */
export async function startServer(
  folder: string,
  { preload, env = {} }: { readonly preload?: string; readonly env?: Record<string, string> } = {},
): Promise<RunningServer> {
  const port = await freePort();
  const before = preload === undefined ? [] : ['--import', preload];
  const child = spawn(process.execPath, [...before, PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TINKIN_DATA: folder,
      TINKIN_EXIT_WITH_STDIN: '1',
      TINKIN_LOG_LEVEL: 'error',
      // The searching is the client's work; these tests are about what the server keeps.
      TINKIN_POW_BASE: '1',
      TINKIN_POW_CEILING: '1',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...env,
    },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  await answers(origin, child);
  return {
    pid: child.pid as number,
    origin,
    port,
    child,
    logged: () => output.split('\n').filter((line) => line !== ''),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.stdin?.end();
      await gone;
    },
  };
}

async function answers(origin: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const response = await fetch(`${origin}/healthz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server did not answer within 15 s');
}
