import type { AnswerField, AnswerProblem } from '../../domain/tip-form.ts';
import { answerProblemText } from '../../i18n/answer-problem.ts';
import { byId, focusOn, make, maybeId } from '../common/dom.ts';
import type { PageData } from './page-data.ts';

/** The step in which each field is asked. */
export const STEP_OF: Readonly<Record<AnswerField, string>> = {
  province: 'place',
  commune: 'place',
  conduct: 'kind',
  official: 'official',
  involved: 'official',
  accused: 'official',
  excluded: 'official',
  what: 'what',
  when: 'details',
  where: 'details',
  who: 'people',
  how: 'people',
};

/** Takes away every mark of an earlier try. */
export function clearProblems(): void {
  byId('error-summary').replaceChildren();
  for (const shown of document.querySelectorAll('#tip-form .error')) shown.remove();
  for (const wrong of document.querySelectorAll('#tip-form .wrong')) wrong.classList.remove('wrong');
  for (const invalid of document.querySelectorAll('#tip-form [aria-invalid]'))
    invalid.removeAttribute('aria-invalid');
}

/** Says above the step what is missing, with a link to each place, and beside the place itself. */
export function showProblems(problems: readonly AnswerProblem[], data: PageData, title: string): void {
  clearProblems();
  const lines = problems.map((problem) => {
    const text = answerProblemText(problem, data.texts);
    const target = maybeId(problem.field);
    if (target !== null) markWrong(target, text);
    target?.closest('details')?.setAttribute('open', '');
    const link = make('button', 'link', text);
    link.type = 'button';
    link.addEventListener('click', () => focusField(problem.field));
    return make('li', '', link);
  });
  const summary = make('div', 'callout danger', make('p', 'callout-title', title), make('ul', '', ...lines));
  summary.tabIndex = -1;
  summary.setAttribute('role', 'alert');
  byId('error-summary').append(summary);
  focusOn(summary);
}

/** `target` is a control or a question's fieldset, by the field's id. */
function markWrong(target: HTMLElement, text: string): void {
  const box = target.closest<HTMLElement>('.field, .question') ?? target;
  const error = make('p', 'error', text);
  error.id = `${target.id}-error`;
  box.classList.add('wrong');
  if (target.matches('input, textarea, select')) {
    target.setAttribute('aria-invalid', 'true');
    const control = target.closest('.combo') ?? target;
    control.before(error);
  } else target.querySelector('.choices')?.before(error);
}

/** The control of a field, or the first choice of a question. */
function focusField(field: AnswerField): void {
  const target = maybeId(field);
  (target?.matches('fieldset') ? target.querySelector('input') : target)?.focus();
}
