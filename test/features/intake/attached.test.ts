import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeManifest, type ManifestEntry } from '../../../src/protocol/manifest.ts';
import { askChallenge, errorOf, finish, newCitizen, postFrame, stored } from '../../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';
import {
  beginUpload,
  completeUpload,
  putPart,
  sealFile,
  uploaded,
  uploadStatus,
} from '../../http/uploading.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance({ threaded: true });
});
afterEach(() => instance.close());

const plain = new TextEncoder().encode('một tấm ảnh');

/** A tip whose seal names these files, ready to be posted. */
async function carrying(...entries: readonly ManifestEntry[]) {
  const citizen = newCitizen(instance, { manifest: encodeManifest(entries) });
  return finish(instance, citizen, await askChallenge(instance, citizen));
}

test('a tip is accepted with the files that were uploaded whole before it', async () => {
  const files = [await uploaded(instance, plain), await uploaded(instance, plain)];
  const { frame } = await carrying(...files.map(({ entry }) => entry));
  expect((await postFrame(instance, frame)).status).toBe(201);
  for (const file of files)
    expect(await (await uploadStatus(instance, file)).json()).toMatchObject({ state: 'attached' });
});

test('a tip whose file is not there whole is refused, nothing of it is stored, and it is accepted once the file is', async () => {
  const file = sealFile(instance, plain);
  await beginUpload(instance, file);
  const before = stored(instance);
  const { frame } = await carrying(file.entry);
  expect(await errorOf(await postFrame(instance, frame))).toEqual({
    status: 409,
    code: 'attachment_missing',
  });
  expect(stored(instance)).toEqual(before);
  await putPart(instance, file, 0, file.parts[0] ?? new Uint8Array(0));
  await completeUpload(instance, file);
  expect((await postFrame(instance, frame)).status).toBe(201);
});

test('the same tip sent twice keeps its files and gets the stored answer', async () => {
  const file = await uploaded(instance, plain);
  const { frame } = await carrying(file.entry);
  const first = await (await postFrame(instance, frame)).text();
  const again = await postFrame(instance, frame);
  expect([again.status, await again.text()]).toEqual([200, first]);
});

test('a second tip cannot carry the file of a first', async () => {
  const file = await uploaded(instance, plain);
  expect((await postFrame(instance, (await carrying(file.entry)).frame)).status).toBe(201);
  const second = await postFrame(instance, (await carrying(file.entry)).frame);
  expect(await errorOf(second)).toMatchObject({ code: 'attachment_missing' });
});

test('a tip that names other bytes than were uploaded is refused', async () => {
  const file = await uploaded(instance, plain);
  const { frame } = await carrying({ ...file.entry, root: sealFile(instance, plain).entry.root });
  expect(await errorOf(await postFrame(instance, frame))).toMatchObject({ code: 'attachment_missing' });
});
