import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodingsIn, type Needle } from './needles.ts';

/** Where a canary was found and in which forms. */
export interface Finding {
  readonly place: string;
  readonly encodings: readonly string[];
}

/** Searches every file below a folder: database, write-ahead log, blobs, logs. */
export function searchFolder(folder: string, needles: readonly Needle[]): Finding[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return searchFolder(path, needles);
    if (!entry.isFile() || statSync(path).size === 0) return [];
    return finding(path, readFileSync(path), needles);
  });
}

/** Searches bytes that were captured elsewhere, a recorded connection say. */
export function searchBytes(place: string, bytes: Buffer, needles: readonly Needle[]): Finding[] {
  return finding(place, bytes, needles);
}

/**
 * Searches the readable memory of a live process through `/proc/PID/mem` (Linux; the same user or root). Regions are read in
 * windows that overlap by the longest needle, so that nothing hides on a border.
 */
export function searchMemory(pid: number, needles: readonly Needle[]): Finding[] {
  const longest = Math.max(...needles.map((needle) => needle.bytes.length));
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const found = new Set<string>();
  const window = Buffer.alloc(8 * 1024 * 1024);
  let readBytes = 0;
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const match = /^([0-9a-f]+)-([0-9a-f]+) r/.exec(line);
      if (!match || /\[(vvar|vsyscall|vdso)/.test(line)) continue;
      const end = Number.parseInt(match[2] as string, 16);
      for (let at = Number.parseInt(match[1] as string, 16); at < end; at += window.length - longest) {
        const got = readSome(memory, window, Math.min(window.length, end - at), at);
        if (got <= 0) break;
        readBytes += got;
        for (const encoding of encodingsIn(window.subarray(0, got), needles)) found.add(encoding);
        if (at + got >= end) break;
      }
    }
  } finally {
    closeSync(memory);
  }
  if (readBytes < 1024 * 1024) throw new Error('the memory of the process could not be read');
  return found.size === 0 ? [] : [{ place: 'process memory', encodings: [...found] }];
}

function readSome(file: number, into: Buffer, length: number, position: number): number {
  try {
    return readSync(file, into, 0, length, position);
  } catch {
    return -1; // a region that was unmapped meanwhile or that the kernel does not let anybody read
  }
}

function finding(place: string, bytes: Buffer, needles: readonly Needle[]): Finding[] {
  const encodings = encodingsIn(bytes, needles);
  return encodings.length === 0 ? [] : [{ place, encodings }];
}
