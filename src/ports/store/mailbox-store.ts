import type { Day, Hour, TipId, UnitId } from '../../domain/ids.ts';
import type { Assurance, Outcome, Overlay, Stage } from '../../domain/terms.ts';
import type { EnvelopeRow } from './event-row.ts';

/** What the holder of a code may be told; no name of a person, no time finer than a day. */
export interface MailboxView {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly outcome: Outcome | null;
  readonly assurance: Assurance;
  /** Units that a message of the citizen is sealed to now: the holder, then the one that a transfer is on its way to. */
  readonly readers: readonly UnitId[];
  readonly head: { readonly no: number; readonly leaf: string };
  /** The citizen's openings of the tip's chain, oldest first: exact records' citizen parts with their salts. */
  readonly steps: readonly {
    readonly no: number;
    readonly type: string;
    readonly citizenPart: Uint8Array;
    readonly citizenSalt: Uint8Array;
    readonly leaf: string;
    /** Day of the sender's own steps; left out for others, whose exact time is not theirs to know. */
    readonly day?: Day;
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
