import { ascii, u16, u16le, u24le, u32be } from './bytes.ts';

/** Largest image that is decoded: pixels, and one side. */
export const MOST_PIXELS = 50_000_000;
export const LONGEST_SIDE = 20_000;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** True for what a phone can decode. */
export const isDecodable = ({ width, height }: Size): boolean =>
  width >= 1 &&
  height >= 1 &&
  width <= LONGEST_SIDE &&
  height <= LONGEST_SIDE &&
  width * height <= MOST_PIXELS;

/**
 * Width and height by an image's header, read before any decoder sees the file: a few bytes can name more pixels than a phone has memory
 * for. Null where the header names none.
 */
export function sizeOf(type: string, bytes: Uint8Array): Size | null {
  const size = READERS[type]?.(bytes) ?? null;
  return size !== null && Number.isFinite(size.width) && Number.isFinite(size.height) ? size : null;
}

const READERS: Readonly<Record<string, (bytes: Uint8Array) => Size | null>> = {
  'image/jpeg': jpeg,
  'image/png': (bytes) => ({ width: u32be(bytes, 16), height: u32be(bytes, 20) }),
  'image/gif': (bytes) => ({ width: u16le(bytes, 6), height: u16le(bytes, 8) }),
  'image/webp': webp,
  'image/avif': boxed,
  'image/heic': boxed,
};

/** The largest frame that a JPEG announces before its first scan. */
function jpeg(bytes: Uint8Array): Size | null {
  let size: Size | null = null;
  for (let at = 2; bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) size = larger(size, { height: u16(bytes, at + 5), width: u16(bytes, at + 7) });
    const length = u16(bytes, at + 2);
    if (!(length >= 2)) return null;
    at += 2 + length;
  }
  return size;
}

function webp(bytes: Uint8Array): Size | null {
  const kind = ascii(bytes, 12, 4);
  if (kind === 'VP8X') return { width: u24le(bytes, 24) + 1, height: u24le(bytes, 27) + 1 };
  if (kind === 'VP8 ') return { width: u16le(bytes, 26) & 0x3fff, height: u16le(bytes, 28) & 0x3fff };
  if (kind !== 'VP8L') return null;
  const bits = u16le(bytes, 21) + u16le(bytes, 23) * 0x10000;
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** The largest `ispe` property of an ISO file: header of 4 bytes, width, height. */
function boxed(bytes: Uint8Array): Size | null {
  let size: Size | null = null;
  const head = bytes.subarray(0, 1024 * 1024);
  for (let at = 0; at + 16 <= head.length; at++) {
    if (head[at] !== 0x69 || ascii(head, at, 4) !== 'ispe') continue;
    size = larger(size, { width: u32be(head, at + 8), height: u32be(head, at + 12) });
  }
  return size;
}

const larger = (a: Size | null, b: Size): Size =>
  a === null || b.width * b.height > a.width * a.height ? b : a;
