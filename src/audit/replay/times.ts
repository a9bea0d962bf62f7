import { addDays, dayOf, endOfDay, startOfDay } from '../../domain/calendar.ts';
import { LADDERS } from '../../ledger/batch.ts';
import type { EventTime } from '../../protocol/event.ts';
import { SIGNER_CLOCK } from '../people.ts';
import type { AuditEvent, Fault } from './event.ts';

/** A batch as its head tells it. */
export interface BatchTime {
  /** Index of its first leaf, and the first after it. */
  readonly from: number;
  readonly size: number;
  /** When its head was planned, UTC seconds. */
  readonly at: number;
  /** A full batch leaves the rest of what waits to the next one. */
  readonly dummies: number;
  /** True for what a new log took over from a former one: all of it happened before, and nothing tells when. */
  readonly isAnew?: boolean;
}

/** Within what an event of a batch must have happened. */
export interface Bounds {
  /** Moment of the batch head before; null for what came before the first. */
  readonly after: number | null;
  readonly before: number;
}

/** Seconds from the service's decision on an event to its commit, at most. */
const COMMIT = 60;
const HOUR = 3600;
/** What the service records by the hour alone. */
const BY_THE_HOUR: readonly string[] = ['letter_entered', 'recording_received'];

const TOP_RUNGS: readonly number[] = Object.values(LADDERS).map((ladder) => Math.max(...ladder));

/**
 * Which batch a leaf is in, and between which moments it must have happened. Batches must be added in their order. What waits while a batch of
 * the largest size is filled goes into the next one, so such a batch is no bound for the one after it.
 */
export class BatchTimes {
  readonly #batches: (BatchTime & { readonly after: number | null })[] = [];

  add(batch: BatchTime): void {
    const last = this.#batches.at(-1);
    const full = last !== undefined && last.dummies === 0 && TOP_RUNGS.includes(last.size - last.from);
    const after = last === undefined || batch.isAnew === true ? null : full ? last.after : last.at;
    this.#batches.push({ ...batch, after });
  }

  /** Number of the batch that a leaf is in, from 1; 0 for a leaf of none. */
  numberOf(index: number): number {
    let low = 0;
    let high = this.#batches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#batches[middle]?.size ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return low === this.#batches.length || index < (this.#batches[low]?.from ?? 0) ? 0 : low + 1;
  }

  boundsOf(index: number): Bounds | null {
    const batch = this.#batches[this.numberOf(index) - 1];
    return batch === undefined ? null : { after: batch.after, before: batch.at };
  }

  /** True for a leaf that the log took over from one that ended. */
  isAnew(index: number): boolean {
    return this.#batches[this.numberOf(index) - 1]?.isAnew === true;
  }

  /** True when every leaf of a log of this size is in a batch whose head was told. */
  covers(size: number): boolean {
    return (
      this.#batches.every(({ from }, i) => from === (this.#batches[i - 1]?.size ?? 0)) &&
      (this.#batches.at(-1)?.size ?? 0) === size
    );
  }

  /** Moment of the newest batch head; 0 without any. */
  get newest(): number {
    return this.#batches.at(-1)?.at ?? 0;
  }
}

const fault = (detail: string): Fault => ({ check: 'timeBounded', detail });

/** First and last moment at which something with this time may have happened, as the signer's clock had it. */
function spanOf(type: string, time: EventTime): readonly [number, number] {
  // A submission may wait for an hour from its challenge to its arrival.
  if ('t0' in time) return [time.t0 * HOUR, time.t0 * HOUR + 2 * HOUR];
  if ('day' in time) return [startOfDay(addDays(time.day, -1)), endOfDay(addDays(time.day, 1))];
  return BY_THE_HOUR.includes(type) ? [time.at, time.at + HOUR] : [time.at, time.at];
}

/** Whether the times of one chain fit the batches that its events are in, and never go back. */
export class TimeOrder {
  #last = 0;

  /** The chain's next event; null bounds when its leaf is in no batch, which is another check's matter. */
  event({ parsed }: Pick<AuditEvent, 'parsed'>, bounds: Bounds | null): Fault | null {
    const { type, time } = parsed.header;
    const [first, last] = spanOf(type, time);
    const found =
      bounds !== null && bounds.after !== null && last < bounds.after - SIGNER_CLOCK - COMMIT
        ? fault(`back-dated: logged after ${iso(bounds.after)}`)
        : bounds !== null && first > bounds.before + SIGNER_CLOCK
          ? fault(`post-dated: logged before ${iso(bounds.before)}`)
          : last < this.#last - 2 * SIGNER_CLOCK - COMMIT
            ? fault(`back-dated: before the event before it`)
            : null;
    this.#last = Math.max(this.#last, first);
    return found;
  }
}

const iso = (seconds: number): string =>
  `${dayOf(seconds)} ${new Date((seconds + 7 * HOUR) * 1000).toISOString().slice(11, 16)}`;
