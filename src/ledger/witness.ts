import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { fromBase64, fromDecimal, sameBytes, toBase64 } from './encoding.ts';
import { formatNote, isSignedBy, type Note, type NoteKey, parseNote, utf8, type Verify } from './note.ts';
import { verifyConsistency } from './proofs.ts';
import type { Sha256 } from './sha256.ts';

/** Largest request to a witness, in bytes, and most hashes of a proof (C2SP tlog-witness). */
export const WITNESS_LIMITS = { bytes: 64 * 1024, proof: 63 } as const;

/** What a log asks of a witness. */
export interface WitnessRequest {
  /** Size that the witness is believed to have seen last; 0 for nothing. */
  readonly old: number;
  readonly proof: readonly Uint8Array[];
  readonly note: Note;
}

/** Body of `POST …/add-checkpoint`. */
export function encodeWitnessRequest({ old, proof, note }: WitnessRequest): Uint8Array {
  const head = utf8(`old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n`);
  const signed = formatNote(note);
  const body = new Uint8Array(head.length + signed.length);
  body.set(head);
  body.set(signed, head.length);
  return body;
}

/** Reads such a body (attacker-controlled); null for anything malformed. */
export function parseWitnessRequest(body: Uint8Array): WitnessRequest | null {
  if (body.length > WITNESS_LIMITS.bytes) return null;
  const end = body.findIndex((byte, i) => byte === 10 && body[i + 1] === 10);
  const note = end < 0 ? null : parseNote(body.subarray(end + 2));
  const head = body.subarray(0, Math.max(0, end));
  if (note === null || head.some((byte) => byte > 126 || (byte < 32 && byte !== 10))) return null;
  const [first = '', ...lines] = String.fromCharCode(...head).split('\n');
  const old = first.startsWith('old ') ? fromDecimal(first.slice(4)) : null;
  const proof = lines.map(fromBase64);
  if (old === null || proof.length > WITNESS_LIMITS.proof) return null;
  const hashes = proof.filter((hash) => hash !== null && hash.length === 32) as Uint8Array[];
  return hashes.length === proof.length ? { old, proof: hashes, note } : null;
}

/** What a witness remembers of a log: the newest checkpoint that it cosigned. */
export type Seen = Pick<Checkpoint, 'size' | 'root'>;

export type WitnessDecision =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly log: NoteKey }
  | { readonly status: 400 | 403 | 404 }
  | { readonly status: 422 }
  /** Another size than the log believed, or another root for the same size: then `fork` is true. */
  | { readonly status: 409; readonly size: number; readonly fork: boolean };

/**
 * Decides on a request as tlog-witness demands, in its order. `seen` gives what was cosigned last under an origin. The caller must keep what it
 * decides on (200) durably, before it answers, one request of a log at a time.
 */
export function decideWitness(
  sha256: Sha256,
  verify: Verify,
  logs: readonly NoteKey[],
  request: WitnessRequest,
  seen: (origin: string) => Seen | null,
): WitnessDecision {
  const checkpoint = parseCheckpoint(request.note.text);
  if (checkpoint === null) return { status: 400 };
  const keys = logs.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) return { status: 404 };
  const log = keys.find((key) => isSignedBy(request.note, key, verify));
  if (log === undefined) return { status: 403 };
  if (request.old > checkpoint.size) return { status: 400 };
  const last = seen(checkpoint.origin);
  const size = last?.size ?? 0;
  if (request.old !== size) return { status: 409, size, fork: false };
  if (last !== null && size === checkpoint.size && !sameBytes(last.root, checkpoint.root))
    return { status: 409, size, fork: true };
  const before = last?.root ?? sha256(new Uint8Array(0));
  return verifyConsistency(sha256, size, before, checkpoint.size, checkpoint.root, request.proof)
    ? { status: 200, checkpoint, log }
    : { status: 422 };
}
