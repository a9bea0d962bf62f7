import { AppError } from '../../domain/errors.ts';
import { hourOf, secondsOfHour } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Submission, SubmissionResult } from '../../ports/store/intake-store.ts';
import { eventLeaf } from '../../protocol/event.ts';
import { makeAnswers } from '../../protocol/promise.ts';

/** A submission that passed every check and only lacks what its batch gives it: salt, leaf and promise. */
export interface ReadySubmission extends Omit<Submission, 'answer' | 'event'> {
  readonly event: Omit<Submission['event'], 'leaf' | 'openings'> & {
    readonly openings: Omit<Submission['event']['openings'], 'leafSalt'>;
  };
}

export interface Batcher {
  /** Resolves once the submission's transaction is on disk, or says why it was refused. Error `unavailable` when too many wait. */
  add(submission: ReadySubmission): Promise<SubmissionResult & { readonly answer?: Uint8Array }>;
}

export interface BatcherOptions {
  /** Most submissions in one transaction. */
  readonly maxBatch?: number;
  /** Beyond this many waiting submissions new ones are refused. */
  readonly maxWaiting?: number;
}

interface Waiting {
  readonly submission: ReadySubmission;
  readonly resolve: (result: SubmissionResult & { readonly answer?: Uint8Array }) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what arrives while the last transaction is written goes into the next one together, under one signature of the ledger
 * key (docs/protocol.md, Promise). The sizes adjust themselves: a lone submission goes at once, a burst in few transactions. Nothing is
 * answered before its commit is on disk.
 */
export function createBatcher(
  deps: Pick<Deps, 'store' | 'crypto' | 'ledger' | 'random' | 'clock' | 'instance'>,
  { maxBatch = 256, maxWaiting = 4_096 }: BatcherOptions = {},
): Batcher {
  let waiting: Waiting[] = [];
  let busy = false;

  const commit = async (): Promise<void> => {
    const batch = waiting.slice(0, maxBatch);
    waiting = waiting.slice(maxBatch);
    try {
      const submissions = complete(
        deps,
        batch.map(({ submission }) => submission),
      );
      const results = await deps.store.intake.accept(submissions);
      batch.forEach(({ resolve }, i) => {
        const result = results[i] ?? { kind: 'refused', code: 'internal' };
        const answer = submissions[i]?.answer;
        resolve(result.kind === 'accepted' && answer ? { ...result, answer } : result);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const start = (): void => {
    busy = true;
    // In the next turn: what became ready in this one goes along.
    setImmediate(async () => {
      while (waiting.length > 0) await commit();
      busy = false;
    });
  };

  return {
    add(submission) {
      if (waiting.length >= maxWaiting) throw new AppError('unavailable', { retryAfter: 5 });
      return new Promise((resolve, reject) => {
        waiting.push({ submission, resolve, reject });
        if (!busy) start();
      });
    },
  };
}

/** Gives every submission of a batch its salt, leaf and answer. */
function complete(
  deps: Pick<Deps, 'crypto' | 'ledger' | 'random' | 'clock' | 'instance'>,
  batch: readonly ReadySubmission[],
): readonly Submission[] {
  // A whole hour again: an exact time in a stored answer would tell when a citizen wrote.
  const hour = secondsOfHour(hourOf(deps.clock.now()));
  const includeBy = hour + 3600 + deps.instance.includeWithin;
  const salted = batch.map((submission) => {
    const leafSalt = deps.random.bytes(32);
    return { submission, leafSalt, leaf: eventLeaf(deps.crypto, leafSalt, submission.event.record) };
  });
  const answers = makeAnswers(
    deps.crypto,
    deps.ledger,
    salted.map(({ submission, leafSalt, leaf }) => ({
      leafSalt,
      terms: {
        origin: deps.instance.logOrigin,
        leaf,
        seal: submission.sealHash,
        unit: submission.unit,
        t0: submission.t0,
        assurance: submission.assurance,
        includeBy,
      },
    })),
  );
  return salted.map(({ submission, leafSalt, leaf }, i) => ({
    ...submission,
    event: { ...submission.event, leaf, openings: { ...submission.event.openings, leafSalt } },
    answer: answers[i] ?? new Uint8Array(0),
  }));
}
