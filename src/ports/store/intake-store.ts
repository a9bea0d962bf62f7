import type { Hash, Hour, Seconds, StaffId, TipId, UnitId } from '../../domain/ids.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import type { Assurance, ConductGroup, IntakeChannel } from '../../domain/terms.ts';
import type { EnvelopeRow, EventRow } from './event-row.ts';
import type { AttachmentClaim } from './upload-store.ts';

/** A fully checked submission: everything that its one transaction writes. */
export interface Submission {
  readonly tip: TipId;
  /** Idempotency key. A seal names its tip, so one tip id never stands for two stored seals. */
  readonly sealHash: Hash;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly urgent: boolean;
  readonly conductGroup: ConductGroup;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  /** Ed25519 public key, 32 bytes. */
  readonly authorKey: Uint8Array;
  readonly mailbox: MailboxRegistration;
  readonly envelope: EnvelopeRow;
  readonly event: EventRow;
  readonly change: TipChange;
  /** The spent challenge or form token: expiry and id together are stored once, until then. */
  readonly challenge: { readonly id: string; readonly expires: Seconds };
  /** The exact answer body (promise and salt) that a replay gets again. */
  readonly answer: Uint8Array;
  /** Finished uploads that the envelope's manifest names, in its order; absent where nothing is attached. */
  readonly attachments?: readonly AttachmentClaim[];
  /** Who took it down, for an operator's tip. */
  readonly taken?: { readonly staff: StaffId; readonly unit: UnitId };
}

export interface MailboxRegistration {
  /** 16 bytes as 32 hex digits. */
  readonly locator: string;
  /** Ed25519 public key, 32 bytes. */
  readonly loginKey: Uint8Array;
  /** X-Wing public key, 1216 bytes. */
  readonly mailboxKey: Uint8Array;
}

/** Why a submission was not taken, with nothing of it stored. */
export type SubmissionRefusal = 'tip_conflict' | 'challenge_spent' | 'mailbox_taken' | 'attachment_missing';

export type SubmissionResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'replayed'; readonly answer: Uint8Array }
  | { readonly kind: 'refused'; readonly code: SubmissionRefusal }
  /** A row that the database will not have: a defect of the caller. `cause` is for the log's error code, never for the answer. */
  | { readonly kind: 'refused'; readonly code: 'internal'; readonly cause?: unknown };

export interface IntakeStore {
  /**
   * Group commit: one durable transaction for the batch, one savepoint a submission, so that one bad row fails alone.
   * Resolves after the commit is on disk; results are in the batch's order. Per submission, atomically: tip, envelope, wraps, mailbox,
   * event with openings, clocks, roll-ups, spent challenge, claimed attachments, stored answer. Rejects as a whole, with nothing stored, when the disk fails
   * (AppError `storage_full`, `unavailable`).
   */
  accept(batch: readonly Submission[]): Promise<readonly SubmissionResult[]>;
  /** The stored answer of the committed submission with this tip and seal, or null. */
  answerFor(tip: TipId, sealHash: Hash): Promise<Uint8Array | null>;
  /** Forget challenges that expired before `now`; at most `limit` rows. Returns how many. */
  forgetExpiredChallenges(now: Seconds, limit: number): Promise<number>;
}
