import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tidy } from '../../src/instance/housekeeping.ts';
import { encodeManifest } from '../../src/protocol/manifest.ts';
import { askChallenge, errorOf, finish, newCitizen, postFrame } from '../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../http/instance.ts';
import {
  beginUpload,
  putPart,
  type SealedFile,
  sealFile,
  uploaded,
  uploadStatus,
} from '../http/uploading.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

const DAY = 24 * 3600;
const plain = new TextEncoder().encode('một đoạn ghi âm');

/** A file of which only a part has arrived. */
async function half(): Promise<SealedFile> {
  const file = sealFile(instance, plain);
  await beginUpload(instance, file);
  await putPart(instance, file, 0, file.parts[0] ?? new Uint8Array(0));
  return file;
}

const filesLeft = async (): Promise<readonly string[]> =>
  (await readdir(join(instance.folder, 'blobs'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

test('files that nothing carries are gone after a day, whole or half', async () => {
  const files = [await half(), await uploaded(instance, plain)];
  instance.clock.set(instance.clock.now() + DAY + 3600);
  await tidy(instance.deps);
  expect(await filesLeft()).toEqual([]);
  for (const file of files)
    expect((await errorOf(await uploadStatus(instance, file))).code).toBe('upload_unknown');
});

test('files of the last day stay', async () => {
  const file = await half();
  instance.clock.set(instance.clock.now() + DAY - 3600);
  await tidy(instance.deps);
  expect((await uploadStatus(instance, file)).status).toBe(200);
});

test('a file that a tip carries stays for good', async () => {
  const file = await uploaded(instance, plain);
  const citizen = newCitizen(instance, { manifest: encodeManifest([file.entry]) });
  await postFrame(instance, finish(instance, citizen, await askChallenge(instance, citizen)).frame);
  instance.clock.set(instance.clock.now() + 400 * DAY);
  await tidy(instance.deps);
  expect(await filesLeft()).toContain(file.id);
});

test('bytes without a row, as a restored database leaves them, go with the others', async () => {
  const folder = join(instance.folder, 'blobs', 'uploads', 'ab'.repeat(16));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'begun'), '');
  await utimes(join(folder, 'begun'), 1000, 1000);
  await tidy(instance.deps);
  expect(await readdir(join(instance.folder, 'blobs', 'uploads'))).toEqual([]);
});
