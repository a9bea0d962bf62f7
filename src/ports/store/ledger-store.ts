import type { Hash, Seconds, TipId } from '../../domain/ids.ts';
import type { Tile } from '../../ledger/tiles.ts';
import type { EventRow, Head, Stale } from './event-row.ts';

/** The log that grows now. */
export interface LogRow {
  /** 1 for the first; one more after a declared roll-back. */
  readonly log: number;
  readonly origin: string;
  readonly begun: Seconds;
}

/** A checkpoint with what its batch needs to be opened. */
export interface BatchRow {
  readonly log: number;
  readonly begins: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: Seconds;
  /** 32 bytes: opens the dummies. */
  readonly seed: Uint8Array;
  readonly dummies: number;
  /** Exact bytes with the log's signature alone. */
  readonly note: Uint8Array;
  readonly published: boolean;
  /** Witnesses' lines, each with its LF, in the order in which they came. */
  readonly cosignatures: readonly Cosignature[];
}

export interface Cosignature {
  /** Verifier key of the witness. */
  readonly witness: string;
  readonly line: string;
  readonly at: Seconds;
}

/** An event that is not in the log yet. */
export interface PendingEvent {
  /** Opaque: given back in `Append.leaves`. */
  readonly event: number;
  readonly leaf: Uint8Array;
  readonly prev: Uint8Array | null;
  readonly no: number;
  /** SHA-256(salt ‖ citizen part), 32 bytes, as the record says; of a shredded event its entry of 64 bytes, as a former log has it. */
  readonly shown: { readonly citizenHash: Uint8Array } | { readonly entry: Uint8Array };
}

/** Everything that the next batch is planned from, as of one moment. */
export interface NextBatch {
  readonly log: LogRow;
  readonly newest: BatchRow | null;
  /** Tiles at the right edge of the newest size (`edgeOf`). */
  readonly edge: readonly Tile[];
  /** Oldest first, at most as many as asked for. */
  readonly pending: readonly PendingEvent[];
  /** Opaque: number of the newest event among them, or of the newest batch's. */
  readonly lastEvent: number;
  /** Where the batch head joins the chain `log`, and the newest event of `directory` among those pending or in the log. */
  readonly head: Head;
  readonly directory: Head;
}

/** A planned batch. Entries are given as the tiles and bundles that they change. */
export interface Append {
  /** From `lease`. */
  readonly fence: number;
  readonly log: number;
  readonly begins: number;
  readonly size: number;
  readonly lastEvent: number;
  /** The batch head; it becomes the leaf `size` − 1. */
  readonly head: EventRow;
  readonly leaves: readonly { readonly event: number; readonly index: number }[];
  readonly tiles: readonly Tile[];
  /** Rows of 256 entries of 64 bytes that changed, whole. */
  readonly entries: readonly { readonly n: number; readonly entries: Uint8Array }[];
  readonly seed: Uint8Array;
  readonly dummies: number;
  readonly root: Uint8Array;
  readonly at: Seconds;
  readonly note: Uint8Array;
}

/** Statements that the directory holds for a unit (`''`: its key sets and itself), as hashes ascending. */
export interface UnitState {
  readonly unit: string;
  readonly statements: readonly Hash[];
}

/** An event with its place, as bundles carry it. Salts are null, and the rest empty, for one that was shredded. */
export interface OpenedEvent {
  readonly subject: string;
  readonly no: number;
  readonly index: number;
  readonly leaf: Hash;
  readonly record: Uint8Array;
  readonly leafSalt: Uint8Array | null;
  readonly citizenPart: Uint8Array;
  readonly citizenSalt: Uint8Array | null;
  readonly restrictedPart: Uint8Array;
  readonly restrictedSalt: Uint8Array | null;
  /** The stored answer (promise and salt) of a submission or a citizen's step; null for others. */
  readonly answer: Uint8Array | null;
}

export type AuditorStatementKind = 'audited-checkpoint' | 'canaries';

export interface AuditorStatementRow {
  readonly hash: Hash;
  readonly kind: AuditorStatementKind;
  readonly auditor: string;
  /** Size of the audited checkpoint, or number of canaries. */
  readonly n: number;
  /** Log of the audited checkpoint; empty for canaries. */
  readonly origin: string;
  /** Exact DSSE bytes. */
  readonly record: Uint8Array;
}

export interface LedgerStore {
  /** Begins the first log, or the next one after a roll-back, with its open event. `exists` when that origin was ever used. */
  begin(origin: string, at: Seconds, event: EventRow | null): Promise<'begun' | 'exists' | Stale>;
  logs(): Promise<readonly LogRow[]>;
  /**
   * Takes or renews the lease until a moment; its number when this holder has it, null when another one has. A new holder gets a greater
   * number than any before.
   */
  lease(holder: Uint8Array, now: Seconds, until: Seconds): Promise<number | null>;
  /** Null before the first log began. */
  next(limit: number): Promise<NextBatch | null>;
  /**
   * One durable transaction: head event, leaves, tiles, entries, checkpoint. `lost` when the fence is not the newest; `stale` when the newest
   * size, the head of `log` or an event's place is another than planned. Then nothing is written.
   */
  append(batch: Append): Promise<'appended' | 'lost' | 'stale'>;
  /** Keeps a witness's line; the first one of a witness for a checkpoint stays. */
  cosigned(log: number, size: number, cosignature: Cosignature): Promise<void>;
  /** Publishes a checkpoint, and with it all before. False when it is unknown. */
  publish(log: number, size: number): Promise<boolean>;
  /** The newest published checkpoint; of one log or of the one that grows. */
  published(log?: number): Promise<BatchRow | null>;
  /** Checkpoints not published yet, oldest first. */
  unpublished(log: number): Promise<readonly BatchRow[]>;
  /** Batches in ascending order after a size, at most `limit`; published ones alone. */
  batches(log: number, after: number, limit: number): Promise<readonly BatchRow[]>;
  tile(log: number, level: number, n: number): Promise<Uint8Array | null>;
  /** Up to 256 entries of 64 bytes, joined. */
  entries(log: number, n: number): Promise<Uint8Array | null>;
  /** Index of each event of a tip by number, null for one that waits. */
  indicesOf(log: number, tip: TipId): Promise<readonly (number | null)[]>;
  /**
   * Statements of the directory by unit as they stand at a moment, up to an event of `directory`; units in ascending order of their bytes. Epochs that
   * begin later than `ahead` seconds after the moment are left out; none where it is null.
   */
  unitStates(upTo: number, at: Seconds, ahead: number | null): Promise<readonly UnitState[]>;
  /** Opened events below a size, chain by chain (`log`, `directory`, `unit:`, `staff:`, `reader:`, tips), after a position; for bundles. */
  opened(
    log: number,
    size: number,
    after: string | null,
    limit: number,
  ): Promise<{ readonly rows: readonly OpenedEvent[]; readonly next: string | null }>;
  /** Opened events of one chain from a number on. */
  openedOf(log: number, subject: string, from: number, limit: number): Promise<readonly OpenedEvent[]>;
  /** The event at a place; null for a dummy and beyond the log. */
  openedAt(log: number, index: number): Promise<OpenedEvent | null>;
  addAuditorStatement(event: EventRow, row: AuditorStatementRow): Promise<'added' | 'known' | Stale>;
  auditorStatements(kind: AuditorStatementKind): Promise<readonly AuditorStatementRow[]>;
}
