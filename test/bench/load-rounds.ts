import { join } from 'node:path';
import { run, type start } from './child.ts';

const SEALERS = 2;

/** What a load of tips came to. */
export interface Loaded {
  readonly accepted: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly statuses: Record<string, number>;
}

/** Frames for one round in files of a folder, sealed by several processes at once against a running server. */
export async function seal(folder: string, port: number, tips: number, name: string): Promise<string[]> {
  const share = Math.ceil(tips / SEALERS);
  const files = Array.from({ length: SEALERS }, (_, i) => join(folder, `${name}-${i}`));
  await Promise.all(files.map((file) => run('seal-load.ts', [String(port), String(share), file])));
  return files;
}

export const load = (
  port: number,
  clients: number,
  seconds: number,
  files: readonly string[],
): Promise<Loaded> => run('load.ts', [String(port), String(clients), String(seconds), ...files]);

/** Has a server end by itself. */
export async function stop(child: ReturnType<typeof start>): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await ended;
}
