import { READ_EVENT } from '../../domain/event-parts.ts';
import { type AuditEvent, type Fault, objectOf } from './event.ts';

/** Bits of the memory: 8 MiB. A million reads leave one warning in thousands unsaid, and make none that is wrong. */
const BITS = 2 ** 26;

/** Steps that speak of what a tip says, or give it to somebody: who takes them must have opened it. */
const NEED_READING: readonly string[] = [
  'classified',
  'verification_started',
  'resolution_proposed',
  'transfer_sent',
  'transfer_acknowledged',
  'diverted',
  'copy_made',
  'rewrapped',
  'printed',
];

/** Who ever read which tip, in memory that does not grow. Readers' chains come before those of tips. */
export class Reads {
  readonly #bits = new Uint8Array(BITS / 8);

  /** An event of a reader's chain. */
  note(event: AuditEvent): void {
    if (event.parsed.header.type !== READ_EVENT) return;
    const part = event.restrictedPart;
    const staff = objectOf(part?.actor)?.staff;
    if (typeof staff !== 'string' || !Array.isArray(part?.tips)) return;
    for (const tip of part.tips) {
      if (typeof tip !== 'string') continue;
      for (const bit of placesOf(staff, tip)) {
        const byte = bit >>> 3;
        this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (bit & 7));
      }
    }
  }

  /** What is odd about an officer's step on a tip: that its actor, of the unit that holds it, never opened it. */
  unread(event: AuditEvent): Fault | null {
    const { type, subject } = event.parsed.header;
    if (!NEED_READING.includes(type)) return null;
    const part = event.restrictedPart;
    const actor = objectOf(part?.actor);
    // Who proposes or confirms from above decides by what is known without opening.
    if (typeof actor?.staff !== 'string' || actor.unit !== objectOf(part?.from)?.unit) return null;
    const tip = subject.slice('tip:'.length);
    const known = placesOf(actor.staff, tip).every(
      (bit) => ((this.#bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0,
    );
    return known ? null : { check: 'readBeforeOpen', detail: `${type} by somebody who never opened the tip` };
  }
}

/** Four places for a pair, from the random digits of both ids. */
const placesOf = (staff: string, tip: string): readonly number[] =>
  [0, 8, 16, 24].map((at) => {
    const one = Number.parseInt(staff.slice(at, at + 8), 16);
    const other = Number.parseInt(tip.slice(at, at + 8), 16);
    return ((Math.imul(one, 0x85ebca6b) ^ other) >>> 0) & (BITS - 1);
  });
