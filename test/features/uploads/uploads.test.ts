import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PART_BYTES, openPart, PART_BYTES, sealedFileLength } from '../../../src/protocol/attachment.ts';
import { concat, toHex } from '../../../src/protocol/bytes.ts';
import { errorOf } from '../../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';
import {
  beginUpload,
  cancelUpload,
  completeUpload,
  proofFor,
  putPart,
  type SealedFile,
  sealFile,
  uploaded,
  uploadStatus,
} from '../../http/uploading.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

/** A file of so many bytes that are not all the same. */
const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255);
const three = (): SealedFile => sealFile(instance, bytesOf(2 * PART_BYTES + 1000));
const part = (file: SealedFile, no: number): Uint8Array<ArrayBuffer> => file.parts[no] ?? new Uint8Array(0);
const blobPath = (id: string): string => join(instance.folder, 'blobs', 'committed', id.slice(0, 2), id);

async function begun(file: SealedFile = three()): Promise<SealedFile> {
  expect((await beginUpload(instance, file)).status).toBe(201);
  return file;
}

describe('an upload', () => {
  test('whose parts came in any order is joined to exactly the sealed bytes', async () => {
    const file = await begun();
    for (const no of [2, 0, 1]) expect((await putPart(instance, file, no, part(file, no))).status).toBe(200);
    const done = await completeUpload(instance, file);
    expect(await done.json()).toEqual({ root: file.entry.root, bytes: file.entry.bytes });
    const blob = await readFile(blobPath(file.id));
    expect(Buffer.compare(blob, concat(...file.parts))).toBe(0);
    const opened = openPart(
      instance.world.suite,
      file.key,
      file.id,
      0,
      new Uint8Array(blob.subarray(0, MAX_PART_BYTES)),
    );
    expect(Buffer.compare(opened, file.plain.subarray(0, PART_BYTES))).toBe(0);
  });

  test('says which parts are there, so that only the others are sent', async () => {
    const file = await begun();
    const { hash } = (await (await putPart(instance, file, 1, part(file, 1))).json()) as { hash: string };
    const status = await (await uploadStatus(instance, file)).json();
    expect(status).toEqual({ state: 'open', parts: 3, have: [null, hash, null] });
  });

  test('begun again with the same secret goes on', async () => {
    const file = await begun();
    await putPart(instance, file, 0, part(file, 0));
    const again = await beginUpload(instance, file, { solution: 'AAAA' });
    expect(again.status).toBe(200);
    expect(((await again.json()) as { have: unknown[] }).have[0]).toEqual(expect.any(String));
  });

  test('takes a part twice when it is the same, and keeps the first when it is not', async () => {
    const file = await begun();
    await putPart(instance, file, 0, part(file, 0));
    expect((await putPart(instance, file, 0, part(file, 0))).status).toBe(200);
    expect(await errorOf(await putPart(instance, file, 0, part(file, 1)))).toMatchObject({
      status: 409,
      code: 'upload_conflict',
    });
    for (const no of [1, 2]) await putPart(instance, file, no, part(file, no));
    expect((await (await completeUpload(instance, file)).json()) as object).toMatchObject({
      root: file.entry.root,
    });
  });

  test('with a missing part is not complete, and says which', async () => {
    const file = await begun();
    await putPart(instance, file, 0, part(file, 0));
    await putPart(instance, file, 2, part(file, 2));
    expect(await errorOf(await completeUpload(instance, file))).toEqual({
      status: 409,
      code: 'upload_incomplete',
      field: 'parts.1',
    });
  });

  test('whose bytes the disk lost asks for them again', async () => {
    const file = await begun();
    for (const no of [0, 1, 2]) await putPart(instance, file, no, part(file, no));
    await instance.deps.blobs.delete(file.id);
    expect(await errorOf(await completeUpload(instance, file))).toEqual({
      status: 409,
      code: 'upload_incomplete',
      field: 'parts.0',
    });
    for (const no of [0, 1, 2]) expect((await putPart(instance, file, no, part(file, no))).status).toBe(200);
    expect((await completeUpload(instance, file)).status).toBe(200);
  });

  test('that is complete answers the same again and takes nothing new', async () => {
    const file = await uploaded(instance, bytesOf(1000));
    expect((await completeUpload(instance, file)).status).toBe(200);
    expect((await putPart(instance, file, 0, part(file, 0))).status).toBe(200);
    const other = sealFile(instance, bytesOf(1001));
    expect(await errorOf(await putPart(instance, file, 0, part(other, 0)))).toMatchObject({
      status: 409,
      code: 'upload_closed',
    });
  });

  test('that is cancelled leaves nothing and is unknown afterwards', async () => {
    const file = await begun();
    await putPart(instance, file, 0, part(file, 0));
    expect((await cancelUpload(instance, file)).status).toBe(204);
    expect(await errorOf(await uploadStatus(instance, file))).toMatchObject({
      status: 404,
      code: 'upload_unknown',
    });
    expect(await readdir(join(instance.folder, 'blobs', 'uploads'))).toEqual([]);
    const rows = instance.connection.prepare('SELECT count(*) AS n FROM upload').get();
    expect(rows).toEqual({ n: 0 });
  });

  test('keeps no time finer than the hour', async () => {
    instance.clock.set(Math.floor(instance.clock.now() / 3600) * 3600 + 1234);
    const file = await begun();
    const row = instance.connection.prepare('SELECT begun_hour FROM upload').get();
    expect(row).toEqual({ begun_hour: Math.floor(instance.clock.now() / 3600) });
    const spent = instance.connection.prepare('SELECT expires FROM spent_challenge').get() as {
      expires: number;
    };
    expect(spent.expires % 3600).toBe(0);
    expect(file.parts).toHaveLength(3);
  });
});

describe('somebody without the secret', () => {
  test('gets one and the same answer for an upload that there is and for one that there is not', async () => {
    const file = await begun();
    const stranger = three();
    const as = (id: string) => ({ secret: stranger.secret, id });
    for (const id of [file.id, stranger.id, 'zz', '0'.repeat(32)]) {
      const answers = [
        await uploadStatus(instance, as(id)),
        await putPart(instance, as(id), 0, part(stranger, 0)),
        await completeUpload(instance, as(id)),
        await cancelUpload(instance, as(id)),
      ];
      for (const answer of answers)
        expect(await errorOf(answer)).toEqual({ status: 404, code: 'upload_unknown' });
    }
    expect((await uploadStatus(instance, file)).status).toBe(200);
  });

  test('gets it for a missing or malformed secret as well', async () => {
    const file = await begun();
    for (const authorization of [
      '',
      'Upload',
      'Bearer x',
      `Upload ${'A'.repeat(42)}`,
      `Upload ${'!'.repeat(43)}`,
    ]) {
      const response = await instance.app.request(`/api/uploads/${file.id}`, {
        headers: { 'sec-fetch-site': 'same-origin', authorization },
      });
      expect(await errorOf(response)).toEqual({ status: 404, code: 'upload_unknown' });
    }
  });

  test('begins nothing under an id that is not their secret’s', async () => {
    const file = three();
    const response = await beginUpload(instance, file, { id: '0'.repeat(32) });
    expect(await errorOf(response)).toMatchObject({ status: 404, code: 'upload_unknown' });
  });
});

describe('a request that does not fit', () => {
  test.each([1, 65_536, 3 * MAX_PART_BYTES - 1, 70_000])(
    'is refused when %i bytes are none that a sealer makes',
    async (bytes) => {
      expect(await errorOf(await beginUpload(instance, three(), { bytes }))).toEqual({
        status: 400,
        code: 'field_invalid',
        field: 'bytes',
      });
    },
  );

  test('is refused when the file is larger than the instance takes', async () => {
    const bytes = sealedFileLength(16 * PART_BYTES);
    expect(await errorOf(await beginUpload(instance, three(), { bytes }))).toEqual({
      status: 413,
      code: 'body_too_large',
      field: 'bytes',
    });
  });

  test('is refused for a part of another length, and another number than there are', async () => {
    const file = await begun();
    expect(await errorOf(await putPart(instance, file, 0, part(file, 2)))).toEqual({
      status: 400,
      code: 'field_invalid',
      field: 'length',
    });
    expect(await errorOf(await putPart(instance, file, 0, new Uint8Array(0)))).toMatchObject({
      code: 'field_invalid',
    });
    for (const no of [3, 10_000, '-1', '01', '1e0', 'x'])
      expect(await errorOf(await putPart(instance, file, no, part(file, 0)))).toEqual({
        status: 400,
        code: 'field_invalid',
        field: 'no',
      });
  });

  test('is refused for a part longer than any, whatever it announces', async () => {
    const file = await begun();
    const long = new Uint8Array(MAX_PART_BYTES + 1);
    expect(await errorOf(await putPart(instance, file, 0, long))).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });

  test('is refused with another content type, and from another site', async () => {
    const file = await begun();
    expect(
      await errorOf(await putPart(instance, file, 0, part(file, 0), { 'content-type': 'text/plain' })),
    ).toMatchObject({ status: 415, code: 'content_type' });
    expect(
      await errorOf(await putPart(instance, file, 0, part(file, 0), { 'sec-fetch-site': 'cross-site' })),
    ).toMatchObject({ status: 403, code: 'cross_site' });
  });

  test('is refused without a proof, with another file’s, and with one that was spent', async () => {
    const file = three();
    const other = three();
    expect((await errorOf(await beginUpload(instance, file, { solution: 'e30' }))).code).toBe(
      'challenge_invalid',
    );
    const solution = await proofFor(instance, other.id, other.entry.bytes);
    expect((await errorOf(await beginUpload(instance, file, { solution }))).code).toBe('challenge_invalid');
    expect((await beginUpload(instance, other, { solution })).status).toBe(201);
    await cancelUpload(instance, other);
    expect((await errorOf(await beginUpload(instance, other, { solution }))).code).toBe('challenge_spent');
  });

  test('is refused for other bytes under the same id', async () => {
    const file = await begun();
    const response = await beginUpload(instance, file, { bytes: sealedFileLength(65_536) });
    expect(await errorOf(response)).toMatchObject({ status: 409, code: 'upload_conflict' });
  });
});

test('the log names routes, never an upload', async () => {
  const file = await uploaded(instance, bytesOf(3000));
  await uploadStatus(instance, file);
  const text = JSON.stringify([instance.requests, instance.service]);
  expect(text).not.toContain(file.id);
  expect(text).not.toContain(toHex(file.secret));
  expect(instance.requests.map(({ route }) => route)).toContain('/api/uploads/:id/parts/:no');
});
