import type { Hash, Seconds, TipId, UnitId } from '../../domain/ids.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import type { QueueRow } from '../../domain/tip-row.ts';
import type { EnvelopeRow, EventRow, Stale } from './event-row.ts';
import type { MailboxRegistration } from './intake-store.ts';
import type { AttachmentClaim } from './upload-store.ts';

/** Everything that one step of a citizen writes. */
export interface CitizenCommit {
  readonly tip: TipId;
  /** Idempotency key: seal hash of the message, or H('tk1/statement', …) of the event for steps without an envelope. */
  readonly key: Hash;
  readonly event: EventRow;
  readonly change: TipChange;
  readonly envelope: EnvelopeRow | null;
  readonly attachments: readonly AttachmentClaim[];
  /** Null for an operator, whose session stands for it. */
  readonly challenge: { readonly id: string; readonly expires: Seconds } | null;
  /** The exact answer that a replay gets again. */
  readonly answer: Uint8Array;
  /** For `mailbox_changed`: the new keys, the facts that were signed, and all messages' new wraps. */
  readonly mailbox: {
    readonly registration: MailboxRegistration;
    /** Ed25519, 32 bytes: signs the citizen's steps from now on. */
    readonly authorKey: Uint8Array;
    readonly facts: Uint8Array;
    readonly wraps: readonly { readonly no: number; readonly wraps: Uint8Array }[];
  } | null;
}

export type CitizenResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'replayed'; readonly answer: Uint8Array }
  | {
      readonly kind: 'refused';
      readonly code: 'challenge_spent' | 'attachment_missing' | 'mailbox_taken' | 'tip_unknown';
    }
  | Stale;

/** The key that signs the citizen's steps, as each event changed it; the first is the submission's. */
export interface AuthorKey {
  /** Number of the event from which on it counts. */
  readonly from: number;
  readonly key: Uint8Array;
  /** Exact mailbox facts of the change; null for the first. */
  readonly facts: Uint8Array | null;
}

export interface ThreadStore {
  /** One step of the citizen, whole or not at all: event, envelope, claims, clocks, unread mark, spent challenge, answer. */
  receive(commit: CitizenCommit): Promise<CitizenResult>;
  /** The stored answer of a committed step, or null. */
  answerFor(tip: TipId, key: Hash): Promise<Uint8Array | null>;
  /** Author keys of a tip, oldest first; empty for an unknown tip. */
  authors(tip: TipId): Promise<readonly AuthorKey[]>;
  /** How many messages the citizen sent on a day, and in all. */
  sent(tip: TipId, day: string): Promise<{ readonly today: number; readonly total: number }>;
  /** Commits one event of a reader (`messages_seen`) and moves the unit's mark up to an envelope. */
  seen(event: EventRow, unit: UnitId, tip: TipId, no: number): Promise<'seen' | 'unknown' | Stale>;
  /** Tips of a unit with messages that nobody has seen, newest 200. */
  unread(unit: UnitId): Promise<readonly QueueRow[]>;
  unreadCount(unit: UnitId): Promise<number>;
  /** Number of the newest envelope of a tip's citizen, and up to which the unit has seen them. */
  marks(tip: TipId): Promise<{ readonly arrived: number; readonly seen: number }>;
}
