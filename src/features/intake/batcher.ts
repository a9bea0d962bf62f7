import { AppError } from '../../domain/errors.ts';
import { hourOf, secondsOfHour } from '../../domain/ids.ts';
import { publishedLog } from '../../http/kit/published-log.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Submission, SubmissionResult } from '../../ports/store/intake-store.ts';
import { eventLeaf } from '../../protocol/event.ts';
import { makeAnswers, type PublishedPoint } from '../../protocol/promise.ts';

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

/** So many waiting submissions are handed to the store while it still writes the last ones, so that it need not wait for the next. */
const AHEAD = 16;

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
  let underway = 0;
  let scheduled = false;

  const commit = async (): Promise<void> => {
    const batch = waiting.slice(0, maxBatch);
    waiting = waiting.slice(maxBatch);
    underway++;
    try {
      const submissions = complete(
        deps,
        batch.map(({ submission }) => submission),
        await publishedLog(deps).point(),
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
    underway--;
    schedule();
  };
  const consider = (): void => {
    scheduled = false;
    if (waiting.length === 0) return;
    if (underway === 0 || (underway === 1 && waiting.length >= AHEAD)) void commit();
  };
  /** In the next turn of the event loop: what becomes ready in this one goes along. */
  const schedule = (): void => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    setImmediate(consider);
  };

  return {
    add(submission) {
      if (waiting.length >= maxWaiting) throw new AppError('unavailable', { retryAfter: 5 });
      return new Promise((resolve, reject) => {
        waiting.push({ submission, resolve, reject });
        schedule();
      });
    },
  };
}

/** Gives every submission of a batch its salt, leaf and answer. */
function complete(
  deps: Pick<Deps, 'crypto' | 'ledger' | 'random' | 'clock' | 'instance'>,
  batch: readonly ReadySubmission[],
  checkpoint: PublishedPoint | null,
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
        checkpoint,
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
