// Child process: Ed25519 verification by itself, again and again under one key. Argument: seconds.
import { generateKeyPairSync, sign, verify } from 'node:crypto';

const [seconds = '3'] = process.argv.slice(2);
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
// As long as what is signed of an event.
const message = Buffer.alloc(600, 7);
const signature = sign(null, message, privateKey);

function rate(least: number): number {
  const started = performance.now();
  let done = 0;
  for (; performance.now() - started < least * 1000; done += 100)
    for (let i = 0; i < 100; i++) if (!verify(null, message, publicKey, signature)) throw new Error('wrong');
  return done / ((performance.now() - started) / 1000);
}

rate(0.3);
process.send?.(rate(Number(seconds)));
process.disconnect?.();
