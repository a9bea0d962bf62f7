import type { ConductTable } from '../../domain/conduct.ts';
import { groupOf } from '../../domain/conduct.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { keptOut, routeCandidates } from '../../domain/routing.ts';
import {
  type AnswerProblem,
  answerProblems,
  answersUrgent,
  contentOf,
  routeRequest,
  SUPPORT_CONDUCT,
  type TipAnswers,
} from '../../domain/tip-form.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ServerSealed } from '../../ports/sealer.ts';
import { wipe } from '../../protocol/bytes.ts';
import { encodeTipContent } from '../../protocol/content.ts';
import type { SpentOnce } from './doors.ts';
import { openFormToken } from './form-token.ts';
import { plainSeedsOf } from './plain-seeds.ts';
import type { FormReference } from './reference.ts';
import { intakeOf } from './submission.ts';

/** What came of a posted form. */
export type PlainOutcome =
  | { readonly kind: 'problems'; readonly problems: readonly AnswerProblem[] }
  /** Every unit was excluded. */
  | { readonly kind: 'no_unit' }
  | { readonly kind: 'sent'; readonly sealed: ServerSealed };

/**
 * Seals the answers of a script-less form at once, in memory, and submits them as any other tip, marked `server-sealed`. The token is
 * spent in the submission's own transaction. The same form posted again within minutes is the same tip and gives the same code. Errors:
 * `sealer_off`, `form_token`, `form_spent` (it arrived, and its code cannot be told again), `sealer_busy`, `sealer_quota`, and those of the submission.
 */
export async function sendPlain(
  deps: Deps,
  reference: Pick<FormReference, 'routes'> & { readonly conduct: ConductTable },
  answers: TipAnswers,
  token: string,
): Promise<PlainOutcome> {
  if (deps.sealer === null) throw new AppError('sealer_off');
  const problems = answerProblems(answers);
  if (problems.length > 0) return { kind: 'problems', problems };
  const request = routeRequest(answers, reference.routes);
  const candidates = routeCandidates(request, reference.routes);
  if (candidates.length === 0) return { kind: 'no_unit' };
  // Before anything is sealed: a used page must not cost a thread its time.
  const spent = openFormToken(deps, token);
  const content = encodeTipContent(contentOf(answers, reference.routes));
  const sealer = deps.sealer;
  const send = async (seed: Uint8Array<ArrayBuffer>): Promise<PlainOutcome> => {
    const sealed = await sealer.seal(
      {
        content: new Uint8Array(content),
        seed,
        candidates,
        excluded: [...keptOut(request, reference.routes)],
        urgent: answersUrgent(answers),
        conductGroup: groupOf(reference.conduct, answers.support ? SUPPORT_CONDUCT : answers.conduct),
      },
      spent.t0,
    );
    await submitOnce(deps, sealed, spent);
    return { kind: 'sent', sealed };
  };
  const seeds = plainSeedsOf(deps).seedsFor(spent.id, content);
  const [seed, earlier] = seeds;
  try {
    return await send(seed ?? new Uint8Array(deps.random.bytes(32)));
  } catch (error) {
    // The same form may have arrived minutes ago, under the key before this one: then this gives its very tip again.
    if (earlier === undefined || !isCode(error, 'form_spent')) throw error;
    return await send(earlier);
  } finally {
    wipe(content, ...seeds);
  }
}

/** Submits a tip. One whose id is taken was made from the same form, text and key: it is there already, and the code is its own. */
async function submitOnce(deps: Deps, { frame }: ServerSealed, token: SpentOnce): Promise<void> {
  try {
    await intakeOf(deps).submit(frame, { kind: 'plain', token });
  } catch (error) {
    if (!isCode(error, 'tip_conflict')) throw error;
  }
}

const isCode = (error: unknown, code: ErrorCode): boolean => error instanceof AppError && error.code === code;
