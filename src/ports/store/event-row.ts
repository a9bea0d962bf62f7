import type { Day, Hash, Hour, Seconds, TipId } from '../../domain/ids.ts';

/**
 * A signed event in its final format, ready to be committed with the change it describes (docs/protocol.md, Events).
 * The store checks `no` and `prev` against the subject's head inside the statement and refuses a stale one.
 */
export interface EventRow {
  /** `tip:<id>`, `reader:<staff>`, `staff:<id>`, `unit:<code>` or `directory`. */
  readonly subject: string;
  /** 1 for the first event of its subject. */
  readonly no: number;
  /** Leaf hash of the subject's previous event; null only for number 1. */
  readonly prev: Hash | null;
  /** The step or act that it records, e.g. `registered`. */
  readonly type: string;
  /** Exact bytes of the DSSE envelope, signatures included. */
  readonly record: Uint8Array;
  readonly citizenPart: Uint8Array;
  readonly restrictedPart: Uint8Array;
  /** SHA-256(leafSalt ‖ record). */
  readonly leaf: Hash;
  /** 32-byte salts; kept apart from the record so that shredding can delete them. */
  readonly openings: {
    readonly leafSalt: Uint8Array;
    readonly citizenSalt: Uint8Array;
    readonly restrictedSalt: Uint8Array;
  };
  /** The only time that the event carries: an hour for SUBMITTED, a day for other acts of citizens, seconds for staff. */
  readonly time: { readonly hour: Hour } | { readonly day: Day } | { readonly at: Seconds };
}

/** One envelope's bytes, as sealed by its author. `wraps` are apart because a hand-over replaces them. */
export interface EnvelopeRow {
  readonly tip: TipId;
  /** Number in the tip's thread: 1 is the tip itself. */
  readonly no: number;
  readonly kind: 'tip' | 'message';
  readonly core: Uint8Array;
  readonly body: Uint8Array;
  readonly seal: Uint8Array;
  readonly wraps: Uint8Array;
  /** Exact bytes of the manifest; absent where nothing is attached. */
  readonly manifest?: Uint8Array;
  /** True for what the holder of the code wrote after the tip: wrapped to units alone, never shown in the mailbox. */
  readonly fromCitizen?: boolean;
}

/** Where the next event of a subject must join. */
export interface Head {
  readonly no: number;
  readonly leaf: Hash | null;
}

/** The precondition of a change did not hold any more: somebody else acted first. Nothing was written. */
export interface Stale {
  readonly stale: true;
  readonly head: Head;
}
