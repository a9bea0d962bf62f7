import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecordingSealer } from '../../../src/adapters/recording/sealer.ts';
import type { StaffId } from '../../../src/domain/ids.ts';
import type { RecordingReaders, RecordingSealer, SealedPart } from '../../../src/ports/recording-sealer.ts';
import {
  hashPart,
  openPart,
  PART_BYTES,
  paddedFileLength,
  partsRoot,
  sealedFileLength,
} from '../../../src/protocol/attachment.ts';
import { concat, toHex } from '../../../src/protocol/bytes.ts';
import { openRecordingKey, openRecordingMeta, openRecordingShare } from '../../../src/protocol/recording.ts';
import { combineShares } from '../../../src/protocol/recovery.ts';
import { loadSodiumSuite } from '../../../src/protocol/sodium.ts';
import { PROVINCE } from '../../protocol/world.ts';

const suite = await loadSodiumSuite();
const staff = '56'.repeat(16) as StaffId;
const operator = suite.xwingKeyPair(suite.randomBytes(32));
const holders = ['a', 'b', 'c'].map((id) => ({ id, keys: suite.xwingKeyPair(suite.randomBytes(32)) }));
const id = 'ab'.repeat(16);
const readers: RecordingReaders = {
  instance: 'f1'.repeat(16),
  unit: PROVINCE,
  operators: [{ staff, kemKey: operator.publicKey }],
  holders: holders.map(({ id: name, keys }) => ({ id: name, kemKey: keys.publicKey })),
};
const recording = { instance: readers.instance, unit: PROVINCE, id };

let sealer: RecordingSealer;
beforeEach(() => {
  sealer = createRecordingSealer();
});
afterEach(() => sealer.close());

const sound = Uint8Array.from({ length: PART_BYTES * 2 + 12_345 }, (_, i) => (i * 7 + (i >> 11)) & 255);

async function sealed(bytes: Uint8Array, step: number) {
  const sealing = await sealer.begin(id, readers);
  const parts: SealedPart[] = [];
  for (let at = 0; at < bytes.length; at += step)
    parts.push(...(await sealing.push(bytes.slice(at, at + step))));
  const { parts: rest, ...closed } = await sealing.finish({ type: 'audio/wav', seconds: 12, line: 'một' });
  return { parts: [...parts, ...rest], ...closed };
}

test.each([
  [sound, 300_000],
  [sound.subarray(0, PART_BYTES), 65_536],
  [sound.subarray(0, 100), 100],
] as const)(
  'an operator opens exactly the sound that was sealed, padded to its class, with its particulars',
  async (bytes, step) => {
    const { parts, wraps, root, partHashes, meta, bytes: total } = await sealed(bytes, step);
    const wrap = wraps.find((one) => one.staff === staff)?.wrap ?? new Uint8Array(0);
    const key = openRecordingKey(suite, wrap, recording, { staff, kemSecret: operator.secretKey });
    const plain = concat(...parts.map(({ no, bytes: part }) => openPart(suite, key, id, no, part)));
    expect(Buffer.compare(plain.subarray(0, bytes.length), bytes)).toBe(0);
    expect(plain.length).toBe(paddedFileLength(bytes.length));
    expect(total).toBe(sealedFileLength(plain.length));
    expect(parts.map(({ no }) => no)).toEqual(parts.map((_, no) => no));
    expect(parts.map(({ bytes: part }) => toHex(hashPart(suite, part)))).toEqual(
      parts.map(({ hash }) => hash),
    );
    expect(root).toBe(partsRoot(suite, id, partHashes));
    const told = { type: 'audio/wav', seconds: 12, line: 'một', size: bytes.length };
    expect(openRecordingMeta(suite, key, recording, root, meta)).toEqual(told);
  },
);

test('two recovery holders together have the key', async () => {
  const { wraps, shares } = await sealed(sound.subarray(0, 1000), 1000);
  const opened = shares.slice(1).map(({ holder, share }, i) =>
    openRecordingShare(suite, share, recording, {
      id: holder,
      kemSecret: holders[i + 1]?.keys.secretKey ?? new Uint8Array(32),
    }),
  );
  const key = openRecordingKey(suite, wraps[0]?.wrap ?? new Uint8Array(0), recording, {
    staff,
    kemSecret: operator.secretKey,
  });
  expect(combineShares(opened)).toEqual(key);
});

test('bytes that were handed over are gone from the caller', async () => {
  const sealing = await sealer.begin(id, readers);
  const bytes = sound.slice(0, 1000);
  await sealing.push(bytes);
  expect(bytes.length).toBe(0);
  sealing.abort();
  await expect(sealing.push(sound.slice(0, 10))).rejects.toMatchObject({ code: 'unavailable' });
});

test('a fifth recording at once is told to wait, and finds room when one has ended', async () => {
  const four = await Promise.all([1, 2, 3, 4].map(() => sealer.begin(id, readers)));
  await expect(sealer.begin(id, readers)).rejects.toMatchObject({ code: 'sealer_busy', retryAfter: 30 });
  four[0]?.abort();
  (await sealer.begin(id, readers)).abort();
});
