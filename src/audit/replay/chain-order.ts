import type { Hash } from '../../domain/ids.ts';
import type { AuditEvent, Fault } from './event.ts';

/** Events of a chain that were shredded: their numbers, and the leaves that stand in their places. */
export interface Hole {
  readonly from: number;
  readonly to: number;
  readonly leaves: readonly Hash[];
}

const fault = (detail: string): Fault => ({ check: 'chainUnbroken', detail });

/**
 * Whether a chain is one: numbers 1, 2, 3…, each event naming the leaf before it, and never a later number in an earlier batch. Within a batch
 * leaves are sorted, so their order there says nothing. After a break the chain goes on from where it is, so that one is named once.
 */
export class ChainOrder {
  #no = 0;
  #leaf: Hash | null = null;
  #batch = 0;

  /** `batch`: any number that grows from batch to batch, of the one that the event's leaf is in. */
  event({ parsed, leaf }: Pick<AuditEvent, 'parsed' | 'leaf'>, batch: number): Fault | null {
    const { no, prev } = parsed.header;
    const found =
      no !== this.#no + 1
        ? fault(`number ${no} after ${this.#no}`)
        : prev !== this.#leaf
          ? fault('does not name the event before it')
          : batch < this.#batch
            ? fault('was logged before the event before it')
            : null;
    this.#no = no;
    this.#leaf = leaf;
    this.#batch = Math.max(batch, this.#batch);
    return found;
  }

  /** `batches`: of each leaf, as above. */
  hole({ from, to, leaves }: Hole, batches: readonly number[]): Fault | null {
    const whole =
      from === this.#no + 1 &&
      to >= from &&
      [leaves, batches].every(({ length }) => length === to - from + 1);
    const ascending = batches.every((batch, i) => batch >= (batches[i - 1] ?? this.#batch));
    this.#no = to;
    this.#leaf = leaves.at(-1) ?? null;
    this.#batch = Math.max(this.#batch, ...batches.slice(-1));
    if (!whole) return fault(`numbers ${from} to ${to} are not those that are missing`);
    return ascending ? null : fault('was logged before the event before it');
  }
}
