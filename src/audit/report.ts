import type { Balance, Rate } from '../domain/rates.ts';
import type { Verb } from '../domain/terms.ts';
import type { CheckName, Violation } from './violation.ts';

/** How far a run has come. */
export interface Progress {
  readonly bytes: number;
  readonly events: number;
  /** Leaves of the tree; 0 before the first line is read. */
  readonly leaves: number;
}

/** Rates of a unit under a plan; null for all tips. */
export interface AuditedRates {
  readonly plan: string | null;
  /** Null for all units together, where a tip is counted once. */
  readonly unit: string | null;
  readonly rates: Readonly<Record<Verb, Rate>>;
}

/** What the verifier found. `ok`: nothing in `violations`. The command and the console print one and the same text of it. */
export interface AuditReport {
  readonly ok: boolean;
  readonly instance: string;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly kind: 'whole' | 'scoped';
  readonly leaves: {
    readonly opened: number;
    readonly dummies: number;
    readonly shredded: number;
  };
  readonly events: number;
  readonly tips: number;
  readonly signatures: number;
  readonly witnesses: number;
  /** At most 1 000; `more` counts the rest by check. */
  readonly violations: readonly Violation[];
  readonly warnings: readonly Violation[];
  readonly more: Readonly<Partial<Record<CheckName, number>>>;
  readonly ran: readonly CheckName[];
  readonly rates: readonly AuditedRates[];
  readonly balance: Balance;
  /** Test tips of the auditors' sets: committed to, revealed, of these answered, and never sent. */
  readonly canaries: {
    readonly announced: number;
    readonly revealed: number;
    readonly handled: number;
    readonly unused: number;
  };
}
