import type { Hash, Hour, Seconds, StaffId, TipId, UnitId } from '../../domain/ids.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import type { Priority, QueueScope, Stage } from '../../domain/terms.ts';
import type { QueueRow, TipFacts } from '../../domain/tip-row.ts';
import type { EnvelopeRow, EventRow, Head, Stale } from './event-row.ts';

/** A tip counts as due soon from this many seconds before a clock's end. */
export const DUE_SOON = 86_400;
/** Figures of `counts` stop here: the console shows `10 000+`. */
export const COUNT_CEILING = 10_000;

export interface QueueQuery {
  readonly unit: UnitId;
  /** Which tips: open ones by due time, or one of the others. */
  readonly filter: {
    readonly scope: QueueScope;
    readonly stage?: Stage;
    readonly priority?: Priority;
    readonly assignee?: StaffId;
  };
  readonly now: Seconds;
  /** Keyset position after the last row of the previous page. */
  readonly after?: QueueCursor;
  /** 1–100. */
  readonly limit: number;
}

/** Opaque to callers but for encoding: (sort key, internal number). */
export interface QueueCursor {
  readonly key: number;
  readonly seq: number;
}

/** Which of the tips that a procuracy was told of: those with a decision open, those suspended, or all. */
export const SUPERVISED = ['pending', 'suspended', 'all'] as const;
export type Supervised = (typeof SUPERVISED)[number];

/** A supervised tip; `asked` when an extension waits for the procuracy's answer. */
export interface SupervisedRow extends QueueRow {
  readonly asked: boolean;
}

export interface QueuePage {
  readonly rows: readonly QueueRow[];
  readonly next: QueueCursor | null;
}

/** A tip as the console needs it, without any ciphertext: that is served by `readBatch` alone. */
export interface TipDetail extends TipFacts {
  readonly events: readonly TipEvent[];
  readonly mailboxKey: Uint8Array;
  /** Names the mailbox among a message's recipients; 32 hex digits. */
  readonly mailboxLocator: string;
  /** Ed25519, 32 bytes: with it a console can check the mailbox's keys against the facts that the sender signed. */
  readonly mailboxLoginKey: Uint8Array;
}

export interface TipEvent {
  readonly no: number;
  readonly type: string;
  readonly leaf: Hash;
  readonly record: Uint8Array;
  readonly leafSalt: Uint8Array;
  readonly citizenPart: Uint8Array;
  readonly citizenSalt: Uint8Array;
  readonly restrictedPart: Uint8Array;
  readonly restrictedSalt: Uint8Array;
}

/** One step on a tip: the signed event, the change that `domain` decided, and the bytes that travel with them. */
export interface StepCommit {
  readonly tip: TipId;
  readonly event: EventRow;
  readonly change: TipChange;
  readonly by: StaffId;
  /**
   * New wraps blocks by envelope number (hand-over or re-wrap): replaces the block, keeps body and seal, and the former block aside. The
   * store does not look into a block: with `accept`, the caller gives blocks that no longer hold the first unit's wraps.
   */
  readonly wraps?: readonly { readonly no: number; readonly wraps: Uint8Array }[];
  /** A message of the unit to the citizen. Its `no` must be the thread's next. */
  readonly message?: EnvelopeRow;
}

/** How far an alarm has climbed, for a restart. No time is in it. The row ends in the change that takes the tip up. */
export interface KeptAlarm {
  readonly tip: TipId;
  /** Rungs of the ladder that were told. */
  readonly rungs: number;
  /** True once the unit above was told that no console of the unit is open. */
  readonly noConsole: boolean;
  readonly acknowledgedBy: StaffId | null;
}

/** An urgent tip that nobody has taken up, with what was kept of its alarm. */
export interface UntakenTip {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly kept: Omit<KeptAlarm, 'tip'> | null;
}

/** A wraps block that is not an envelope's present one any more, and the tip's event that replaced it. */
export interface FormerWraps {
  readonly replacedNo: number;
  readonly wraps: Uint8Array;
}

export interface TriageStore {
  queue(query: QueueQuery): Promise<QueuePage>;
  /** Counts for the console's left column: open, new, due soon, overdue, incoming, pending; one index range each, cut off at COUNT_CEILING. */
  counts(
    unit: UnitId,
    now: Seconds,
  ): Promise<
    Record<'open' | 'new' | 'due_soon' | 'overdue' | 'incoming_transfer' | 'pending_decision', number>
  >;
  /** Full detail, or null. Access is the caller's to check (custody of the actor's unit, or an offer to it). */
  tip(tip: TipId): Promise<TipDetail | null>;
  /** Where the next event of a subject must join; number 0 and null leaf when it has none yet. */
  head(subject: string): Promise<Head>;
  /**
   * Commits one BATCH_READ event of a reader and only then returns the ciphertexts: 1–100 tips, unknown ones are left out,
   * tips of other units than `unit` (held or offered) too. Envelopes come in the order asked for, each thread's in its own order.
   */
  readBatch(
    event: EventRow,
    unit: UnitId,
    tips: readonly TipId[],
  ): Promise<{ readonly envelopes: readonly EnvelopeRow[] } | Stale>;
  /** The tip that has a number in a unit's register, or null. */
  registered(unit: UnitId, year: number, number: number): Promise<TipId | null>;
  /**
   * Carries out one step atomically, or nothing. `registerNumber` when the change took one, as `NN/YYYY`. AppError `tip_unknown`, or
   * `step_not_allowed` when the change does not fit what is stored (the caller decided on another state than the event's `prev`).
   */
  step(commit: StepCommit): Promise<{ readonly registerNumber: string | null } | Stale>;
  /**
   * Urgent tips (`isUrgentTip`) of all units that nobody has taken up (still `submitted`), oldest first: a page of at most `limit` after a
   * position. A walk from null on, page after page, passes every one of them that was there at its beginning.
   */
  urgentUntaken(
    after: QueueCursor | null,
    limit: number,
  ): Promise<{ readonly rows: readonly UntakenTip[]; readonly next: QueueCursor | null }>;
  /** True while a tip belongs to `urgentUntaken`. */
  isUrgentUntaken(tip: TipId): Promise<boolean>;
  /** Keeps how far alarms have climbed, in one transaction. Tips that were taken up meanwhile are left out: their alarms are over. */
  keepAlarms(alarms: readonly KeptAlarm[]): Promise<void>;
  /** Tips that a procuracy was told of, by their next end; `after` is the last row's place. At most 100. */
  supervised(
    supervisor: UnitId,
    which: Supervised,
    after: QueueCursor | null,
    limit: number,
  ): Promise<{ readonly rows: readonly SupervisedRow[]; readonly next: QueueCursor | null }>;
  /** Tips of these units whose open decision may wait for somebody outside: the caller keeps those that do. Most urgent 200. */
  decisionsElsewhere(units: readonly UnitId[]): Promise<readonly QueueRow[]>;
  /** Open tips held by members, for the head's workload view; the first row (assignee null) counts those that nobody holds. */
  workload(
    unit: UnitId,
    now: Seconds,
  ): Promise<
    readonly { readonly assignee: StaffId | null; readonly open: number; readonly overdue: number }[]
  >;
  /**
   * Envelopes of a unit's open tips with their wraps, for re-wrapping after a removal: pages of `limit` tips in order of receipt, each
   * tip with all its envelopes. `seq` numbers the tip; start with `after` 0, go on with `next`.
   */
  openWraps(
    unit: UnitId,
    after: number,
    limit: number,
  ): Promise<{
    readonly rows: readonly {
      readonly seq: number;
      readonly tip: TipId;
      readonly no: number;
      readonly core: Uint8Array;
      readonly wraps: Uint8Array;
    }[];
    readonly next: number | null;
  }>;
  /**
   * Blocks of one envelope that were replaced by events with numbers below `before`, the latest first, at most `limit`. Access is the
   * caller's to check. AppError `tip_unknown`.
   */
  formerWraps(tip: TipId, no: number, before: number, limit: number): Promise<readonly FormerWraps[]>;
  /** Shift hand-over notes: sealed to the unit's epoch in the console; newest 20. */
  handoverNotes(unit: UnitId): Promise<
    readonly {
      readonly id: number;
      readonly by: StaffId;
      readonly at: Seconds;
      readonly sealed: Uint8Array;
    }[]
  >;
  addHandoverNote(
    event: EventRow,
    note: { readonly unit: UnitId; readonly by: StaffId; readonly at: Seconds; readonly sealed: Uint8Array },
  ): Promise<{ readonly id: number } | Stale>;
}
