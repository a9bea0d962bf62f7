import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NetworkError, RefusedError } from '../../../src/client/common/http.ts';
import { Upload, type UploadView } from '../../../src/client/common/upload.ts';
import type { Line, LineRequest } from '../../../src/client/common/upload-line.ts';
import { type AttachmentInfo, OutgoingFiles } from '../../../src/client/worker/outgoing-files.ts';
import { PART_BYTES } from '../../../src/protocol/attachment.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';

/** Three parts, the last one short. */
const PLAIN = Uint8Array.from({ length: 2 * PART_BYTES + 90_000 }, (_, i) => (i ^ (i >> 9)) & 0xff);

/** What happens to a request: it is answered, never leaves, is done and its answer lost, or refused by these words. */
type Fate = 'passes' | 'cut' | 'answer_lost' | RefusedError;

let instance: Instance;
let files: OutgoingFiles;
let info: AttachmentInfo;
let asked: string[];
let fates: ((name: string) => Fate)[];
let waits: number[];
let notes: string[];
let shares: number[];
let onTheLine: number;
let served: number;
beforeEach(async () => {
  instance = await openInstance();
  files = new OutgoingFiles(instance.suite);
  info = files.attach({ file: new Blob([PLAIN]), name: 'a.mp4', type: 'video/mp4', form: 'stripped' });
  [asked, fates, waits, notes, shares] = [[], [], [], [], []];
  [onTheLine, served] = [0, 0];
});
afterEach(() => instance.close());

const nameOf = ({ method, url }: LineRequest): string => `${method} ${url.replace(info.id, 'ID')}`;
const line: Line = {
  async send(request, sent, signal) {
    const name = nameOf(request);
    asked.push(name);
    const fate = fates.map((decide) => decide(name)).find((one) => one !== 'passes') ?? 'passes';
    if (fate instanceof RefusedError) throw fate;
    if (fate === 'cut' || signal?.aborted === true) throw new NetworkError();
    const { secret, body } = request;
    onTheLine++;
    const response = await instance.app.request(request.url, {
      method: request.method,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(secret === undefined ? {} : { authorization: `Upload ${secret}` }),
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      ...(body === undefined ? {} : { body: body.bytes }),
    });
    onTheLine--;
    served++;
    if (fate === 'answer_lost') throw new NetworkError();
    sent?.(body?.bytes.length ?? 0);
    if (response.status === 204) return { json: null };
    const json = (await response.json()) as { error?: { code: string } };
    if (!response.ok)
      throw new RefusedError(json.error?.code ?? '', '', response.status === 429 || response.status >= 500);
    return { json };
  },
  async wait(seconds) {
    waits.push(seconds);
  },
};
const view: UploadView = {
  progress: (sent, all) => shares.push(sent / all),
  note: (state) => notes.push(state),
};
const source = {
  part: (no: number) => files.part({ id: info.id, no }),
  done: async (no: number, hash: string) => files.partDone({ id: info.id, no, hash }),
  solve: async (challenge: Parameters<OutgoingFiles['solve']>[0]) => files.solve(challenge),
};
const upload = (): Upload => new Upload(info, source, view, line);
const sentParts = (): string[] => asked.filter((name) => name.startsWith('PUT'));
/** Decides once, for the nth request of this name. */
const once = (name: string, fate: Fate, nth = 1): void => {
  let seen = 0;
  fates.push((asking) => (asking === name && ++seen === nth ? fate : 'passes'));
};

describe('an upload', () => {
  test('sends every part once and ends with the root that the Worker reckons', async () => {
    const { root } = await upload().run();
    expect(files.attached({ id: info.id, root })).toBeNull();
    expect(sentParts().toSorted()).toEqual([0, 1, 2].map((no) => `PUT /api/uploads/ID/parts/${no}`));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  test('goes on where it was after the line dropped, without sending again what arrived', async () => {
    once('PUT /api/uploads/ID/parts/2', 'cut');
    await upload().run();
    expect(sentParts().filter((name) => !name.endsWith('/2'))).toHaveLength(2);
    expect(waits).toEqual([2]);
    expect(notes).toEqual(['sending', 'waiting', 'sending']);
  });

  test('tries a line that dropped with one part alone before two travel again', async () => {
    once('PUT /api/uploads/ID/parts/0', 'cut');
    once('PUT /api/uploads/ID/parts/1', 'cut');
    const beside: number[] = [];
    fates.push((name) => {
      if (name.startsWith('PUT')) beside.push(onTheLine);
      return 'passes';
    });
    await upload().run();
    // Two that were cut, the one alone, then two together.
    expect(beside.slice(2, 4)).toEqual([0, 0]);
    expect(sentParts()).toHaveLength(5);
  });

  test('begins no further part once one has failed', async () => {
    once('PUT /api/uploads/ID/parts/1', 'cut');
    let beforeWaiting: number | null = null;
    fates.push((name) => {
      if (name === 'GET /api/uploads/ID' && waits.length === 1) beforeWaiting ??= sentParts().length;
      return 'passes';
    });
    await upload().run();
    expect(beforeWaiting).toBe(2);
  });

  test('takes a part for arrived whose answer alone was lost', async () => {
    once('PUT /api/uploads/ID/parts/1', 'answer_lost');
    await upload().run();
    expect(sentParts()).toHaveLength(3);
  });

  test('waits longer each time the line stays away, a minute at most', async () => {
    let left = 7;
    fates.push((name) => (name === 'GET /api/uploads/ID' && left-- > 0 ? 'cut' : 'passes'));
    await upload().run();
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60]);
  });

  test('begins anew with the same id when its beginning was answered into nothing', async () => {
    once('POST /api/uploads', 'answer_lost');
    await upload().run();
    expect(asked.filter((name) => name === 'POST /api/uploads')).toHaveLength(2);
  });

  test('solves another challenge when the first one ran out', async () => {
    once('POST /api/uploads', new RefusedError('challenge_expired', '', false));
    await upload().run();
    expect(asked.filter((name) => name === 'POST /api/proof')).toHaveLength(2);
  });

  test('waits while the service is too busy', async () => {
    once('PUT /api/uploads/ID/parts/0', new RefusedError('unavailable', '', true));
    await upload().run();
    expect(waits).toEqual([2]);
  });

  test('ends with the refusal that no waiting mends', async () => {
    once('POST /api/uploads', new RefusedError('uploads_full', '', false));
    await expect(upload().run()).rejects.toMatchObject({ code: 'uploads_full' });
  });

  test('sends a part again that the server lost before it was whole', async () => {
    once('POST /api/uploads/ID/complete', new RefusedError('upload_incomplete', '', false));
    const { root } = await upload().run();
    expect(files.attached({ id: info.id, root })).toBeNull();
  });

  test('does not take a line that was away for long for parts that were lost', async () => {
    let asks = 0;
    fates.push((name) => {
      if (name !== 'POST /api/uploads/ID/complete' || ++asks > 6) return 'passes';
      return asks === 6 ? new RefusedError('upload_incomplete', '', false) : 'cut';
    });
    const { root } = await upload().run();
    expect(files.attached({ id: info.id, root })).toBeNull();
  });

  test('ends when the server says again and again that parts are missing', async () => {
    fates.push((name) =>
      name === 'POST /api/uploads/ID/complete' ? new RefusedError('upload_incomplete', '', false) : 'passes',
    );
    await expect(upload().run()).rejects.toMatchObject({ code: 'upload_incomplete' });
  });

  test('sends all of it again when the server gave it up meanwhile', async () => {
    let given = false;
    fates.push((name) => {
      if (name !== 'POST /api/uploads/ID/complete' || given) return 'passes';
      given = true;
      return new RefusedError('upload_unknown', '', false);
    });
    await upload().run();
    expect(asked.filter((name) => name === 'POST /api/uploads')).toHaveLength(2);
  });

  test('stands still while it is paused and goes on when it is resumed', async () => {
    const one = upload();
    fates.push((name) => {
      if (name === 'PUT /api/uploads/ID/parts/1' && !notes.includes('paused')) one.pause();
      return 'passes';
    });
    const run = one.run();
    await vi.waitFor(() => expect([notes.at(-1), onTheLine]).toEqual(['paused', 0]));
    const before = served;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(served).toBe(before);
    one.resume();
    const { root } = await run;
    expect(files.attached({ id: info.id, root })).toBeNull();
  });

  test('that is cancelled takes what arrived off the server', async () => {
    const one = upload();
    fates.push((name) => {
      if (name === 'PUT /api/uploads/ID/parts/2') one.cancel();
      return 'passes';
    });
    await expect(one.run()).rejects.toMatchObject({ name: 'UploadCancelled' });
    await vi.waitFor(async () => {
      const state = (await instance.store.uploads.upload(info.id))?.state ?? 'gone';
      expect(['dropping', 'gone']).toContain(state);
    });
  });
});
