import { ascii, BrokenFile, u32be, u32le } from './bytes.ts';

/** Chunks of a PNG that make the picture: its pixels, and how their colours are meant. */
const PNG_KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP']);

/** A PNG without texts, times, Exif, further frames and what stands behind its end. Throws `BrokenFile`. */
export function stripPng(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const kept: Uint8Array<ArrayBuffer>[] = [bytes.slice(0, 8)];
  for (const { name, from, to } of pngChunks(bytes)) if (PNG_KEPT.has(name)) kept.push(bytes.slice(from, to));
  return kept;
}

/** Where a PNG ends; null where it does not. */
export function endOfPng(bytes: Uint8Array): number | null {
  try {
    return pngChunks(bytes).at(-1)?.to ?? null;
  } catch {
    return null;
  }
}

interface Chunk {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function pngChunks(bytes: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let from = 8; ; ) {
    const name = ascii(bytes, from + 4, 4);
    const to = from + 12 + u32be(bytes, from);
    if (!(to <= bytes.length)) throw new BrokenFile();
    chunks.push({ name, from, to });
    if (name === 'IEND') return chunks;
    from = to;
  }
}

const WEBP_KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits of VP8X that announce Exif and XMP. */
const WEBP_TELLS = 0x0c;

/** A WebP without Exif, XMP, chunks that nobody knows, and what stands behind its end. Throws `BrokenFile`. */
export function stripWebp(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const end = 8 + u32le(bytes, 4);
  if (!(end <= bytes.length)) throw new BrokenFile();
  const kept: Uint8Array<ArrayBuffer>[] = [];
  let length = 4;
  for (let from = 12; from < end; ) {
    const size = u32le(bytes, from + 4);
    const to = from + 8 + size + (size % 2);
    if (!(to <= end)) throw new BrokenFile();
    const name = ascii(bytes, from, 4);
    if (WEBP_KEPT.has(name)) {
      const chunk = bytes.slice(from, to);
      if (name === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~WEBP_TELLS;
      kept.push(chunk);
      length += chunk.length;
    }
    from = to;
  }
  const head = bytes.slice(0, 12);
  new DataView(head.buffer).setUint32(4, length, true);
  return [head, ...kept];
}

/** Where a WebP ends by its own word. */
export const endOfWebp = (bytes: Uint8Array): number | null => {
  const end = 8 + u32le(bytes, 4);
  return end <= bytes.length ? end : null;
};
