/** SHA-256 of some bytes, 32 bytes; given by the platform so that the ledger stays free of any library. */
export type Sha256 = (data: Uint8Array) => Uint8Array;
