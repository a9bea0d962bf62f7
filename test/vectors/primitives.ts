import { taggedHash } from '../../src/protocol/hash.ts';
import { paddedLength } from '../../src/protocol/padding.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { base64, hex, text } from './encode.ts';

const filled = (length: number, value: number) => new Uint8Array(length).fill(value);

/** Every primitive of the suite on fixed input. */
export function primitives(suite: Suite) {
  const seed = filled(32, 1);
  const coins = filled(64, 2);
  const message = text('Tin Kín');
  const sign = suite.ed25519KeyPair(seed);
  const kem = suite.xwingKeyPair(seed);
  const { ciphertext, sharedSecret } = suite.encapsulate(kem.publicKey, coins);
  const stream = suite.streamSealer(filled(32, 3), filled(24, 4));
  const chunks = [
    hex(stream.push(text('một'), text('ad'), false)),
    hex(stream.push(new Uint8Array(0), new Uint8Array(0), false)),
    hex(stream.push(filled(100, 5), new Uint8Array(0), true)),
  ];
  return {
    what: 'Primitives of suite TK1. Keys, seeds, nonces and coins are one byte repeated.',
    blake2b512: { data: hex(message), hash: hex(suite.blake2b512(message)) },
    blake2bKeyed: {
      key: hex(seed),
      data: hex(message),
      length: 56,
      hash: hex(suite.blake2bKeyed(seed, message, 56)),
    },
    sha256: { data: hex(message), hash: hex(suite.sha256(message)) },
    kdf: {
      master: hex(seed),
      context: 'tk1login',
      id: 1,
      length: 32,
      subkey: hex(suite.kdf(seed, 'tk1login', 1, 32)),
    },
    argon2id: {
      password: hex(message),
      salt: hex(filled(16, 6)),
      passes: 3,
      memoryKiB: 256,
      length: 32,
      hash: hex(suite.argon2id(message, filled(16, 6), { passes: 3, memoryKiB: 256 }, 32)),
    },
    ed25519: {
      seed: hex(seed),
      publicKey: hex(sign.publicKey),
      message: hex(message),
      signature: hex(suite.sign(message, sign.secretKey)),
    },
    xwing: {
      seed: hex(seed),
      publicKey: base64(kem.publicKey),
      coins: hex(coins),
      ciphertext: base64(ciphertext),
      sharedSecret: hex(sharedSecret),
      decapsulated: hex(suite.decapsulate(ciphertext, kem.secretKey)),
    },
    xchacha20poly1305: {
      key: hex(seed),
      nonce: hex(filled(24, 4)),
      ad: hex(text('ad')),
      plaintext: hex(message),
      ciphertext: hex(suite.aeadSeal(seed, filled(24, 4), message, text('ad'))),
    },
    secretstream: {
      key: hex(filled(32, 3)),
      header: hex(filled(24, 4)),
      plaintexts: [hex(text('một')), '', hex(filled(100, 5))],
      ads: [hex(text('ad')), '', ''],
      lastIsFinal: true,
      chunks,
    },
    taggedHash: [
      { tag: 'tk1/example', fields: [], hash: hex(taggedHash(suite, 'tk1/example')) },
      {
        tag: 'tk1/example',
        fields: [hex(message), ''],
        hash: hex(taggedHash(suite, 'tk1/example', message, '')),
      },
    ],
    padding: [0, 4096, 4097, 10_000, 65_537, 200_000].map((length) => ({
      length,
      padded: paddedLength(length),
    })),
  };
}
