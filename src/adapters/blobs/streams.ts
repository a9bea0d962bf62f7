import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';

const CHUNK = 64 * 1024;

/**
 * Bytes [from, to) of a file as a stream. The file is opened when the first byte is asked for, so that a stream nobody reads holds
 * nothing, and closed at the end or when the stream is cancelled.
 */
export function rangeStream(path: string, from: number, to: number): ReadableStream<Uint8Array> {
  let file: FileHandle | null = null;
  let position = from;
  const close = async () => {
    const open = file;
    file = null;
    await open?.close();
  };
  const next = async (): Promise<Uint8Array | null> => {
    if (position === to) return null;
    file ??= await open(path, 'r');
    const wanted = Math.min(CHUNK, to - position);
    const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, position);
    if (bytesRead === 0) throw new Error('the file is shorter than it was');
    position += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await next();
          if (chunk !== null) return controller.enqueue(chunk);
          await close();
          controller.close();
        } catch (error) {
          await close();
          throw error;
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
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
