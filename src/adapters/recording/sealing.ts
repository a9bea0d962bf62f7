import type { Hash } from '../../domain/ids.ts';
import type { SealedPart, SealedRecording } from '../../ports/recording-sealer.ts';
import { hashPart, PART_BYTES, paddedFileLength, partsRoot, sealPart } from '../../protocol/attachment.ts';
import { concat, toHex, wipe } from '../../protocol/bytes.ts';
import {
  type RecordingMeta,
  sealRecordingKey,
  sealRecordingMeta,
  sealRecordingShares,
} from '../../protocol/recording.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { RecordingTask } from './jobs.ts';

/** Seals one recording part by part under a fresh key. Holds one part of plaintext at most, and overwrites it once it is sealed. */
export class Sealing {
  readonly #suite: Suite;
  readonly #task: RecordingTask;
  readonly #key: Uint8Array;
  readonly #plain = new Uint8Array(PART_BYTES);
  readonly #hashes: Uint8Array[] = [];
  #filled = 0;
  #size = 0;
  #bytes = 0;

  constructor(suite: Suite, task: RecordingTask) {
    this.#suite = suite;
    this.#task = task;
    this.#key = suite.randomBytes(32);
  }

  /** Takes bytes, which are overwritten, and gives the parts that became full. */
  push(bytes: Uint8Array): SealedPart[] {
    const parts: SealedPart[] = [];
    for (let at = 0; at < bytes.length; ) {
      const step = Math.min(PART_BYTES - this.#filled, bytes.length - at);
      this.#plain.set(bytes.subarray(at, at + step), this.#filled);
      this.#filled += step;
      at += step;
      if (this.#filled === PART_BYTES) parts.push(this.#seal());
    }
    this.#size += bytes.length;
    wipe(bytes);
    return parts;
  }

  /** Fills up with zeros to the padded length, seals the rest and closes the key for everybody who may open it. */
  finish(told: Omit<RecordingMeta, 'size'>): SealedRecording {
    const parts: SealedPart[] = [];
    let rest = paddedFileLength(this.#size) - this.#hashes.length * PART_BYTES;
    while (rest > 0) {
      const length = Math.min(PART_BYTES, rest);
      this.#filled = length;
      parts.push(this.#seal());
      rest -= length;
    }
    const { id, readers } = this.#task;
    const { instance, unit, operators, holders } = readers;
    const recording = { instance, unit, id };
    const partHashes = concat(...this.#hashes);
    const root = partsRoot(this.#suite, id, partHashes);
    const meta = sealRecordingMeta(this.#suite, this.#key, recording, root, { ...told, size: this.#size });
    const wraps = operators.map((operator) => ({
      staff: operator.staff,
      wrap: sealRecordingKey(this.#suite, this.#key, recording, operator),
    }));
    const shares = sealRecordingShares(this.#suite, this.#key, recording, holders);
    wipe(this.#key, this.#plain);
    return { parts, bytes: this.#bytes, root, partHashes, meta, wraps, shares };
  }

  #seal(): SealedPart {
    const no = this.#hashes.length;
    const bytes = sealPart(this.#suite, this.#key, this.#task.id, no, this.#plain.subarray(0, this.#filled));
    wipe(this.#plain);
    this.#filled = 0;
    const hash = hashPart(this.#suite, bytes);
    this.#hashes.push(hash);
    this.#bytes += bytes.length;
    return { no, bytes, hash: toHex(hash) as Hash };
  }
}
