import { createReadStream, openAsBlob, readFileSync } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Upload } from '../../src/client/common/upload.ts';
import { OutgoingFiles } from '../../src/client/worker/outgoing-files.ts';
import { hashPart, newAttachmentKeys, PART_BYTES, sealPart } from '../../src/protocol/attachment.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { fetchLine } from '../faults/support/fetch-line.ts';
import { makeInstance } from '../faults/support/instance.ts';
import { startServer } from '../faults/support/server.ts';
import { freePort } from '../fixtures/free-port.ts';
import { type BenchRow, plainRow } from './table.ts';
import { benchBrowserMemory } from './upload-browser.ts';

const MIB = 1024 * 1024;
const SIZE = process.env.BENCH_SMALL === '1' ? 20 * MIB : 500 * MIB;

/**
 * One large file through the built server by the browser's own code, beside the same bytes copied over the same line (a loopback socket) to a
 * server that only writes and syncs them, and beside sealing alone. The sender shares the machine with the server.
 */
export async function benchUploads(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tinkin-uploads-'));
  try {
    const file = join(folder, 'film.mp4');
    await writeRandom(file);
    const suite = await loadSodiumSuite();
    const raw = await copyOverLine(file, join(folder, 'copy'));
    const sealing = await sealAlone(suite, file);
    const { seconds, serverMiB, beforeMiB } = await throughService(suite, file);
    const mib = SIZE / MIB;
    const browser = await benchBrowserMemory(file, SIZE);
    return [
      plainRow('file', mib, 'MiB'),
      plainRow('sealed, sent, written, synced, joined', mib / seconds, 'MiB/s'),
      plainRow('the same bytes copied over the same line, written and synced', mib / raw, 'MiB/s'),
      plainRow('upload ÷ plain copy', raw / seconds, '×'),
      plainRow('sealing and hashing alone (libsodium, WebAssembly)', mib / sealing, 'MiB/s'),
      plainRow('upload ÷ sealing alone', sealing / seconds, '×'),
      plainRow('server’s memory at its highest', serverMiB, 'MiB'),
      ...browser,
      plainRow('server’s memory at its highest, more than before the file', serverMiB - beforeMiB, 'MiB'),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeRandom(path: string): Promise<void> {
  const file = await open(path, 'w');
  const block = new Uint8Array(MIB);
  for (let at = 0; at < SIZE; at += MIB) {
    for (let i = 0; i < MIB; i += 65_536) crypto.getRandomValues(block.subarray(i, i + 65_536));
    await file.write(block);
  }
  await file.close();
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
};

/** Seconds that a plain copy takes: one POST of the whole file to a server that writes it and syncs it once. */
async function copyOverLine(file: string, into: string): Promise<number> {
  const server = createServer(async (request, response) => {
    const target = await open(into, 'w');
    for await (const chunk of request) await target.write(chunk as Uint8Array);
    await target.sync();
    await target.close();
    response.end();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  try {
    return await secondsOf(async () => {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: await openAsBlob(file),
      });
      await response.arrayBuffer();
      if ((await stat(into)).size !== SIZE) throw new Error('the copy is not whole');
    });
  } finally {
    server.close();
  }
}

/** Seconds that sealing and hashing every part takes, with nothing sent. */
async function sealAlone(suite: Suite, file: string): Promise<number> {
  const { id, key } = newAttachmentKeys(suite);
  return secondsOf(async () => {
    let no = 0;
    for await (const part of createReadStream(file, { highWaterMark: PART_BYTES }))
      hashPart(suite, sealPart(suite, key, id, no++, part as Uint8Array));
  });
}

async function throughService(suite: Suite, file: string) {
  const instance = await makeInstance();
  const server = await startServer(instance.folder);
  try {
    const before = highestMiB(server.pid);
    const seconds = await secondsOf(async () => {
      const files = new OutgoingFiles(suite);
      const blob = await openAsBlob(file);
      const info = files.attach({ file: blob, name: 'film.mp4', type: 'video/mp4', form: 'original' });
      const source = {
        part: (no: number) => files.part({ id: info.id, no }),
        done: async (no: number, hash: string) => files.partDone({ id: info.id, no, hash }),
        solve: async (challenge: Parameters<OutgoingFiles['solve']>[0]) => files.solve(challenge),
      };
      const quiet = { progress: () => undefined, note: () => undefined };
      const { root } = await new Upload(
        info,
        source,
        quiet,
        fetchLine(() => server.origin),
      ).run();
      files.attached({ id: info.id, root });
    });
    return { seconds, serverMiB: highestMiB(server.pid), beforeMiB: before };
  } finally {
    await server.stop();
    await instance.remove();
  }
}

/** Highest resident memory of a process so far, in MiB. */
function highestMiB(pid: number): number {
  const [, kib = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
