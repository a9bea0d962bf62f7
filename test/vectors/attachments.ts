import {
  hashPart,
  newAttachmentKeys,
  openPart,
  paddedFileLength,
  partCount,
  partLength,
  partsRoot,
  sealedFileLength,
  sealPart,
  uploadSeal,
} from '../../src/protocol/attachment.ts';
import { concat } from '../../src/protocol/bytes.ts';
import { encodeManifest, hashManifest } from '../../src/protocol/manifest.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { base64, hex, json } from './encode.ts';
import { seededSuite } from './random.ts';

/** Byte i is 5·i + ⌊i ÷ 256⌋, modulo 256. */
const content = (length: number) => new Uint8Array(length).map((_, i) => i * 5 + (i >> 8));

/** A part by its bytes, whole files by the hashes of their parts, and the manifest of them. */
export function attachments(suite: Suite) {
  const random = seededSuite(suite, 'part');
  const keys = newAttachmentKeys(random);
  const small = sealPart(random, keys.key, keys.id, 7, content(100));
  const files = [1, 65_536, 65_537, 1_048_576, 1_200_000].map((size) => {
    const randomSeed = `file-${size}`;
    const seeded = seededSuite(suite, randomSeed);
    const { secret, id, key } = newAttachmentKeys(seeded);
    const padded = paddedFileLength(size);
    const whole = new Uint8Array(padded);
    whole.set(content(size));
    const parts = Array.from({ length: partCount(padded) }, (_, no) => {
      const plain = whole.subarray(no * 1_048_576, no * 1_048_576 + partLength(padded, no));
      const sealed = sealPart(seeded, key, id, no, plain);
      if (hex(hashPart(suite, openPart(suite, key, id, no, sealed))) !== hex(hashPart(suite, plain)))
        throw new Error('a part does not open to what was sealed');
      return hashPart(suite, sealed);
    });
    const bytes = sealedFileLength(padded);
    return {
      randomSeed,
      size,
      padded,
      secret: hex(secret),
      key: hex(key),
      uploadSeal: uploadSeal(suite, id, bytes),
      partHashes: parts.map(hex),
      entry: { id, parts: parts.length, bytes, root: partsRoot(suite, id, concat(...parts)) },
    };
  });
  const manifest = encodeManifest(files.map(({ entry }) => entry));
  return {
    what: 'Attachments. Byte i of a file is 5·i + floor(i/256) mod 256. Secret and key are the first two draws, the parts’ headers the next.',
    part: {
      randomSeed: 'part',
      secret: hex(keys.secret),
      id: keys.id,
      key: hex(keys.key),
      no: 7,
      length: 100,
      sealed: base64(small),
      hash: hex(hashPart(suite, small)),
    },
    files,
    manifest: json(manifest),
    manifestHash: hashManifest(suite, manifest),
  };
}
