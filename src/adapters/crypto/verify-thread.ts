import { parentPort } from 'node:worker_threads';
import { verifyHere } from './ed25519.ts';
import { type SignatureBatch, type SignatureVerdicts, unpackChecks } from './signature-batch.ts';

const port = parentPort;
if (port === null) throw new Error('verify-thread runs as a worker thread');

port.on('message', async (batch: SignatureBatch) => {
  const valid = new Uint8Array(batch.ends.length);
  for (const [i, { signature, message, publicKey }] of unpackChecks(batch).entries()) {
    valid[i] = (await verifyHere(signature, message, publicKey)) ? 1 : 0;
  }
  port.postMessage({ id: batch.id, valid } satisfies SignatureVerdicts);
});
