import { readRemains } from '../../domain/contribution.ts';
import { DataError } from '../../domain/data-error.ts';
import type { TipId } from '../../domain/ids.ts';
import {
  type EmptiedEvents,
  type SeenShredding,
  type ShreddingWorld,
  shreddingFault,
} from '../checks/shredding.ts';
import type { Hole } from './chain-order.ts';
import type { AuditEvent } from './event.ts';
import { dayOfTime } from './tip-replay.ts';

/** What is missing of a chain, and what of it two people signed. */
export class Shredded {
  readonly #tip: TipId | null;
  #missing: EmptiedEvents | null = null;
  #seen: SeenShredding | null = null;
  /** True once something is missing that no shredding can explain: in the middle, or twice. */
  #torn = false;

  /** `tip`: null for a chain of which nothing is ever shredded. */
  constructor(tip: TipId | null) {
    this.#tip = tip;
  }

  hole({ from, to }: Hole, indices: readonly number[]): void {
    if (from !== 1 || this.#missing !== null) this.#torn = true;
    this.#missing ??= { to, indices };
  }

  event({ parsed, restrictedPart }: AuditEvent): void {
    const { type, no, time } = parsed.header;
    if (type !== 'shredded' || this.#tip === null || !('at' in time)) return;
    try {
      const remains = readRemains(restrictedPart?.remains);
      this.#seen = { tip: this.#tip, no, at: time.at, day: dayOfTime(time), remains };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }

  /** Why what is missing is not attested; null when nothing is missing or it is. */
  fault(world: ShreddingWorld): string | null {
    if (this.#torn) return 'events are missing in the middle of a chain';
    return this.#missing === null ? null : shreddingFault(this.#seen, this.#missing, world);
  }
}
