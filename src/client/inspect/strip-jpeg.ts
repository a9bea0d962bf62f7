import { ascii, BrokenFile, u16, u16le, u32be, u32le } from './bytes.ts';

/** JFIF 1.1 without thumbnail. */
const JFIF = Uint8Array.of(0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
const ORIENTATION = 0x0112;

/**
 * A JPEG without what it tells: application segments but JFIF and Adobe (which say how colours are meant), comments, and everything behind
 * its end. The picture's own bytes stay; how it is turned is kept in a segment that says nothing else. Throws `BrokenFile`.
 */
export function stripJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new BrokenFile();
  const kept: Uint8Array<ArrayBuffer>[] = [Uint8Array.of(0xff, 0xd8), JFIF];
  let turned = 1;
  for (let at = 2; ; ) {
    if (bytes[at] !== 0xff) throw new BrokenFile();
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) break;
    const length = u16(bytes, at + 2);
    const end = at + 2 + length;
    if (!(length >= 2) || end > bytes.length) throw new BrokenFile();
    const segment = bytes.slice(at, end);
    if (marker === 0xe1) turned = orientationOf(segment) ?? turned;
    if (isKept(marker, segment)) kept.push(segment);
    at = end;
    if (marker !== 0xda) continue;
    const next = endOfScan(bytes, at);
    kept.push(bytes.slice(at, next));
    at = next;
  }
  kept.push(Uint8Array.of(0xff, 0xd9));
  if (turned !== 1) kept.splice(2, 0, turnedSegment(turned));
  return kept;
}

/** Where a JPEG ends; null where it does not. Bytes behind it are no part of the picture. */
export function endOfJpeg(bytes: Uint8Array): number | null {
  let at = 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at++;
    else if (marker === 0xd9) return at + 2;
    else {
      const length = u16(bytes, at + 2);
      if (!(length >= 2)) return null;
      at += 2 + length;
      if (marker === 0xda) at = endOfScan(bytes, at);
    }
  }
  return null;
}

/** Coded data runs to the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker === undefined) break;
    if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  throw new BrokenFile();
}

function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xee) return ascii(segment, 4, 5) === 'Adobe';
  return marker !== 0xfe && !(marker >= 0xe0 && marker <= 0xef);
}

/** How an Exif segment says that the picture is turned: 2 to 8; null where it says nothing. */
function orientationOf(segment: Uint8Array): number | null {
  if (ascii(segment, 4, 6) !== 'Exif\0\0') return null;
  const tiff = segment.subarray(10);
  const little = ascii(tiff, 0, 2) === 'II';
  const [short, long] = little ? [u16le, u32le] : [u16, u32be];
  const table = long(tiff, 4);
  const entries = Math.min(short(tiff, table) || 0, 100);
  for (let i = 0; i < entries; i++) {
    const at = table + 2 + i * 12;
    if (short(tiff, at) !== ORIENTATION) continue;
    const value = short(tiff, at + 8);
    return value >= 2 && value <= 8 ? value : null;
  }
  return null;
}

/** An Exif segment with the orientation and nothing more. */
const turnedSegment = (turned: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0],
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0],
    ...[0, 0, 0, 0],
  );
