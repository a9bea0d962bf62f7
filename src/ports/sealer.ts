import type { UnitId } from '../domain/ids.ts';

/** What the script-less form hands over to be sealed at once, in memory only. */
export interface PlainTip {
  /** The tip's content as UTF-8 JSON (docs/protocol.md, Content). At most 200 KiB. */
  readonly content: Uint8Array;
  readonly unit: UnitId;
  readonly urgent: boolean;
  readonly conductGroup: string;
}

/** A bounded pool of workers that seal for browsers without script and open mailboxes for them. Throws AppError `sealer_busy` beyond its queue. */
export interface Sealer {
  /** Prepares a submission: returns the frame (as POST /api/tips takes it, without a challenge solution) and the new receipt code. */
  seal(tip: PlainTip, t0: number): Promise<{ readonly frame: Uint8Array; readonly code: string }>;
  /** Derives locator and login signature from a code, and opens messages sealed to the mailbox. */
  unlock(
    code: string,
  ): Promise<{ readonly locator: string; open(messages: readonly Uint8Array[]): Promise<readonly string[]> }>;
  close(): Promise<void>;
}
