import { createHash } from 'node:crypto';
import {
  type FileHandle,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { hasCode, isFile, syncDirectory, syncedFile } from './durable.ts';
import { copyStream, rangeStream } from './streams.ts';

/** Most bytes of one part. */
export const PART_LIMIT = 5 * 1024 * 1024;
/** Most parts of one blob. */
export const PARTS_LIMIT = 10_000;
const ORPHANS_LIMIT = 1_000;

const KEY = /^[0-9a-f]{32}$/;

interface Recorded {
  readonly length: number;
  readonly sha256: string;
}

/**
 * Blobs in a folder: `uploads/<key>/` while being written, then `committed/<first two digits>/<key>` with its length and SHA-256 beside
 * it as `<key>.json`. The move into `committed` is one rename after file and hash are on disk, so a blob is there whole or not at all.
 * Every method throws AppError `field_invalid` for a key, part number or range that is none, `not_found` for an upload that was never
 * started, `body_too_large` for a part beyond 5 MiB, `storage_full` when the disk is.
 */
export function fsBlobs(root: string): Blobs {
  const upload = (key: string) => join(root, 'uploads', checked(key));
  const shelf = (key: string) => join(root, 'committed', checked(key).slice(0, 2));
  const blob = (key: string) => join(shelf(key), key);
  const record = (key: string) => join(shelf(key), `${key}.json`);
  const part = (key: string, index: number) => join(upload(key), `part-${String(index).padStart(4, '0')}`);
  const readRecord = async (key: string): Promise<Recorded | null> => {
    if (!(await isFile(blob(key)))) return null;
    try {
      return JSON.parse(await readFile(record(key), 'utf8')) as Recorded;
    } catch (error) {
      // Lost, or deleted meanwhile.
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  };

  /** The answer of a commit that happened before, or meanwhile in another call. */
  const committedLength = async (key: string): Promise<{ readonly length: number } | null> => {
    const earlier = await readRecord(key);
    return earlier === null ? null : { length: earlier.length };
  };

  /** Parts 0…count-1 in one synced file; the number of the first absent part instead when there is one. */
  const joinParts = async (key: string, count: number, into: string): Promise<Recorded | number> => {
    for (let index = 0; index < count; index++) if (!(await isFile(part(key, index)))) return index;
    const hash = createHash('sha256');
    let length = 0;
    await syncedFile(into, async (file) => {
      for (let index = 0; index < count; index++) {
        length += await appendFile(file, part(key, index), (chunk) => hash.update(chunk));
      }
    });
    return { length, sha256: hash.digest('hex') };
  };

  return {
    async create(key) {
      if (await isFile(blob(key))) return 'exists';
      await mkdir(join(root, 'uploads'), { recursive: true, mode: 0o700 });
      try {
        await mkdir(upload(key), { mode: 0o700 });
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return 'exists';
        throw storage(error);
      }
      if (await isFile(blob(key))) {
        await rm(upload(key), { recursive: true, force: true });
        return 'exists';
      }
      await writeFile(join(upload(key), 'begun'), '', { mode: 0o600 });
      return 'created';
    },

    async putPart(key, index, bytes) {
      if (!Number.isInteger(index) || index < 0 || index >= PARTS_LIMIT) {
        throw new AppError('field_invalid', { field: 'part' });
      }
      const temporary = join(upload(key), `arriving-${crypto.randomUUID()}`);
      const hash = createHash('sha256');
      let length = 0;
      try {
        await syncedFile(temporary, async (file) => {
          length = await copyStream(bytes, file, PART_LIMIT, (chunk) => hash.update(chunk));
        });
        await rename(temporary, part(key, index));
      } catch (error) {
        await bytes.cancel().catch(() => undefined);
        await rm(temporary, { force: true });
        throw hasCode(error, 'ENOENT') ? new AppError('not_found', { cause: error }) : storage(error);
      }
      return { length, hash: hash.digest('hex') };
    },

    async commit(key, count) {
      if (!Number.isInteger(count) || count < 1 || count > PARTS_LIMIT) {
        throw new AppError('field_invalid', { field: 'count' });
      }
      const earlier = await committedLength(key);
      if (earlier !== null) {
        await rm(upload(key), { recursive: true, force: true });
        return earlier;
      }
      const joined = join(upload(key), `joined-${crypto.randomUUID()}`);
      try {
        // The folder alone says that an upload was begun: a process may end before it has written anything into it.
        await stat(upload(key));
        const made = await joinParts(key, count, joined);
        if (typeof made === 'number') return (await committedLength(key)) ?? { missing: made };
        await mkdir(shelf(key), { recursive: true, mode: 0o700 });
        await syncDirectory(root);
        await syncDirectory(join(root, 'committed'));
        const noted = `${record(key)}.${crypto.randomUUID()}`;
        await syncedFile(noted, async (file) => {
          await file.writeFile(JSON.stringify(made));
        });
        // A citizen's file tells no finer time than the hour; when the file system itself was changed cannot be hidden from its owner.
        await floorToHour(noted);
        await floorToHour(joined);
        await rename(noted, record(key));
        await rename(joined, blob(key));
        await syncDirectory(shelf(key));
        await rm(upload(key), { recursive: true, force: true });
        return { length: made.length };
      } catch (error) {
        await rm(joined, { force: true });
        if (!hasCode(error, 'ENOENT')) throw storage(error);
        const other = await committedLength(key);
        if (other !== null) return other;
        throw new AppError('not_found', { cause: error });
      }
    },

    async read(key, range) {
      const path = blob(key);
      if (!(await isFile(path))) return null;
      const length = (await stat(path)).size;
      const from = range?.from ?? 0;
      const to = Math.min(range?.to ?? length, length);
      if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) {
        throw new AppError('field_invalid', { field: 'range' });
      }
      return { length, body: rangeStream(path, from, to) };
    },

    async delete(key) {
      const begun = await stat(upload(key)).then(
        () => true,
        () => false,
      );
      const had = begun || (await isFile(blob(key)));
      if (await isFile(blob(key))) {
        await rm(blob(key), { force: true });
        await rm(record(key), { force: true });
        await syncDirectory(shelf(key));
      }
      await rm(upload(key), { recursive: true, force: true });
      return had;
    },

    async orphans(olderThan) {
      const found: string[] = [];
      for (const key of await listed(join(root, 'uploads'))) {
        if (!KEY.test(key)) continue;
        if (await isFile(blob(key))) {
          // Committed, but the process ended before the upload's folder was taken away.
          await rm(upload(key), { recursive: true, force: true });
          continue;
        }
        const begun = await stat(join(upload(key), 'begun')).catch(() => stat(upload(key)).catch(() => null));
        if (begun !== null && begun.mtimeMs < olderThan * 1000) found.push(key);
        if (found.length === ORPHANS_LIMIT) break;
      }
      return found;
    },

    async room() {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },

    async recordedHash(key) {
      return (await readRecord(key))?.sha256 ?? null;
    },
  };
}

/** Sets a file's times to the beginning of the hour in which it was written. */
async function floorToHour(path: string): Promise<void> {
  const { mtimeMs } = await stat(path);
  const hour = Math.floor(mtimeMs / 3_600_000) * 3600;
  await utimes(path, hour, hour);
}

function checked(key: string): string {
  if (!KEY.test(key)) throw new AppError('field_invalid', { field: 'key' });
  return key;
}

function storage(error: unknown): unknown {
  return hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')
    ? new AppError('storage_full', { cause: error })
    : error;
}

async function listed(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

async function appendFile(
  file: FileHandle,
  from: string,
  seen: (chunk: Uint8Array) => void,
): Promise<number> {
  const body = rangeStream(from, 0, (await stat(from)).size);
  try {
    return await copyStream(body, file, PART_LIMIT, seen);
  } finally {
    await body.cancel().catch(() => undefined);
  }
}
