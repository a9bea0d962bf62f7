import { compareBytes } from './encoding.ts';
import { dummyEntries, ENTRY_BYTES } from './entry.ts';
import type { Sha256 } from './sha256.ts';

/** Sizes that a batch may have, ascending; public, so that a batch's size says little about how much happened. */
export const LADDERS = {
  production: [256, 1024, 4096, 16_384],
  demo: [8, 32, 128, 512],
} as const satisfies Record<string, readonly number[]>;

/** Events that go into one batch when this many wait: the rest goes into the next. One place is the batch head's. */
export const takes = (ladder: readonly number[], waiting: number): number =>
  Math.min(waiting, (ladder.at(-1) ?? 1) - 1);

/** The batch's size: the smallest of the ladder that holds the events and the head. RangeError when none does. */
export function batchSize(ladder: readonly number[], events: number): number {
  const size = ladder.find((one) => one >= events + 1);
  if (size === undefined) throw new RangeError('events');
  return size;
}

/** How a batch is laid out before its head is signed. */
export interface BatchLayout {
  /** All entries but the head's, in their order in the log. */
  readonly entries: readonly Uint8Array[];
  /** Place of each given event, in the given order, counted from the batch's first entry. */
  readonly places: readonly number[];
  readonly dummies: number;
  /** Entries of the batch, the head's included. */
  readonly size: number;
}

/**
 * Lays a batch out: dummies up to the ladder's next size, then everything in ascending order of its bytes, so that neither the order in which
 * events were committed nor what is a dummy can be seen. The batch head goes last. The same input gives the same layout.
 */
export function layOut(
  sha256: Sha256,
  ladder: readonly number[],
  events: readonly Uint8Array[],
  seed: Uint8Array,
): BatchLayout {
  if (events.some((entry) => entry.length !== ENTRY_BYTES)) throw new RangeError('entry');
  const size = batchSize(ladder, events.length);
  const dummies = size - 1 - events.length;
  const all = [
    ...events.map((entry, event) => ({ entry, event })),
    ...dummyEntries(sha256, seed, dummies).map((entry) => ({ entry, event: -1 })),
  ].sort((a, b) => compareBytes(a.entry, b.entry));
  const places = new Array<number>(events.length).fill(0);
  all.forEach(({ event }, place) => {
    if (event >= 0) places[event] = place;
  });
  return { entries: all.map(({ entry }) => entry), places, dummies, size };
}

/** True when entries stand in the order that `layOut` gives them; the last one, the head, may be any. */
export const isLaidOut = (ladder: readonly number[], entries: readonly Uint8Array[]): boolean =>
  ladder.includes(entries.length) &&
  entries.every((entry, i) => {
    const before = entries[i - 1];
    return (
      entry.length === ENTRY_BYTES &&
      (before === undefined || i === entries.length - 1 || compareBytes(before, entry) < 0)
    );
  });
