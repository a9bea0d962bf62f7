/** Randomness as a port. Production uses the platform's CSPRNG. */
export interface Random {
  /** `length` fresh random bytes, 1–65 536. */
  bytes(length: number): Uint8Array;
}
