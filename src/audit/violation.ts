import type { TipId, UnitId } from '../domain/ids.ts';

/** Every check of the verifier by name, in the order in which they run; where two would name one fault, the earlier one does. */
export const CHECK_NAMES = [
  'bundleShape',
  'directoryChain',
  'checkpointSignature',
  'checkpointRoot',
  'checkpointWitnessed',
  'checkpointTime',
  'fork',
  'batchShape',
  'leafUnopened',
  'leafTwice',
  'openingMatches',
  'shownMatches',
  'partsMatch',
  'chainUnbroken',
  'signerEntitled',
  'twoSigners',
  'timeBounded',
  'lawInForce',
  'stepLegal',
  'promiseGiven',
  'promiseKept',
  'deadlineSpoken',
  'escalationMissing',
  'noContradiction',
  'directoryInLog',
  'directoryRoot',
  'readBeforeOpen',
  'canaryHandled',
  'shreddingAttested',
  'mergeLives',
  'rollBackDeclared',
  'ratesEqual',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** Checks whose finding is worth a look and no breach. */
export const WARNINGS: readonly CheckName[] = ['readBeforeOpen'];

/** Checks that need every leaf: they do not run on the openings of one scope. */
export const WHOLE_ONLY: readonly CheckName[] = [
  'checkpointRoot',
  'batchShape',
  'leafUnopened',
  'leafTwice',
  'directoryRoot',
  'mergeLives',
  'rollBackDeclared',
  'escalationMissing',
];

/** One thing that is wrong, and where. */
export interface Violation {
  readonly check: CheckName;
  /** What exactly, in a few English words; the catalogues have the sentence for the check. */
  readonly detail: string;
  readonly subject?: string;
  readonly no?: number;
  readonly index?: number;
  readonly size?: number;
  readonly tip?: TipId;
  readonly unit?: UnitId;
  /** Line of the bundle, from 1. */
  readonly line?: number;
}
