import type { Hash } from '../../domain/ids.ts';
import type { ParsedEvent } from '../../protocol/event.ts';
import type { CheckName } from '../violation.ts';

/** One opened event of a chain: its record parsed, its parts' exact texts beside it. */
export interface OpenedEvent {
  /** Leaf of the log. */
  readonly index: number;
  readonly leaf: Hash;
  readonly parsed: ParsedEvent;
  /** Exact JSON text of each part. */
  readonly citizen: string;
  readonly restricted: string;
}

/** JSON of a part; null for anything but an object. Attacker-controlled. */
type Part = { readonly [key: string]: unknown } | null;

/** An opened event as the checks of law and people see it: its parts are parsed once. */
export interface AuditEvent extends OpenedEvent {
  readonly citizenPart: Part;
  readonly restrictedPart: Part;
}

/** Most checks never look at the citizen's part of an officer's step: it is parsed when one does. */
export const auditEvent = ({ index, leaf, parsed, citizen, restricted }: OpenedEvent): AuditEvent => {
  let citizenPart: Part | undefined;
  return {
    ...{ index, leaf, parsed, citizen, restricted },
    get citizenPart() {
      if (citizenPart === undefined) citizenPart = partOf(citizen);
      return citizenPart;
    },
    restrictedPart: partOf(restricted),
  };
};

/** What a check has against an event. */
export interface Fault {
  readonly check: CheckName;
  /** A few English words. */
  readonly detail: string;
}

/** A signature that must hold, and what is wrong when it does not. Signatures are checked many at once, later. */
export interface SignatureDue {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly fault: Fault;
}

function partOf(text: string): Part {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The value as a JSON object, or null. */
export const objectOf = (value: unknown): Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: unknown })
    : null;
