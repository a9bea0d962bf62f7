import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';

const CHUNK = 64 * 1024;

/** Bytes [from, to) of an open file as a stream that closes the file at its end or when it is cancelled. */
export function rangeStream(file: FileHandle, from: number, to: number): ReadableStream<Uint8Array> {
  let position = from;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const wanted = Math.min(CHUNK, to - position);
        const { bytesRead, buffer } =
          wanted === 0
            ? { bytesRead: 0, buffer: new Uint8Array(0) }
            : await file.read(new Uint8Array(wanted), 0, wanted, position);
        if (bytesRead === 0) {
          await file.close();
          if (position < to) controller.error(new Error('the blob is shorter than it was'));
          else controller.close();
          return;
        }
        position += bytesRead;
        controller.enqueue(buffer.subarray(0, bytesRead));
      } catch (error) {
        await file.close().catch(() => undefined);
        throw error;
      }
    },
    async cancel() {
      await file.close();
    },
  });
}

/** Writes a stream to a file's end; returns how many bytes. Throws AppError `body_too_large` beyond `limit`. */
export async function copyStream(
  bytes: ReadableStream<Uint8Array>,
  file: FileHandle,
  limit: number,
  seen: (chunk: Uint8Array) => void,
): Promise<number> {
  const reader = bytes.getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return length;
      length += value.byteLength;
      if (length > limit) throw new AppError('body_too_large');
      seen(value);
      await writeAll(file, value);
    }
  } finally {
    reader.releaseLock();
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const { bytesWritten } = await file.write(chunk, written, chunk.byteLength - written);
    written += bytesWritten;
  }
}
