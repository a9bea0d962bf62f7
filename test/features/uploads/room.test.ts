import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PART_BYTES } from '../../../src/protocol/attachment.ts';
import { errorOf, submit } from '../../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';
import {
  authorized,
  beginUpload,
  cancelUpload,
  completeUpload,
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

const three = (): SealedFile => sealFile(instance, new Uint8Array(2 * PART_BYTES + 1000).fill(7));
const part = (file: SealedFile, no: number): Uint8Array<ArrayBuffer> => file.parts[no] ?? new Uint8Array(0);

async function reopen(change: NonNullable<Parameters<typeof openTestInstance>[0]>['change']): Promise<void> {
  await instance.close();
  instance = await openTestInstance(change === undefined ? {} : { change });
}

const stuck = () => new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });

/** Sends a part whose bytes come from a stream; one that never comes to its end, unless given. */
const sendForever = (file: SealedFile, body = stuck()) =>
  instance.app.request(`/api/uploads/${file.id}/parts/0`, {
    method: 'PUT',
    headers: { ...authorized(file), 'content-type': 'application/octet-stream' },
    body,
    duplex: 'half',
  } as RequestInit);

async function begun(): Promise<SealedFile> {
  const file = three();
  expect((await beginUpload(instance, file)).status).toBe(201);
  return file;
}

describe('a service without room', () => {
  test('begins no upload beyond the room for unclaimed files, and tips go on', async () => {
    await instance.close();
    instance = await openTestInstance({
      change: (deps) => ({ limits: { ...deps.limits, uploadRoom: 4 * PART_BYTES } }),
    });
    const first = await begun();
    for (const no of [0, 1, 2]) await putPart(instance, first, no, part(first, no));
    const response = await beginUpload(instance, three());
    expect(response.headers.get('retry-after')).toBe('300');
    expect(await errorOf(response)).toMatchObject({ status: 503, code: 'uploads_full' });
    expect((await submit(instance)).response.status).toBe(201);
  });

  test('takes no more parts than fit into the room for unclaimed files, and goes on once another file is claimed or gone', async () => {
    await reopen((deps) => ({ limits: { ...deps.limits, uploadRoom: 4 * PART_BYTES } }));
    const [first, second] = [await begun(), await begun()];
    for (const no of [0, 1, 2])
      expect((await putPart(instance, first, no, part(first, no))).status).toBe(200);
    expect((await putPart(instance, second, 0, part(second, 0))).status).toBe(200);
    const refused = await putPart(instance, second, 1, part(second, 1));
    expect(refused.headers.get('retry-after')).toBe('300');
    expect(await errorOf(refused)).toMatchObject({ status: 503, code: 'uploads_full' });
    await cancelUpload(instance, first);
    instance.clock.set(instance.clock.now() + 2);
    for (const no of [1, 2]) expect((await putPart(instance, second, no, part(second, no))).status).toBe(200);
    expect((await completeUpload(instance, second)).status).toBe(200);
  });

  test('takes no part when the disk is nearly full, keeps the upload open, and goes on once there is room', async () => {
    let room = 1e12;
    await instance.close();
    instance = await openTestInstance({
      change: (deps) => ({ blobs: { ...deps.blobs, room: async () => room } }),
    });
    const file = await begun();
    await putPart(instance, file, 0, part(file, 0));
    room = 0;
    expect(await errorOf(await putPart(instance, file, 1, part(file, 1)))).toMatchObject({
      status: 507,
      code: 'storage_full',
    });
    expect(await errorOf(await beginUpload(instance, three()))).toMatchObject({ code: 'storage_full' });
    expect((await submit(instance)).response.status).toBe(201);
    room = 1e12;
    for (const no of [1, 2]) expect((await putPart(instance, file, no, part(file, no))).status).toBe(200);
    expect((await completeUpload(instance, file)).status).toBe(200);
  });

  test('joins no parts into the reserve of the disk, keeps the upload, and goes on once there is room', async () => {
    let room = 1e12;
    await reopen((deps) => ({ blobs: { ...deps.blobs, room: async () => room } }));
    const file = await begun();
    for (const no of [0, 1, 2]) await putPart(instance, file, no, part(file, no));
    room = instance.deps.limits.diskReserve + file.entry.bytes - 1;
    expect(await errorOf(await completeUpload(instance, file))).toEqual({
      status: 507,
      code: 'storage_full',
    });
    expect(await (await uploadStatus(instance, file)).json()).toMatchObject({ state: 'open' });
    room++;
    expect((await completeUpload(instance, file)).status).toBe(200);
  });

  test('begins no upload that could not lie there twice, as it does while it is joined', async () => {
    let room = 0;
    await reopen((deps) => ({ blobs: { ...deps.blobs, room: async () => room } }));
    const file = three();
    room = instance.deps.limits.diskReserve + 2 * file.entry.bytes - 1;
    expect(await errorOf(await beginUpload(instance, file))).toMatchObject({ code: 'storage_full' });
    room++;
    expect((await beginUpload(instance, file)).status).toBe(201);
  });

  test('joins the parts of one upload at a time', async () => {
    let now = 0;
    let most = 0;
    await reopen((deps) => ({
      blobs: {
        ...deps.blobs,
        commit: async (key, count) => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 20));
          const made = await deps.blobs.commit(key, count);
          now--;
          return made;
        },
      },
    }));
    await Promise.all([1, 2, 3].map((length) => uploaded(instance, new Uint8Array(length))));
    expect(most).toBe(1);
  });

  test('refuses a fifth part of one upload at once, while another upload goes on', async () => {
    const [slow, other] = [await begun(), await begun()];
    for (let i = 0; i < 4; i++) void sendForever(slow);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const refused = await putPart(instance, slow, 0, part(slow, 0));
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await errorOf(refused)).toMatchObject({ status: 503, code: 'unavailable' });
    expect((await putPart(instance, other, 0, part(other, 0))).status).toBe(200);
  });

  test('gives the place of a part back when its sender breaks off', async () => {
    const file = await begun();
    const breaking = () =>
      new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('gone')) });
    for (let i = 0; i < 6; i++)
      expect(await errorOf(await sendForever(file, breaking()))).toMatchObject({ code: 'bad_request' });
    expect((await putPart(instance, file, 0, part(file, 0))).status).toBe(200);
  });
});
