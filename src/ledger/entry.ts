import { joined, u32 } from './encoding.ts';
import type { Sha256 } from './sha256.ts';

/** Bytes of one entry of the log: an event's leaf, then what its citizen can be shown to be in it. */
export const ENTRY_BYTES = 64;

/** What a dummy's opening says. It is no signed statement, so nothing is both a dummy and an event. */
export const DUMMY_RECORD: Uint8Array = new TextEncoder().encode('{"type":"dummy"}');

const TAGS = { shown: 0x02, dummySalt: 0x03, dummyShown: 0x04 } as const;

/** What the second half of an entry is made of; all of it can be shown to the holder of the code. 32 bytes each. */
export interface Shown {
  /** SHA-256(salt ‖ citizen part). */
  readonly citizenHash: Uint8Array;
  /** Leaf of the chain's event before; null for number 1. */
  readonly prev: Uint8Array | null;
  readonly no: number;
}

/** SHA-256(0x02 ‖ citizen hash ‖ leaf before, or zeros ‖ number as u32). Hides what it is made of, because the citizen hash is salted. */
export function shownHash(sha256: Sha256, { citizenHash, prev, no }: Shown): Uint8Array {
  if (citizenHash.length !== 32 || (prev !== null && prev.length !== 32)) throw new RangeError('hash');
  return sha256(joined(Uint8Array.of(TAGS.shown), citizenHash, prev ?? new Uint8Array(32), u32(no)));
}

/** One event's entry: leaf ‖ shown. */
export const eventEntry = (sha256: Sha256, leaf: Uint8Array, shown: Shown): Uint8Array =>
  joined(leaf, shownHash(sha256, shown));

/** The dummies of one batch, which its 32-byte seed opens all at once. */
export function dummyEntries(sha256: Sha256, seed: Uint8Array, count: number): readonly Uint8Array[] {
  if (seed.length !== 32) throw new RangeError('seed');
  return Array.from({ length: count }, (_, j) => {
    const salt = sha256(joined(Uint8Array.of(TAGS.dummySalt), seed, u32(j)));
    const shown = sha256(joined(Uint8Array.of(TAGS.dummyShown), seed, u32(j)));
    return joined(sha256(joined(salt, DUMMY_RECORD)), shown);
  });
}
