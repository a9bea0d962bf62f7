import { parentPort } from 'node:worker_threads';
import { loadSodiumSuite } from '../protocol/sodium.ts';
import { stretchPassphrase } from '../protocol/staff-credential.ts';
import type { Argon2Cost } from '../protocol/suite.ts';

/** One run of Argon2id: the passphrase is stretched away from the main thread. */
export interface StretchJob {
  readonly id: number;
  readonly passphrase: string;
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
}

export type StretchResult =
  | { readonly id: number; readonly master: Uint8Array }
  | { readonly id: number; readonly error: string };

const port = parentPort;
if (port === null) throw new Error('credential-worker runs as a worker thread');
const suite = await loadSodiumSuite();

port.on('message', (job: StretchJob) => {
  let result: StretchResult;
  try {
    result = { id: job.id, master: stretchPassphrase(suite, job.passphrase, job.salt, job.cost) };
  } catch (error) {
    result = { id: job.id, error: error instanceof Error ? error.message : 'failed' };
  }
  port.postMessage(result);
});
