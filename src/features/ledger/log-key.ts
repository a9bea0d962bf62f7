import { type NoteKey, noteKey } from '../../ledger/note.ts';
import type { Deps } from '../../ports/deps.ts';

/** The log's key under its name, as checkpoints carry it. */
export const logKey = (deps: Pick<Deps, 'crypto' | 'ledger'>, origin: string): NoteKey =>
  noteKey((data) => deps.crypto.sha256(data), origin, deps.ledger.publicKey);
