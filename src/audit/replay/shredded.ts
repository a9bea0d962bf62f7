import { readRemains } from '../../domain/contribution.ts';
import { DataError } from '../../domain/data-error.ts';
import type { RetentionRule } from '../../domain/retention.ts';
import { type EmptiedEvents, type SeenShredding, shreddingFault } from '../checks/shredding.ts';
import type { Hole } from './chain-order.ts';
import type { AuditEvent } from './event.ts';
import { dayOfTime } from './tip-replay.ts';

/** What is missing of a tip's chain, and what of it two people signed. */
export class Shredded {
  #missing: EmptiedEvents | null = null;
  #seen: SeenShredding | null = null;

  hole({ to }: Hole, indices: readonly number[]): void {
    this.#missing ??= { to, indices };
  }

  /** `isAnew`: the log took the event over from one that ended. */
  event({ parsed, restrictedPart }: AuditEvent, isAnew: boolean): void {
    const { type, no, time } = parsed.header;
    if (type !== 'shredded') return;
    if (isAnew && this.#missing !== null) this.#missing = { ...this.#missing, indices: null };
    try {
      this.#seen = { no, day: dayOfTime(time), remains: readRemains(restrictedPart?.remains) };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }

  /** Why the shredding is not one that the rules allow; null when it is, and where nothing is missing. */
  fault(rules: readonly RetentionRule[]): string | null {
    if (this.#missing === null || this.#seen === null) return null;
    return shreddingFault(this.#seen, this.#missing, rules);
  }
}
