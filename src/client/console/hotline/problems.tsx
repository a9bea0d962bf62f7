/** @jsxImportSource hono/jsx/dom */
import { FIELD_LIMITS } from '../../../domain/tip-content.ts';
import type { AnswerField, AnswerProblem } from '../../../domain/tip-form.ts';
import { Notice } from '../ui/parts.tsx';
import type { HotlineTexts } from './texts.ts';

/** Where the operator's page asks for a field of the tip. */
export const spotOfField = (field: AnswerField): string => (field === 'commune' ? 'place' : field);

const sentence = ({ field, problem }: AnswerProblem, texts: HotlineTexts): string =>
  problem === 'long' && field in FIELD_LIMITS
    ? texts.call.tooLong(texts.call.missing[field], FIELD_LIMITS[field as keyof typeof FIELD_LIMITS])
    : texts.call.missing[field];

/** What keeps the call from being sent, each a way to its field. */
export const Problems = (props: {
  readonly problems: readonly AnswerProblem[];
  readonly texts: HotlineTexts;
}) => {
  const { problems, texts } = props;
  if (problems.length === 0) return null;
  return (
    <Notice kind="problem" title={texts.call.problems}>
      <ul class="plain-list">
        {problems.map((problem) => (
          <li key={problem.field}>{sentence(problem, texts)}</li>
        ))}
      </ul>
    </Notice>
  );
};
