import type { Day, Hash, TipId, UnitId } from './ids.ts';
import type { ClockName, LegalKind, Outcome, Verb } from './terms.ts';

/** What a tip's clock adds to a rate: enough to put it into the same cell again without its events. */
export type ContributedClock = {
  readonly clock: ClockName;
  /** The verb whose rate it feeds; null when it feeds none. */
  readonly verb: Verb | null;
  readonly unit: UnitId;
  readonly legalKind: LegalKind | null;
  readonly conduct: string | null;
  readonly dueDay: Day;
  readonly stoppedDay: Day | null;
  readonly result: 'done' | 'transferred' | 'void' | null;
  /** True when another unit took the verb over: a province that counts a tip once leaves this one out. */
  readonly passedOn: boolean;
  /** False once the tip left the population of every plan. */
  readonly counted: boolean;
};

/** Ways in which a tip comes into a unit's balance or leaves it. */
export const FLOW_KINDS = [
  'received',
  'reopened',
  'came',
  'went',
  'settled',
  'transferred',
  'merged',
] as const;

/** One flow of the balance that the tip was in. */
export type ContributedFlow = {
  readonly kind: (typeof FLOW_KINDS)[number];
  readonly unit: UnitId;
  /** Day in UTC+7. */
  readonly day: Day;
  /** The other unit of a transfer; null for the rest. */
  readonly other: UnitId | null;
};

/** Everything that a tip adds to rates and balance: what stays when its words, its people and its history are gone. */
export type Contribution = {
  readonly clocks: readonly ContributedClock[];
  readonly flows: readonly ContributedFlow[];
  readonly outcome: Outcome | null;
  /** The tip that a confirmed duplicate was merged into. */
  readonly mergedInto: TipId | null;
};

/** What the event `shredded` leaves of a tip, in its restricted part, so that an auditor can still count it and check that it was due. */
export type Remains = {
  /** Id of the rule of retention, and its ground. */
  readonly rule: string;
  readonly ground: string;
  /** The audited checkpoint that covers everything that is emptied: its size, root and the hash of the auditor's statement. */
  readonly audited: { readonly size: number; readonly root: Hash; readonly statement: Hash };
  /** Number of the last event that is emptied. */
  readonly upTo: number;
  /** Where the emptied events are in the log, as runs of neighbouring places in the order of the events: first index, how many. */
  readonly leaves: readonly (readonly [number, number])[];
  readonly contribution: Contribution;
};
