import type { ConductTable } from '../../domain/conduct.ts';
import { groupOf } from '../../domain/conduct.ts';
import { AppError } from '../../domain/errors.ts';
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
import { encodeTipContent } from '../../protocol/content.ts';
import { openFormToken } from './form-token.ts';
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
 * spent in the submission's own transaction. Errors: `sealer_off`, `form_token`, `sealer_busy`, `sealer_quota`, and those of the submission.
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
  const sealed = await deps.sealer.seal(
    {
      content: new Uint8Array(encodeTipContent(contentOf(answers, reference.routes))),
      candidates,
      excluded: [...keptOut(request, reference.routes)],
      urgent: answersUrgent(answers),
      conductGroup: groupOf(reference.conduct, answers.support ? SUPPORT_CONDUCT : answers.conduct),
    },
    spent.t0,
  );
  await intakeOf(deps).submit(sealed.frame, { kind: 'plain', token: spent });
  return { kind: 'sent', sealed };
}
