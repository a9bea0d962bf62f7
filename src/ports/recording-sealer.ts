import type { Hash, StaffId, UnitId } from '../domain/ids.ts';

/** For whom a recording is sealed. */
export interface RecordingReaders {
  readonly instance: string;
  readonly unit: UnitId;
  /** Active operators of the unit with their X-Wing keys; at least one. */
  readonly operators: readonly { readonly staff: StaffId; readonly kemKey: Uint8Array }[];
  /** The directory's recovery holders, three or none. */
  readonly holders: readonly { readonly id: string; readonly kemKey: Uint8Array }[];
}

/** One sealed part, ready for the blob store. */
export interface SealedPart {
  readonly no: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: Hash;
}

/** A recording whose last part is sealed. */
export interface SealedRecording {
  /** Parts that no `push` gave. */
  readonly parts: readonly SealedPart[];
  /** Sealed bytes of all parts, and H('tk1/parts', …) over all of them. */
  readonly bytes: number;
  readonly root: Hash;
  readonly partHashes: Uint8Array;
  readonly meta: Uint8Array;
  readonly wraps: readonly { readonly staff: StaffId; readonly wrap: Uint8Array }[];
  readonly shares: readonly { readonly holder: string; readonly share: Uint8Array }[];
}

/** A recording on its way in. Its key lives in a thread of its own and ends with `finish` or `abort`. */
export interface RecordingInSealing {
  /** Takes plain bytes (moved, then overwritten) and gives the parts that became full. Error `unavailable`. */
  push(bytes: Uint8Array<ArrayBuffer>): Promise<readonly SealedPart[]>;
  /** Pads and seals the rest. Error `unavailable`. */
  finish(meta: {
    readonly type: string;
    readonly seconds: number;
    readonly line: string;
  }): Promise<SealedRecording>;
  abort(): void;
}

/** Seals recordings as they arrive, off the main thread. Error `sealer_busy` beyond its bound of recordings at once. */
export interface RecordingSealer {
  begin(id: string, readers: RecordingReaders): Promise<RecordingInSealing>;
  close(): Promise<void>;
}
