import type { Hour, TipId, UnitId } from '../domain/ids.ts';
import type { ConductGroup } from '../domain/terms.ts';
import type { ReadMailbox } from '../protocol/mailbox-reading.ts';
import type { MailboxView } from './store/mailbox-store.ts';

/** What the script-less form hands over to be sealed at once, in memory only. */
export interface PlainTip {
  /** The tip's content as UTF-8 JSON (docs/protocol.md, Content). At most 200 KiB. Overwritten once it is sealed. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** 32 secret bytes from which everything random is drawn, code and keys: the same post makes the same tip. Overwritten. */
  readonly seed: Uint8Array<ArrayBuffer>;
  /** Where it may go, best first; the first one with a live epoch, or a unit above it, takes it. */
  readonly candidates: readonly UnitId[];
  /** Units that must not take it, also not for another one. */
  readonly excluded: readonly UnitId[];
  readonly urgent: boolean;
  readonly conductGroup: ConductGroup;
}

/** A tip sealed on behalf of a browser without script. */
export interface ServerSealed {
  /** The frame as `POST /api/tips` takes it, without a challenge solution. */
  readonly frame: Uint8Array;
  /** The new receipt code, to be shown once. */
  readonly code: string;
  readonly tip: TipId;
  /** The unit that it was really sealed to. */
  readonly unit: UnitId;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly fingerprint: string;
  /** True when that is not the first candidate itself. */
  readonly fallback: boolean;
}

/** A mailbox unlocked by its code, for the length of one request. */
export interface UnlockedMailbox {
  /** 32 hex digits. */
  readonly locator: string;
  /** Ed25519 public key, 32 bytes: the one that the mailbox must be registered with. */
  readonly loginKey: Uint8Array;
  /** Opens what the store holds for this mailbox. */
  read(view: MailboxView): Promise<ReadMailbox>;
  /** Overwrites the keys. */
  close(): void;
}

/**
 * A bounded pool of worker threads that seals for browsers without script and opens mailboxes for them. Every method throws AppError
 * `sealer_busy` beyond its queue and `unavailable` when a worker fails.
 */
export interface Sealer {
  /** Seals a tip to the unit that may have it. Errors: `sealer_quota` when too many came in this minute, `unit_unknown`, `epoch_unknown` when no candidate has a live key. */
  seal(tip: PlainTip, t0: Hour): Promise<ServerSealed>;
  /** Derives a mailbox's keys from a code (as typed). Error `code_malformed`. */
  unlock(code: string): Promise<UnlockedMailbox>;
  close(): Promise<void>;
}
