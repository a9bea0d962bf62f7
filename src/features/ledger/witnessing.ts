import type { Seconds } from '../../domain/ids.ts';
import type { LogProofs } from '../../http/kit/log-proofs.ts';
import { cosignedAt } from '../../ledger/cosignature.ts';
import {
  formatVkey,
  type NoteKey,
  type NoteSignature,
  parseNote,
  parseSignatureLines,
  signatureLine,
  signaturesOf,
} from '../../ledger/note.ts';
import type { BatchRow } from '../../ports/store/ledger-store.ts';
import type { Witness } from '../../ports/witness.ts';
import type { LedgerDeps } from './plan-batch.ts';

/** What came of asking one witness. `ahead`: it has seen a tree of this log that we do not have. */
export type Asked = 'cosigned' | 'silent' | 'ahead';

/** How often a witness that names another size is asked again. */
const TRIES = 3;

/** Asks witnesses about checkpoints, each from the size that it has seen last. */
export class Witnessing {
  private readonly deps: LedgerDeps;
  private readonly proofs: LogProofs;
  /** Last size that each witness is known to have seen, by its key. */
  private readonly seen = new Map<string, number>();

  constructor(deps: LedgerDeps, proofs: LogProofs) {
    this.deps = deps;
    this.proofs = proofs;
  }

  /** Asks one witness to cosign a checkpoint; what it signs is verified and kept. */
  async ask(witness: Witness, batch: BatchRow): Promise<Asked> {
    const vkey = formatVkey(witness.key);
    // What it signed before this process began says nothing of what it has seen since: after a restore it may know a newer tree.
    const asked = this.seen.has(vkey);
    if (asked && batch.cosignatures.some((line) => line.witness === vkey)) return 'cosigned';
    const note = parseNote(batch.note);
    if (note === null) throw new Error('a stored checkpoint cannot be read');
    for (let tries = 0; tries < TRIES; tries++) {
      const old = this.seen.get(vkey) ?? 0;
      const proof = await this.proofs.consistency(batch.log, old, batch.size);
      const answer = await witness.addCheckpoint(old, proof, note);
      if (answer.kind === 'cosigned') return this.keep(witness, batch, note.text, answer.lines);
      if (answer.kind !== 'size') return 'silent';
      if (answer.size > batch.size) return 'ahead';
      if (answer.size === old) return answer.size === batch.size ? 'ahead' : 'silent';
      this.seen.set(vkey, answer.size);
    }
    return 'silent';
  }

  private async keep(witness: Witness, batch: BatchRow, text: string, lines: string): Promise<Asked> {
    const vkey = formatVkey(witness.key);
    const signatures = parseSignatureLines(lines) ?? [];
    for (const line of signaturesOf({ text, signatures }, witness.key)) {
      const at = await this.verified(text, line, witness.key);
      if (at === null) continue;
      const kept = { witness: vkey, line: signatureLine(line), at };
      await this.deps.store.ledger.cosigned(batch.log, batch.size, kept);
      this.seen.set(vkey, batch.size);
      return 'cosigned';
    }
    return 'silent';
  }

  /** The time of a line that verifies. Verification runs on threads, so what is to be verified is taken out first. */
  private async verified(text: string, line: NoteSignature, key: NoteKey): Promise<Seconds | null> {
    const jobs: (readonly [Uint8Array, Uint8Array, Uint8Array])[] = [];
    const at = cosignedAt(text, line, key, (...job) => jobs.push(job) > 0);
    if (at === null) return null;
    const results = await Promise.all(jobs.map((job) => this.deps.crypto.verify(...job)));
    return results.every((valid) => valid) ? (at as Seconds) : null;
  }
}
