import { inflateSync } from 'node:zlib';

const HEADER = 44;
const ENTRY = 20;
const SIGNATURE = 0x774f4646;

/** The font file within a WOFF 1.0 file (W3C Recommendation, sections 4 and 5). Throws `Error` for anything else. */
export function sfntFromWoff(woff: Uint8Array): Uint8Array {
  const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (woff.length < HEADER || view.getUint32(0) !== SIGNATURE) throw new Error('not a WOFF file');
  const tables = Array.from({ length: view.getUint16(12) }, (_, at) => {
    const entry = HEADER + at * ENTRY;
    const [tag, offset, packed, size, checksum] = [0, 4, 8, 12, 16].map((by) => view.getUint32(entry + by));
    const bytes = woff.subarray(offset ?? 0, (offset ?? 0) + (packed ?? 0));
    const plain = packed === size ? bytes : new Uint8Array(inflateSync(bytes));
    if (plain.length !== size) throw new Error('a damaged WOFF file');
    return { tag: tag ?? 0, checksum: checksum ?? 0, plain };
  });
  const start = 12 + tables.length * 16;
  const total = tables.reduce((sum, { plain }) => sum + padded(plain.length), start);
  const font = new Uint8Array(total);
  const out = new DataView(font.buffer);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  out.setUint32(0, view.getUint32(4));
  out.setUint16(4, tables.length);
  out.setUint16(6, power * 16);
  out.setUint16(8, Math.log2(power));
  out.setUint16(10, tables.length * 16 - power * 16);
  let at = start;
  for (const [i, { tag, checksum, plain }] of tables.entries()) {
    const entry = 12 + i * 16;
    out.setUint32(entry, tag);
    out.setUint32(entry + 4, checksum);
    out.setUint32(entry + 8, at);
    out.setUint32(entry + 12, plain.length);
    font.set(plain, at);
    at += padded(plain.length);
  }
  return font;
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;
