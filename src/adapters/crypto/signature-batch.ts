/** One signature to be verified. */
export interface SignatureCheck {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Several checks on their way to another thread: `ends` are where each message ends among `bytes` (signature 64 ‖ key 32 ‖ message). */
export interface SignatureBatch {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
}

/** One byte a check: 1 for a valid signature. */
export interface SignatureVerdicts {
  readonly id: number;
  readonly valid: Uint8Array;
}

/** Packs checks whose signatures have 64 bytes and whose keys have 32. */
export function packChecks(id: number, checks: readonly SignatureCheck[]): SignatureBatch {
  let length = 0;
  const ends = checks.map(({ message }) => {
    length += 96 + message.length;
    return length;
  });
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const { signature, message, publicKey } of checks) {
    bytes.set(signature, at);
    bytes.set(publicKey, at + 64);
    bytes.set(message, at + 96);
    at += 96 + message.length;
  }
  return { id, bytes, ends };
}

/** The checks again, as views. */
export function unpackChecks({ bytes, ends }: SignatureBatch): readonly SignatureCheck[] {
  let at = 0;
  return ends.map((end) => {
    const start = at;
    at = end;
    return {
      signature: bytes.subarray(start, start + 64),
      publicKey: bytes.subarray(start + 64, start + 96),
      message: bytes.subarray(start + 96, end),
    };
  });
}
