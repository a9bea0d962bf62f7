// Child process: Ed25519 verification by itself, again and again under one key. Argument: seconds.
import { generateKeyPairSync, sign, verify } from 'node:crypto';

const [seconds = '3'] = process.argv.slice(2);
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
// As long as what is signed of an event.
const message = Buffer.alloc(600, 7);
const signature = sign(null, message, privateKey);

function rate(least: number): { readonly perSecond: number; readonly perCpuSecond: number } {
  const started = performance.now();
  const spent = process.cpuUsage();
  let done = 0;
  for (; performance.now() - started < least * 1000; done += 100)
    for (let i = 0; i < 100; i++) if (!verify(null, message, publicKey, signature)) throw new Error('wrong');
  const { user, system } = process.cpuUsage(spent);
  return {
    perSecond: done / ((performance.now() - started) / 1000),
    perCpuSecond: (done * 1e6) / (user + system),
  };
}

rate(0.3);
process.send?.(rate(Number(seconds)));
process.disconnect?.();
