import type { Note, NoteKey } from '../ledger/note.ts';

/** What a witness answers; anything that cannot be told from these is `unreachable`. */
export type WitnessAnswer =
  /** Signature lines, not checked yet, each with its LF. */
  | { readonly kind: 'cosigned'; readonly lines: string }
  /** It has seen another size last. */
  | { readonly kind: 'size'; readonly size: number }
  /** It refuses: 400, 403, 404, 409 without a size, 422. */
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable' };

/** Somebody else who looks at every checkpoint before it is believed (C2SP tlog-witness). */
export interface Witness {
  readonly key: NoteKey;
  /** Seconds that it has to answer. */
  readonly within: number;
  /** Asks for a cosignature; never rejects. Proofs are of consistency from `old`, empty from 0. */
  addCheckpoint(old: number, proof: readonly Uint8Array[], note: Note): Promise<WitnessAnswer>;
}
