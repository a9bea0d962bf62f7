/** Reads numbers out of a file's bytes; past the end everything is NaN, so that a cut file fails each comparison. */
export const u16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? Number.NaN) * 0x100 + (bytes[at + 1] ?? Number.NaN);

export const u16le = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? Number.NaN) + (bytes[at + 1] ?? Number.NaN) * 0x100;

export const u24le = (bytes: Uint8Array, at: number): number =>
  u16le(bytes, at) + (bytes[at + 2] ?? Number.NaN) * 0x10000;

export const u32be = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2);

export const u32le = (bytes: Uint8Array, at: number): number =>
  u16le(bytes, at) + u16le(bytes, at + 2) * 0x10000;

/** `length` bytes as Latin-1 text: names of chunks and boxes. */
export const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** A file whose parts do not fit together. */
export class BrokenFile extends Error {
  override readonly name = 'BrokenFile';
}

/** A file that would unpack to more than a phone can hold. */
export class BombFile extends Error {
  override readonly name = 'BombFile';
}

/** A part of the program that reads this kind did not come through the line. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/** A file that a password keeps shut. */
export class LockedFile extends Error {
  override readonly name = 'LockedFile';
}
