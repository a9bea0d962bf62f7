// Child process: Ed25519 verification alone, on this thread and in libuv's pool. Argument: seconds each.
import { generateKeyPairSync, sign } from 'node:crypto';
import { verifyHere, verifyInPool } from '../../src/adapters/crypto/ed25519.ts';

const [seconds = '3'] = process.argv.slice(2);
const pair = generateKeyPairSync('ed25519');
const publicKey = new Uint8Array(
  Buffer.from(String(pair.publicKey.export({ format: 'jwk' }).x), 'base64url'),
);
const messages = Array.from({ length: 512 }, (_, i) => Buffer.alloc(700, i));
const jobs = messages.map((message) => ({
  message,
  signature: new Uint8Array(sign(null, message, pair.privateKey)),
}));

async function rate(verify: typeof verifyHere): Promise<number> {
  let done = 0;
  const started = performance.now();
  while (performance.now() - started < Number(seconds) * 1000) {
    const held = await Promise.all(
      jobs.map(({ message, signature }) => verify(signature, message, publicKey)),
    );
    if (held.includes(false)) throw new Error('a right signature does not hold');
    done += jobs.length;
  }
  return done / ((performance.now() - started) / 1000);
}

await rate(verifyHere);
process.send?.({ here: await rate(verifyHere), pool: await rate(verifyInPool) });
process.disconnect?.();
