import type { Plan } from '../domain/plans.ts';
import type { MailboxHead } from '../protocol/mailbox-head.ts';
import type { PromiseProof } from '../protocol/promise.ts';
import type { Pins } from '../protocol/root.ts';
import type { Verifier } from '../protocol/suite.ts';
import type { LawData } from './law.ts';
import type { AuditedRates, Progress } from './report.ts';

/** An Ed25519 signature that must hold. */
export interface SignatureJob {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Signatures of events that are verified together. */
export const JOBS_AT_ONCE = 512;

/** Everything that a run brings of its own: nothing of it comes from whom it checks. */
export interface AuditEnvironment {
  /** For the directory's few statements, which vouch for each other one by one. */
  readonly verifier: Verifier;
  /** For the events' many signatures: results in the order of the jobs, at most `JOBS_AT_ONCE` of them. */
  verify(jobs: readonly SignatureJob[]): Promise<readonly boolean[]>;
  /** 32 random bytes drawn for this run. */
  readonly randomKey: Uint8Array;
  readonly pins: Pins;
  readonly law: LawData;
  /** `lawHashes` of the files that `law` was read from. */
  readonly lawHashes: Readonly<Record<string, string>>;
  readonly plans: readonly Plan[];
  progress(at: Progress): void;
}

/** What others have of this log, for comparing. */
export interface Given {
  /** Promises out of citizens' receipts or evidence. */
  readonly promises?: readonly PromiseProof[];
  /** What the service signed to a citizen at a visit. */
  readonly heads?: readonly MailboxHead[];
  /** Checkpoints that witnesses or others have kept: exact notes. */
  readonly notes?: readonly Uint8Array[];
  /** Figures of a page or report. */
  readonly figures?: readonly AuditedRates[];
}
