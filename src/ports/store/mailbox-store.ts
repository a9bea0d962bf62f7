import type { Hour, TipId, UnitId } from '../../domain/ids.ts';
import type { Outcome, Overlay, Stage } from '../../domain/terms.ts';
import type { EnvelopeRow } from './event-row.ts';

/** What the holder of a code may be told; no name of a person, no time finer than a day. */
export interface MailboxView {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly outcome: Outcome | null;
  readonly head: { readonly no: number; readonly leaf: string };
  /** The citizen's openings of the tip's chain, oldest first: exact records' citizen parts with their salts. */
  readonly steps: readonly {
    readonly no: number;
    readonly type: string;
    readonly citizenPart: Uint8Array;
    readonly citizenSalt: Uint8Array;
    readonly leaf: string;
  }[];
  /** Messages of the unit, oldest first; their wraps include the mailbox's. Never what the citizen wrote. */
  readonly messages: readonly EnvelopeRow[];
}

export interface MailboxStore {
  /** Login and sealing keys of a mailbox, or null. The caller hides the difference. */
  keys(
    locator: string,
  ): Promise<{ readonly tip: TipId; readonly loginKey: Uint8Array; readonly mailboxKey: Uint8Array } | null>;
  /** Everything that the mailbox page shows, in one read. At most 100 messages. */
  view(tip: TipId): Promise<MailboxView | null>;
}
