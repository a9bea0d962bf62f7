import { FIELD_LIMITS } from '../domain/tip-content.ts';
import { type AnswerField, type AnswerProblem, MAX_TICKED } from '../domain/tip-form.ts';
import { fill } from './index.ts';
import type { SendingTexts } from './vi/sending.ts';

/** What to do about an answer that is missing, too long or too much, in one sentence. */
export function answerProblemText({ field, problem }: AnswerProblem, t: SendingTexts): string {
  if (problem === 'long' && field in FIELD_LIMITS)
    return fill(t.errorLong, { max: FIELD_LIMITS[field as keyof typeof FIELD_LIMITS] });
  if (problem === 'many') return fill(t.errorMany, { max: MAX_TICKED });
  const texts: Partial<Record<AnswerField, string>> = {
    province: t.errorProvince,
    commune: t.errorCommune,
    conduct: t.errorKind,
    official: t.errorOfficial,
    involved: t.errorWho,
    accused: t.errorUnit,
  };
  return texts[field] ?? t.errorWhat;
}
