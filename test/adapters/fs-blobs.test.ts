import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fsBlobs } from '../../src/adapters/blobs/fs.ts';
import { describeBlobsContract } from '../contract/blobs.ts';
import { temporaryFolder } from './sqlite-fixture.ts';

async function makeFsBlobs() {
  const folder = await temporaryFolder();
  return { blobs: fsBlobs(folder), folder, close: () => rm(folder, { recursive: true }) };
}

const KEY = 'ab'.repeat(16);
const one = (value: string) => new Blob([value]).stream() as ReadableStream<Uint8Array>;

describeBlobsContract('the file-system adapter', makeFsBlobs);

describe('the file-system adapter', () => {
  it('leaves no temporary file behind, and only files that the owner alone may read', async () => {
    const { blobs, folder, close } = await makeFsBlobs();
    await blobs.create(KEY);
    await blobs.putPart(KEY, 0, one('x'));
    await blobs.commit(KEY, 1);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map((entry) => entry.name).sort()).toEqual([KEY, `${KEY}.json`]);
    for (const entry of files) expect((await stat(join(entry.parentPath, entry.name))).mode & 0o077).toBe(0);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
    await close();
  });

  it('never offers a committed blob as an orphan when its upload’s folder survived a crash', async () => {
    const { blobs, folder, close } = await makeFsBlobs();
    await blobs.create(KEY);
    await blobs.putPart(KEY, 0, one('x'));
    await blobs.commit(KEY, 1);
    await mkdir(join(folder, 'uploads', KEY));
    await writeFile(join(folder, 'uploads', KEY, 'begun'), '');
    expect(await blobs.orphans(Date.now() / 1000 + 60)).toEqual([]);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
    expect((await blobs.read(KEY))?.length).toBe(1);
    await close();
  });

  it('goes on with an upload of which a crash left nothing but the folder', async () => {
    const { blobs, folder, close } = await makeFsBlobs();
    await mkdir(join(folder, 'uploads', KEY), { recursive: true });
    await blobs.putPart(KEY, 0, one('x'));
    expect(await blobs.commit(KEY, 1)).toEqual({ length: 1 });
    await close();
  });

  it('deletes an upload of which a crash left nothing but the folder', async () => {
    const { blobs, folder, close } = await makeFsBlobs();
    await mkdir(join(folder, 'uploads', KEY), { recursive: true });
    expect(await blobs.delete(KEY)).toBe(true);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
    await close();
  });

  it('tells of a committed blob no finer time than the hour', async () => {
    const { blobs, folder, close } = await makeFsBlobs();
    await blobs.create(KEY);
    await blobs.putPart(KEY, 0, one('x'));
    await blobs.commit(KEY, 1);
    for (const name of [KEY, `${KEY}.json`]) {
      const { mtimeMs, atimeMs } = await stat(join(folder, 'committed', KEY.slice(0, 2), name));
      expect(mtimeMs % 3_600_000).toBe(0);
      expect(atimeMs % 3_600_000).toBe(0);
    }
    await close();
  });

  it('holds no file open for a stream that nobody reads or that a reader leaves half-way', async () => {
    const { blobs, close } = await makeFsBlobs();
    await blobs.create(KEY);
    await blobs.putPart(KEY, 0, one('x'.repeat(300_000)));
    await blobs.commit(KEY, 1);
    const open = async () => (await readdir('/proc/self/fd')).length;
    const before = await open();
    for (let index = 0; index < 20; index++) {
      await blobs.read(KEY);
      const reader = (await blobs.read(KEY))?.body.getReader();
      await reader?.read();
      await reader?.cancel();
    }
    expect(await open()).toBeLessThanOrEqual(before + 2);
    await close();
  });
});
