import type { TipId } from '../../domain/ids.ts';
import { decodeBundle } from '../../protocol/bundle.ts';
import { utf8 } from '../../protocol/bytes.ts';
import { logContext } from '../../protocol/checkpoint-check.ts';
import { ProtocolError, type ProtocolErrorCode } from '../../protocol/errors.ts';
import { encodeEvidence } from '../../protocol/evidence.ts';
import { RECEIPT_FILE_NAME } from '../../protocol/file-names.ts';
import { readMailboxHead, type SignedHead } from '../../protocol/mailbox-head.ts';
import { type KnownLog, knownSizes, verifyMailboxLog } from '../../protocol/mailbox-proof.ts';
import { type PromiseProof, parseAnswer } from '../../protocol/promise.ts';
import { openReceiptFile, type Receipt, sealReceiptFile } from '../../protocol/receipt-file.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Suite } from '../../protocol/suite.ts';
import { type VerifiedDirectory, verifyDirectory } from '../../protocol/verify-directory.ts';
import type { MailboxAnswer } from '../../protocol/wire.ts';
import type { ProofSeen } from '../common/worker-api.ts';

/** Compares each look of a visit with the public log, with the look before, and with the receipt file where its holder opened it. */
export class MailboxCompare {
  private readonly suite: Suite;
  private readonly pins: Pins;
  private receipt: { readonly file: Receipt; readonly promise: PromiseProof } | null = null;
  /** What the next look is compared with: the head in the receipt, then that of each look that was verified. */
  private head: SignedHead | null = null;
  /** As the directory named it at the last look. */
  private ledgerKey: Uint8Array | null = null;

  constructor(suite: Suite, pins: Pins) {
    this.suite = suite;
    this.pins = pins;
  }

  /** Opens a receipt file with the key of the code. Throws `receipt_malformed`, `promise_malformed`. */
  read(fileKey: Uint8Array, bytes: Uint8Array): void {
    const file = openReceiptFile(this.suite, fileKey, this.pins.instance, bytes);
    this.receipt = { file, promise: parseAnswer(utf8(file.answer)).promise };
    this.head = this.headIn(file) ?? this.head;
  }

  /** Sizes that the service is asked to prove its log consistent with. */
  sizes(): readonly number[] {
    return knownSizes(this.known());
  }

  /** The receipt with what was verified last, under the key of the code. Throws `receipt_malformed` without one. */
  renewed(fileKey: Uint8Array): { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } {
    if (this.receipt === null) throw new ProtocolError('receipt_malformed');
    const file = { ...this.receipt.file, ...(this.head === null ? {} : { head: this.head.text }) };
    return { name: RECEIPT_FILE_NAME, bytes: new Uint8Array(sealReceiptFile(this.suite, fileKey, file)) };
  }

  /** What comes of comparing an answer with the log. Never throws. */
  look(answer: MailboxAnswer, bundles: readonly Uint8Array[], now: number): ProofSeen {
    const directory = this.directory(bundles, now);
    if (directory === null) return { kind: 'unsure' };
    this.ledgerKey = directory.ledgerKey;
    const { tip, stage, overlay, outcome, unit, steps, log } = answer;
    const verdict = verifyMailboxLog(
      this.suite,
      logContext(this.suite, directory, this.pins.minWitnesses ?? 0),
      { tip: tip as TipId, told: { stage, overlay, outcome, unit }, steps, log: log ?? null },
      this.known(),
      now,
    );
    if (verdict.kind === 'alarm')
      return this.alarm(verdict.code, encodeEvidence(verdict.evidence), directory);
    if (verdict.kind === 'none') return verdict;
    this.head = verdict.head;
    const { steps: logged, of, day, includeBy, renewed } = verdict;
    return { kind: 'verified', steps: logged, of, day, includeBy, compared: this.receipt !== null, renewed };
  }

  forget(): void {
    this.receipt = null;
    this.head = null;
    this.ledgerKey = null;
  }

  private alarm(code: ProtocolErrorCode, evidence: Uint8Array, { auditors }: VerifiedDirectory): ProofSeen {
    return {
      kind: 'alarm',
      code,
      evidence: new Uint8Array(evidence),
      auditors: auditors.map(({ name }) => name),
    };
  }

  private known(): KnownLog {
    return { promise: this.receipt?.promise ?? null, head: this.head };
  }

  /** The head in a receipt; none where another key signed it, as after the ledger key was changed. */
  private headIn({ head }: Receipt): SignedHead | null {
    try {
      return head === undefined || this.ledgerKey === null
        ? null
        : readMailboxHead(this.suite, head, this.ledgerKey);
    } catch {
      return null;
    }
  }

  /** The newest of the given directories that verifies; null when none does. */
  private directory(bundles: readonly Uint8Array[], now: number): VerifiedDirectory | null {
    const verified = bundles.flatMap((bytes) => {
      try {
        return [verifyDirectory(this.suite, this.pins, decodeBundle(bytes), now)];
      } catch {
        return [];
      }
    });
    return verified.toSorted((a, b) => b.version - a.version)[0] ?? null;
  }
}
