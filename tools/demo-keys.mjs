// Made the demonstration's root keys, once: `node tools/demo-keys.mjs`. Refuses to write over them, because every demonstration's
// directory hangs on them. Real instances make theirs with `tinkin init`, offline.
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'keys', 'demo');
const pinsFile = join(folder, 'pins.json');
if (existsSync(pinsFile)) {
  console.error(`${pinsFile} is there already.`);
  process.exit(1);
}

/** Key id of docs/protocol.md: first 16 bytes of the tagged hash of the public key. */
const keyId = (publicKey) => {
  const hash = createHash('blake2b512');
  for (const field of [Buffer.from('tk1/keyid'), publicKey]) {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(field.length);
    hash.update(length).update(field);
  }
  return hash.digest('hex').slice(0, 32);
};

const makeKey = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  return { keyId: keyId(Buffer.from(jwk.x, 'base64url')), publicKey: jwk.x, seed: jwk.d };
};

const write = (name, value) => writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);

mkdirSync(folder, { recursive: true });
const roots = [1, 2, 3].map(makeKey);
roots.forEach((key, at) => {
  write(`root-${at + 1}.json`, {
    warning: 'DEMO ONLY. This private key is public. A production instance refuses it.',
    ...key,
  });
});
write('pins.json', {
  instance: randomBytes(16).toString('hex'),
  rootKeys: roots.map((key) => key.publicKey),
  threshold: 2,
  minimumDirectoryVersion: 1,
});
console.log(`Written to ${folder}: ${roots.map((key) => key.keyId).join(', ')}`);
