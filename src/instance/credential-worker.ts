import { parentPort } from 'node:worker_threads';
import { stretchReceiptCode } from '../protocol/receipt-code.ts';
import { loadSodiumSuite } from '../protocol/sodium.ts';
import { stretchPassphrase } from '../protocol/staff-credential.ts';
import type { Argon2Cost } from '../protocol/suite.ts';

/** One run of Argon2id, away from the main thread: of a passphrase, or of a citizen's receipt code. */
export type Stretching =
  | {
      readonly kind: 'passphrase';
      readonly passphrase: string;
      readonly salt: Uint8Array;
      readonly cost: Argon2Cost;
    }
  | { readonly kind: 'code'; readonly code: string; readonly instance: string; readonly cost: Argon2Cost };

export type StretchResult = { readonly master: Uint8Array } | { readonly error: string };

const port = parentPort;
if (port === null) throw new Error('credential-worker runs as a worker thread');
const suite = await loadSodiumSuite();

const stretched = (job: Stretching): Uint8Array =>
  job.kind === 'passphrase'
    ? stretchPassphrase(suite, job.passphrase, job.salt, job.cost)
    : stretchReceiptCode(suite, job.code, job.instance, job.cost);

port.on('message', (job: Stretching) => {
  let result: StretchResult;
  try {
    result = { master: stretched(job) };
  } catch (error) {
    result = { error: error instanceof Error ? error.message : 'failed' };
  }
  port.postMessage(result);
});
