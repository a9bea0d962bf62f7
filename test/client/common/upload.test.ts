import { afterEach, beforeEach, expect, test } from 'vitest';
import { NetworkError, RefusedError } from '../../../src/client/common/http.ts';
import { Upload, UploadCancelled, type UploadView } from '../../../src/client/common/upload.ts';
import type { Line, LineRequest } from '../../../src/client/common/upload-line.ts';
import { type AttachmentInfo, OutgoingFiles } from '../../../src/client/worker/outgoing-files.ts';
import { MAX_PART_BYTES, openPart, PART_BYTES, sealedFileLength } from '../../../src/protocol/attachment.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { parseManifest } from '../../../src/protocol/manifest.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';

let instance: TestInstance;
let files: OutgoingFiles;
beforeEach(async () => {
  instance = await openTestInstance();
  files = new OutgoingFiles(instance.world.suite);
});
afterEach(() => instance.close());

const plain = Uint8Array.from({ length: 3 * PART_BYTES + 77 }, (_, i) => (i * 31 + (i >> 10)) & 255);

/** A line to the real service that a test makes fail; waiting takes no time. */
function lineTo(fail: (request: LineRequest, count: number) => Error | 'after' | null = () => null) {
  const sent: string[] = [];
  let waits = 0;
  const line: Line = {
    async send(request, progress, signal) {
      if (signal?.aborted === true) throw new NetworkError();
      sent.push(`${request.method} ${request.url.replace(/[0-9a-f]{32}/, 'ID')}`);
      const failure = fail(request, sent.length);
      if (failure instanceof Error) throw failure;
      const response = await instance.app.request(request.url, {
        method: request.method,
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(request.secret === undefined ? {} : { authorization: `Upload ${request.secret}` }),
          ...(request.body === undefined ? {} : { 'content-type': request.body.type }),
        },
        ...(request.body === undefined ? {} : { body: request.body.bytes }),
      });
      if (failure === 'after') throw new NetworkError();
      if (typeof request.body?.bytes === 'object') progress?.(request.body.bytes.length);
      if (response.status === 204) return { json: null };
      const json = (await response.json()) as { error?: { code: string } };
      if (!response.ok) throw new RefusedError(json.error?.code ?? '', '', response.status >= 500);
      return { json };
    },
    async wait() {
      waits++;
      await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
  return { line, sent, waits: () => waits };
}

const quiet: UploadView = { progress: () => undefined, note: () => undefined };

function upload(line: Line, view: UploadView = quiet, blob = new Blob([plain])) {
  const info = files.attach({ file: blob, name: 'anh.jpg', type: 'image/jpeg', form: 'redrawn' });
  const source = {
    part: (no: number) => files.part({ id: info.id, no }),
    done: async (no: number, hash: string) => files.partDone({ id: info.id, no, hash }),
    solve: async (challenge: Parameters<OutgoingFiles['solve']>[0]) => files.solve(challenge),
  };
  return { info, run: new Upload(info, source, view, line) };
}

/** Opens what lies on the server with the key that the content would carry. */
async function received({ id }: AttachmentInfo): Promise<Uint8Array> {
  const entry = files.sealed().entries.find((one) => one.id === id);
  const blob = await instance.deps.blobs.read(id);
  if (entry === undefined || blob === null) throw new Error('nothing there');
  const bytes = new Uint8Array(await new Response(blob.body).arrayBuffer());
  const parts: Uint8Array[] = [];
  for (let at = 0, no = 0; at < bytes.length; at += MAX_PART_BYTES, no++)
    parts.push(
      openPart(instance.world.suite, fromBase64Url(entry.key), id, no, bytes.slice(at, at + MAX_PART_BYTES)),
    );
  return new Uint8Array(Buffer.concat(parts)).subarray(0, entry.size);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

test('a file arrives whole, with a manifest that names exactly what is there', async () => {
  const { info, run } = upload(lineTo().line);
  files.attached({ id: info.id, root: (await run.run()).root });
  expect(same(await received(info), plain)).toBe(true);
  const { entries, manifest } = files.sealed();
  expect(entries[0]).toMatchObject({
    name: 'anh.jpg',
    type: 'image/jpeg',
    size: plain.length,
    form: 'redrawn',
  });
  expect(parseManifest(manifest)).toMatchObject([{ id: info.id, parts: info.parts, bytes: info.bytes }]);
});

test('a line that drops again and again goes on where it was', async () => {
  const drops = new Set([4, 6, 7, 11]);
  const { line, sent, waits } = lineTo((_, count) => (drops.has(count) ? new NetworkError() : null));
  const { info, run } = upload(line);
  files.attached({ id: info.id, root: (await run.run()).root });
  expect(same(await received(info), plain)).toBe(true);
  expect(waits()).toBeGreaterThan(1);
  expect(sent.filter((one) => one === 'POST /api/uploads')).toHaveLength(1);
});

test('an answer that got lost is learnt by asking, and the part is not sent again', async () => {
  let lost = false;
  const { line, sent } = lineTo(({ method, url }) => {
    if (lost || method !== 'PUT' || !url.endsWith('/0')) return null;
    lost = true;
    return 'after';
  });
  const { info, run } = upload(line);
  files.attached({ id: info.id, root: (await run.run()).root });
  expect(same(await received(info), plain)).toBe(true);
  expect(sent.filter((one) => one === 'PUT /api/uploads/ID/parts/0')).toHaveLength(1);
});

test('parts that the disk lost are sealed and sent again', async () => {
  let dropped = false;
  const { line } = lineTo(({ url }) => {
    if (!url.endsWith('/complete') || dropped) return null;
    dropped = true;
    return null;
  });
  const { info, run } = upload({
    ...line,
    send: async (request, progress, signal) => {
      if (request.url.endsWith('/complete') && !dropped) await instance.deps.blobs.delete(info.id);
      return line.send(request, progress, signal);
    },
  });
  files.attached({ id: info.id, root: (await run.run()).root });
  expect(same(await received(info), plain)).toBe(true);
});

test('an upload that the service has dropped is begun again from the first part', async () => {
  let puts = 0;
  const { line } = lineTo();
  const { info, run } = upload({
    ...line,
    send: async (request, progress, signal) => {
      if (request.method === 'PUT' && ++puts === 3) {
        await instance.deps.store.uploads.abandon(info.id);
        await instance.deps.blobs.delete(info.id);
        await instance.deps.store.uploads.forget(info.id);
      }
      return line.send(request, progress, signal);
    },
  });
  files.attached({ id: info.id, root: (await run.run()).root });
  expect(same(await received(info), plain)).toBe(true);
});

test('pausing stops the line, and resuming ends with the whole file', async () => {
  const notes: string[] = [];
  let paused = false;
  const { line, sent } = lineTo();
  const made = upload(
    {
      ...line,
      send: async (request, progress, signal) => {
        if (request.method === 'PUT' && !paused) {
          paused = true;
          made.run.pause();
        }
        return line.send(request, progress, signal);
      },
    },
    { ...quiet, note: (state) => notes.push(state) },
  );
  const done = made.run.run();
  await new Promise((resolve) => setTimeout(resolve, 30));
  const before = sent.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(sent.length).toBe(before);
  expect(notes.at(-1)).toBe('paused');
  made.run.resume();
  files.attached({ id: made.info.id, root: (await done).root });
  expect(same(await received(made.info), plain)).toBe(true);
});

test('cancelling ends it and leaves nothing on the server', async () => {
  const { line } = lineTo();
  const made = upload({
    ...line,
    send: async (request, progress, signal) => {
      const answer = await line.send(request, progress, signal);
      if (request.method === 'PUT') made.run.cancel();
      return answer;
    },
  });
  await expect(made.run.run()).rejects.toThrow(UploadCancelled);
  await expect.poll(async () => (await instance.deps.store.uploads.upload(made.info.id)) === null).toBe(true);
});

test('a refusal that no waiting mends is told', async () => {
  const { run } = upload(
    lineTo(({ method }) => (method === 'PUT' ? new RefusedError('storage_full', '', true) : null)).line,
  );
  await expect(run.run()).rejects.toMatchObject({ code: 'storage_full' });
});

test('the progress never runs backwards past what has arrived, and ends at the whole', async () => {
  const seen: number[] = [];
  const { info, run } = upload(lineTo().line, { ...quiet, progress: (sent) => seen.push(sent) });
  await run.run();
  expect(seen.at(-1)).toBe(sealedFileLength(4 * PART_BYTES) >= info.bytes ? info.bytes : -1);
});

test('a service that names other hashes than were sent is not believed', async () => {
  const { line } = lineTo();
  const { run } = upload({
    ...line,
    send: async (request, progress, signal) => {
      const answer = await line.send(request, progress, signal);
      return request.method === 'PUT' ? { json: { no: 0, hash: 'ab'.repeat(32) } } : answer;
    },
  });
  await expect(run.run()).rejects.toMatchObject({ code: 'manifest_mismatch' });
});

test('a file that cannot be read any more is told as such', async () => {
  const broken = new Blob([plain]);
  Object.defineProperty(broken, 'slice', {
    value: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }),
  });
  const { run } = upload(lineTo().line, quiet, broken);
  await expect(run.run()).rejects.toMatchObject({ code: 'field_invalid', field: 'file' });
});

test('an empty file, one too large and one too many are refused at choosing', () => {
  const attach = (file: Blob) => files.attach({ file, name: 'x', type: 'text/plain', form: 'original' });
  expect(() => attach(new Blob([]))).toThrow('field_invalid');
  const large = new Blob([]);
  Object.defineProperty(large, 'size', { value: 500 * 1024 * 1024 + 1 });
  expect(() => attach(large)).toThrow('field_invalid');
  for (let i = 0; i < 20; i++) attach(new Blob(['x']));
  expect(() => attach(new Blob(['x']))).toThrow('field_invalid');
});
