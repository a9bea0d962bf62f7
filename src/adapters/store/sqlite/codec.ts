/** Hex digits of an id or hash as the bytes that the database keeps. */
export const fromHex = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

/** Stored bytes as lowercase hex, typed as the identifier that the column holds. */
export const toHex = <T extends string>(bytes: Uint8Array): T =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex') as T;

export const toHexOrNull = <T extends string>(bytes: Uint8Array | null): T | null =>
  bytes === null ? null : toHex<T>(bytes);

/** A plain Uint8Array with a buffer of its own, whatever the driver handed out. */
export const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

export const plainOrNull = (bytes: Uint8Array | null): Uint8Array | null =>
  bytes === null ? null : plain(bytes);
