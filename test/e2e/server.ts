import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../fixtures/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/server/cli.js');
const MAIN = join(ROOT, 'dist/server/main.node.js');
const TEMPLATE = join(ROOT, 'dist/e2e-demo');
const HISTORY_TEMPLATE = join(ROOT, 'dist/e2e-demo-history');
const STAMP = join(ROOT, 'dist/build-stamp');

/** One person of the demonstration with everything needed to log in. */
export interface DemoLogin {
  readonly staff: string;
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly unitName: string;
  readonly roles: readonly string[];
  readonly passphrase: string;
  readonly totp: string;
}

export interface TestServer {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  readonly url: string;
  /** Data folder of this server alone. */
  readonly folder: string;
  readonly logins: readonly DemoLogin[];
  readonly child: ChildProcess;
  /** Everything that the server wrote to its output so far. */
  output(): string;
  /** Ends it by closing its standard input, as tests do, and waits; the folder is removed. */
  stop(): Promise<void>;
  /** Ends the process without the folder, and starts it again on the same port. */
  restart(): Promise<void>;
}

export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A port that is known beforehand, for a relay that stands before the server. */
  readonly port?: number;
  /** Copies a demonstration that invented people have used for weeks instead of a fresh one. */
  readonly history?: boolean;
}

/** Runs the built `tinkin` and gives what it prints as JSON. */
export function tinkin(folder: string, ...args: readonly string[]): Record<string, unknown> {
  const out = execFileSync(process.execPath, [CLI, '--data', folder, '--json', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(out) as Record<string, unknown>;
}

/**
 * Starts the built server on a copy of a fresh demonstration, on a port of its own below 32768. The demonstration is made once a build
 * (its passphrases take some seconds) and copied for each server.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-e2e-'));
  const logins = copyDemo(folder, options.history === true);
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  let text = '';
  let child: ChildProcess;

  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [MAIN], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        TINKIN_DATA: folder,
        TINKIN_EXIT_WITH_STDIN: '1',
        TINKIN_POW_BASE: '2000',
        PORT: String(port),
        ...options.env,
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
    await untilHealthy(url, child, () => text);
  };
  const end = (): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.stdin?.end();
    });

  await start();
  return {
    url,
    folder,
    logins,
    get child() {
      return child;
    },
    output: () => text,
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
    async restart() {
      await end();
      await start();
    },
  };
}

/**
 * Makes the demonstration that test servers copy, once a build, and gives its folder. The set-up calls it for the fresh one, where no time
 * limit of a test runs.
 */
export function prepareDemo(history = false): string {
  const template = history ? HISTORY_TEMPLATE : TEMPLATE;
  const stamp = readFileSync(STAMP, 'utf8');
  const mark = join(template, 'made-by');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== stamp) {
    rmSync(template, { recursive: true, force: true });
    tinkin(template, 'demo', 'ensure', ...(history ? ['--history'] : []));
    writeFileSync(mark, stamp);
  }
  return template;
}

function copyDemo(folder: string, history: boolean): readonly DemoLogin[] {
  cpSync(prepareDemo(history), folder, { recursive: true });
  rmSync(join(folder, 'made-by'));
  // Renews what has run out since the template was made.
  const { logins } = tinkin(folder, 'demo', 'ensure', '--logins');
  return logins as readonly DemoLogin[];
}

async function untilHealthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended at once:\n${output()}`);
    const healthy = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
