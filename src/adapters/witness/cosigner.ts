import { createHash, createPublicKey, verify } from 'node:crypto';
import { parseCheckpoint } from '../../ledger/checkpoint.ts';
import { cosign } from '../../ledger/cosignature.ts';
import { sameBytes } from '../../ledger/encoding.ts';
import {
  formatNote,
  type Note,
  type NoteKey,
  type Sign,
  signatureLine,
  signaturesOf,
} from '../../ledger/note.ts';
import {
  decideWitness,
  parseWitnessRequest,
  type WitnessDecision,
  type WitnessRequest,
} from '../../ledger/witness.ts';
import type { Kept, WitnessFolder } from './witness-folder.ts';

/** What a request to a witness comes to (C2SP tlog-witness). */
export type Cosigned =
  | { readonly status: 200; readonly line: string }
  | { readonly status: 400 | 403 | 404 }
  | { readonly status: 422; readonly origin: string }
  /** `fork`: two trees of one size, both signed by the log. */
  | { readonly status: 409; readonly origin: string; readonly size: number; readonly fork: boolean };

/** What a witness is made of. */
export interface CosignerOptions {
  /** Its own name and key (`cosignature`); the key signs nothing else. */
  readonly key: NoteKey;
  readonly sign: Sign;
  /** The logs that it looks at. */
  readonly logs: readonly NoteKey[];
  readonly folder: WitnessFolder;
  /** UTC seconds. */
  readonly now: () => number;
}

/** Takes the body of one `add-checkpoint`. Rejects when what was seen cannot be read or kept: then nothing was signed. */
export type Cosigner = (body: Uint8Array) => Promise<Cosigned>;

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());

/**
 * A witness over its folder. What it signs is on disk before its signature exists, so whatever kills it, it never signs a tree that does not
 * begin with every tree that it has signed. Requests of one log are decided one after the other.
 */
export function createCosigner({ key, sign, logs, folder, now }: CosignerOptions): Cosigner {
  const turns = new Map<string, Promise<unknown>>();

  const decide = async (request: WitnessRequest, origin: string): Promise<Cosigned> => {
    for (;;) {
      const seen = await folder.newest(origin);
      const decision: WitnessDecision = decideWitness(
        sha256,
        verifyNow,
        logs,
        request,
        () => seen?.checkpoint ?? null,
      );
      if (decision.status !== 200) {
        await keepConflict(decision, origin, seen, request);
        return decision.status === 409 || decision.status === 422 ? { ...decision, origin } : decision;
      }
      // Asked again about the one that was kept last, after an answer that was lost: there is nothing new to keep.
      if (seen !== null && seen.checkpoint.size === decision.checkpoint.size) await folder.settle(origin);
      else if (!(await folder.keep(origin, seen, formatNote(request.note)))) continue;
      return { status: 200, line: signatureLine(cosign(request.note.text, key, now(), sign)) };
    }
  };

  /** What the log's own key has signed beside what was seen. Of a proof that does not fit, the other tree is kept too: an auditor can tell. */
  const keepConflict = async (
    decision: Exclude<WitnessDecision, { status: 200 }>,
    origin: string,
    seen: Kept | null,
    { note }: WitnessRequest,
  ): Promise<void> => {
    const fork = decision.status === 409 && decision.fork;
    if (seen === null || !(fork || decision.status === 422) || saysTheSame(seen, note)) return;
    // With the log's own signature alone: anybody can add lines, and make a new file of one refusal each time.
    const signatures = logs.flatMap((log) => (log.name === origin ? signaturesOf(note, log) : []));
    const refused = formatNote({ text: note.text, signatures: signatures.slice(0, 1) });
    await folder.conflict(origin, seen.note, refused, fork ? 'fork' : 'unproven');
  };

  return async (body) => {
    const request = parseWitnessRequest(body);
    if (request === null) return { status: 400 };
    const [origin = ''] = request.note.text.split('\n', 1);
    // Only a log that is known gets a place in the queue and a folder.
    const known = logs.some(({ name }) => name === origin);
    const before = known ? (turns.get(origin) ?? Promise.resolve()) : Promise.resolve();
    const turn = before.then(() => decide(request, origin));
    if (known)
      turns.set(
        origin,
        turn.catch(() => undefined),
      );
    return turn;
  };
}

/** True for the very tree that was seen, however badly it is asked about: that is no conflict. */
const saysTheSame = ({ checkpoint }: Kept, note: Note): boolean => {
  const said = parseCheckpoint(note.text);
  return said !== null && said.size === checkpoint.size && sameBytes(said.root, checkpoint.root);
};

/** Ed25519, at once: a witness gets a handful of requests an hour. False for any malformed input. */
function verifyNow(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
}
