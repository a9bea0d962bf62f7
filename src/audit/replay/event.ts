import type { Hash } from '../../domain/ids.ts';
import type { ParsedEvent } from '../../protocol/event.ts';
import type { CheckName } from '../violation.ts';

/** One opened event of a chain as the checks of law and people see it: parsed, and its parts' exact texts beside it. */
export interface AuditEvent {
  /** Leaf of the log. */
  readonly index: number;
  readonly leaf: Hash;
  readonly parsed: ParsedEvent;
  /** Exact JSON text of each part. */
  readonly citizen: string;
  readonly restricted: string;
}

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

/** JSON of a part; attacker-controlled. Null for anything but an object. */
export function partOf(text: string): { readonly [key: string]: unknown } | null {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The value as a JSON object, or null. */
export const objectOf = (value: unknown): { readonly [key: string]: unknown } | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: unknown })
    : null;
