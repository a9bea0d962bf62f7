import type { People } from '../people.ts';
import type { CheckName } from '../violation.ts';
import type { ChainOrder } from './chain-order.ts';
import type { AuditEvent, Fault, SignatureDue } from './event.ts';
import type { Reads } from './reads.ts';
import type { Bounds, TimeOrder } from './times.ts';
import type { Replayed, TipReplay } from './tip-replay.ts';

/** What a check found at one place: what is wrong already, and signatures that must hold. */
export type Found = Replayed;

export const NOTHING: Found = { faults: [], due: [] };

/** One fault or none as what a check found. */
export const onlyFault = (fault: Fault | null): Found =>
  fault === null ? NOTHING : { faults: [fault], due: [] };

/** The chain that is being read. */
export interface ChainSoFar {
  readonly subject: string;
  readonly order: ChainOrder;
  readonly times: TimeOrder;
  /** Null for every chain but a tip's. */
  readonly replay: TipReplay | null;
}

/** An event with everything that a check may look at. */
export interface EventPoint {
  readonly event: AuditEvent;
  readonly chain: ChainSoFar;
  /** Number of the batch that its leaf is in; bounds null when it is in none. */
  readonly batch: number;
  readonly bounds: Bounds | null;
  /** What replaying it found; nothing for other chains than a tip's. */
  readonly replayed: Replayed;
  readonly people: People;
  readonly reads: Reads;
  /** Statements of opened tip boxes by the hex SHA-256 of their exact bytes. */
  readonly boxes: ReadonlyMap<string, Uint8Array>;
}

/** What of a replay belongs to one check. */
export function ofCheck(name: CheckName, replayed: Replayed): Found {
  const { faults, due } = replayed;
  if (faults.length === 0 && due.length === 0) return replayed;
  const own = (fault: Fault): boolean => fault.check === name;
  return { faults: faults.filter(own), due: due.filter((one: SignatureDue) => own(one.fault)) };
}
