import { parentPort } from 'node:worker_threads';
import { rememberingVerifier } from './ed25519.ts';
import { type SignatureBatch, type SignatureVerdicts, unpackChecks } from './signature-batch.ts';

const port = parentPort;
if (port === null) throw new Error('verify-thread runs as a worker thread');

const held = rememberingVerifier();

port.on('message', async (batch: SignatureBatch) => {
  const checks = unpackChecks(batch);
  const valid = new Uint8Array(checks.length);
  for (let i = 0; i < checks.length; i++) {
    const check = checks[i];
    const result = check !== undefined && held(check);
    if (result === true || (result !== false && (await result))) valid[i] = 1;
  }
  port.postMessage({ id: batch.id, valid } satisfies SignatureVerdicts);
});
