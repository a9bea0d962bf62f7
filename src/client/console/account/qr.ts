import { utf8 } from '../../../protocol/bytes.ts';
import { remainder } from './reed-solomon.ts';

/** What a version of level L holds (ISO/IEC 18004, tables 7 and 9): equal blocks only, which is all that is needed up to version 9. */
const VERSIONS = [
  { ec: 7, blocks: 1, data: 19, align: [] },
  { ec: 10, blocks: 1, data: 34, align: [6, 18] },
  { ec: 15, blocks: 1, data: 55, align: [6, 22] },
  { ec: 20, blocks: 1, data: 80, align: [6, 26] },
  { ec: 26, blocks: 1, data: 108, align: [6, 30] },
  { ec: 18, blocks: 2, data: 68, align: [6, 34] },
  { ec: 20, blocks: 2, data: 78, align: [6, 22, 38] },
  { ec: 24, blocks: 2, data: 97, align: [6, 24, 42] },
  { ec: 30, blocks: 2, data: 116, align: [6, 26, 46] },
] as const;

type Version = (typeof VERSIONS)[number];

/** One module: dark, light, or not yet set. Those of fixed patterns are never masked. */
interface Grid {
  readonly size: number;
  readonly dark: boolean[][];
  readonly fixed: boolean[][];
}

/** Mode byte, 8-bit length, the bytes, padding: the data codewords of the smallest version that holds them. */
const dataCodewords = (
  bytes: Uint8Array,
): { readonly version: Version; readonly number: number; readonly data: number[] } => {
  const index = VERSIONS.findIndex((version) => version.blocks * version.data >= bytes.length + 2);
  const version = VERSIONS[index];
  if (version === undefined) throw new RangeError('too long for a QR code');
  const nibbles = [4, bytes.length >> 4, bytes.length & 15];
  for (const byte of bytes) nibbles.push(byte >> 4, byte & 15);
  nibbles.push(0);
  const data: number[] = [];
  for (let i = 0; i < nibbles.length; i += 2) data.push(((nibbles[i] ?? 0) << 4) | (nibbles[i + 1] ?? 0));
  const capacity = version.blocks * version.data;
  for (let pad = 0xec; data.length < capacity; pad ^= 0xec ^ 0x11) data.push(pad);
  return { version, number: index + 1, data };
};

/** Data of all blocks column by column, then their error correction the same way. */
const interleaved = (version: Version, data: readonly number[]): number[] => {
  const blocks = Array.from({ length: version.blocks }, (_, i) =>
    data.slice(i * version.data, (i + 1) * version.data),
  );
  const corrections = blocks.map((block) => remainder(block, version.ec));
  const out: number[] = [];
  for (let i = 0; i < version.data; i++) for (const block of blocks) out.push(block[i] ?? 0);
  for (let i = 0; i < version.ec; i++) for (const correction of corrections) out.push(correction[i] ?? 0);
  return out;
};

const set = (grid: Grid, x: number, y: number, dark: boolean): void => {
  const row = grid.dark[y];
  const fixed = grid.fixed[y];
  if (row === undefined || fixed === undefined || x < 0 || x >= grid.size) return;
  row[x] = dark;
  fixed[x] = true;
};

const finder = (grid: Grid, left: number, top: number): void => {
  for (let y = -1; y <= 7; y++)
    for (let x = -1; x <= 7; x++) {
      const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
      set(grid, left + x, top + y, ring !== 2 && ring !== 4);
    }
};

const alignments = (grid: Grid, centres: readonly number[]): void => {
  for (const y of centres)
    for (const x of centres) {
      if (grid.fixed[y]?.[x] === true) continue;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++)
          set(grid, x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
};

/** BCH check bits: `value` shifted by `length` bits, reduced by the generator, joined. */
const withCheck = (value: number, length: number, generator: number): number => {
  const top = 2 ** Math.floor(Math.log2(generator));
  let rest = value << length;
  for (let bit = Math.floor(Math.log2(rest || 1)); rest >= top; bit = Math.floor(Math.log2(rest)))
    rest ^= generator << (bit - Math.floor(Math.log2(generator)));
  return (value << length) | rest;
};

/** Level L, mask 0, in both places; and the module that is always dark. */
const format = (grid: Grid): void => {
  const bits = withCheck(0b01000, 10, 0b10100110111) ^ 0b101010000010010;
  const last = grid.size - 1;
  for (let i = 0; i < 15; i++) {
    const dark = ((bits >> i) & 1) === 1;
    if (i < 6) set(grid, 8, i, dark);
    else if (i < 8) set(grid, 8, i + 1, dark);
    else set(grid, i === 8 ? 7 : 14 - i, 8, dark);
    if (i < 8) set(grid, last - i, 8, dark);
    else set(grid, 8, last - 14 + i, dark);
  }
  set(grid, 8, last - 7, true);
};

const versionBits = (grid: Grid, number: number): void => {
  if (number < 7) return;
  const bits = withCheck(number, 12, 0b1111100100101);
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    const far = grid.size - 11 + (i % 3);
    set(grid, Math.floor(i / 3), far, dark);
    set(grid, far, Math.floor(i / 3), dark);
  }
};

const fixedPatterns = (version: Version, number: number): Grid => {
  const size = 17 + 4 * number;
  const square = (): boolean[][] =>
    Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const grid: Grid = { size, dark: square(), fixed: square() };
  finder(grid, 0, 0);
  finder(grid, size - 7, 0);
  finder(grid, 0, size - 7);
  alignments(grid, version.align);
  for (let i = 8; i < size - 8; i++) {
    set(grid, i, 6, i % 2 === 0);
    set(grid, 6, i, i % 2 === 0);
  }
  format(grid);
  versionBits(grid, number);
  return grid;
};

/** Two columns at a time from the right, upwards and downwards in turn, the timing column left out; mask 0 on every data module. */
const place = (grid: Grid, codewords: readonly number[]): void => {
  let bit = 0;
  let up = true;
  for (let right = grid.size - 1; right > 0; right -= 2) {
    const column = right <= 6 ? right - 1 : right;
    for (let step = 0; step < grid.size; step++) {
      const y = up ? grid.size - 1 - step : step;
      for (const x of [column, column - 1]) {
        const row = grid.dark[y];
        if (row === undefined || grid.fixed[y]?.[x] === true) continue;
        const value = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        row[x] = value !== ((x + y) % 2 === 0);
        bit++;
      }
    }
    up = !up;
  }
};

/** The modules of a QR code (byte mode, level L, versions 1–9) without its quiet zone; true is dark. RangeError beyond 230 bytes. */
export const qrModules = (text: string): readonly (readonly boolean[])[] => {
  const { version, number, data } = dataCodewords(utf8(text));
  const grid = fixedPatterns(version, number);
  place(grid, interleaved(version, data));
  return grid.dark;
};
