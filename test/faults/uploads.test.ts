import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Upload } from '../../src/client/common/upload.ts';
import { type AttachmentInfo, OutgoingFiles } from '../../src/client/worker/outgoing-files.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { MAX_PART_BYTES, openPart } from '../../src/protocol/attachment.ts';
import { fromBase64Url } from '../../src/protocol/base64.ts';
import { type Citizens, citizensOf, send } from './support/citizen.ts';
import { fetchLine } from './support/fetch-line.ts';
import { makeInstance } from './support/instance.ts';
import { type RunningServer, startServer } from './support/server.ts';

const KILLS = process.env.TINKIN_FULL === '1' ? 50 : 10;
const MIB = 1024 * 1024;

/** A file that somebody sends again and again until it is there, and the tip that carries it. */
interface Sent {
  readonly tip: string;
  readonly info: AttachmentInfo;
  readonly key: Uint8Array;
  readonly plain: Uint8Array<ArrayBuffer>;
}

describe(`a server killed ${KILLS} times at random moments while files arrive`, () => {
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  let server: RunningServer;
  let citizens: Citizens;
  const done: Sent[] = [];
  /** Hash of every part that was acknowledged, by `upload/part`. */
  const acknowledged = new Map<string, string>();
  const lost: string[] = [];
  let brokenOff = 0;
  let over = false;

  const line = fetchLine(
    () => server.origin,
    (method, url, json) => {
      const part = /^\/api\/uploads\/([0-9a-f]{32})\/parts\/(\d+)$/.exec(url);
      if (method === 'PUT' && part)
        acknowledged.set(`${part[1]}/${part[2]}`, (json as { hash: string }).hash);
      const status = /^\/api\/uploads\/([0-9a-f]{32})$/.exec(url);
      if (method !== 'GET' || !status) return;
      // What was acknowledged before the kill must still be there after it.
      (json as { have: (string | null)[] }).have.forEach((hash, no) => {
        const known = acknowledged.get(`${status[1]}/${no}`);
        if (known !== undefined && known !== hash) lost.push(`${status[1]}/${no}`);
      });
    },
  );
  const patiently: typeof line = {
    ...line,
    send: (...args) =>
      line.send(...args).catch((error: unknown) => {
        brokenOff++;
        throw error;
      }),
  };

  const sendOne = async (): Promise<void> => {
    const files = new OutgoingFiles(citizens.suite);
    const plain = new Uint8Array(randomBytes(randomInt(1, 4 * MIB)));
    const info = files.attach({ file: new Blob([plain]), name: 'a.bin', type: 'x/y', form: 'original' });
    const source = {
      part: (no: number) => files.part({ id: info.id, no }),
      done: async (no: number, hash: string) => files.partDone({ id: info.id, no, hash }),
      solve: async (challenge: Parameters<OutgoingFiles['solve']>[0]) => files.solve(challenge),
    };
    const quiet = { progress: () => undefined, note: () => undefined };
    const { root } = await new Upload(info, source, quiet, patiently).run();
    files.attached({ id: info.id, root });
    const { entries, manifest } = files.sealed();
    const ready = await again(() => citizens.prepareCarrying(server.origin, manifest));
    const status = await again(async () => {
      const answer = await send(server.origin, ready);
      if (answer === null) throw new Error('no answer');
      return answer;
    });
    if (status !== 201 && status !== 200) throw new Error(`the tip was answered ${status}`);
    done.push({ tip: ready.tip, info, key: fromBase64Url(entries[0]?.key ?? ''), plain });
  };
  const citizen = async (): Promise<void> => {
    while (!over) await sendOne();
  };

  beforeAll(async () => {
    instance = await makeInstance();
    server = await startServer(instance.folder);
    citizens = await citizensOf(instance.folder, server.origin);
    const people = Array.from({ length: 4 }, citizen);
    for (let kill = 0; kill < KILLS; kill++) {
      await new Promise((resolve) => setTimeout(resolve, randomInt(50, 400)));
      await server.kill();
      server = await startServer(instance.folder);
    }
    over = true;
    await Promise.all(people);
    await server.kill();
  }, 1_200_000);

  afterAll(() => instance?.remove());

  test('was really killed while parts were on the line', () => {
    expect(brokenOff).toBeGreaterThan(KILLS / 2);
    expect(done.length).toBeGreaterThan(0);
  });

  test('never lost a part that it had acknowledged', () => {
    expect(acknowledged.size).toBeGreaterThan(done.length);
    expect(lost).toEqual([]);
  });

  test('holds every file of an acknowledged tip whole, as its sender’s key opens it', async () => {
    const opened = await openInstance(instance.folder);
    try {
      const wrong: string[] = [];
      for (const { tip, info, key, plain } of done) {
        const row = await opened.store.uploads.upload(info.id);
        const blob = await opened.blobs.read(info.id);
        const bytes = new Uint8Array(await new Response(blob?.body ?? null).arrayBuffer());
        const parts: Uint8Array[] = [];
        for (let at = 0, no = 0; at < bytes.length; at += MAX_PART_BYTES, no++)
          parts.push(openPart(citizens.suite, key, info.id, no, bytes.slice(at, at + MAX_PART_BYTES)));
        const whole = Buffer.concat(parts).subarray(0, plain.length);
        if (row?.state !== 'attached' || whole.compare(plain) !== 0) wrong.push(tip);
      }
      expect(wrong).toEqual([]);
    } finally {
      await opened.close();
    }
  });

  test('has a sound database, and a blob for every file that is finished', async () => {
    const opened = await openInstance(instance.folder);
    try {
      const { connection } = opened.store;
      expect(connection.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(connection.pragma('foreign_key_check')).toEqual([]);
      for (const id of await opened.store.uploads.ids('0'.repeat(32), 10_000))
        expect(await opened.blobs.recordedHash(id)).not.toBeNull();
    } finally {
      await opened.close();
    }
  });
});

/** Does it again while the server is away. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
