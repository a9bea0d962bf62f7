import { routeFor } from '../../domain/routing.ts';
import { accusedUnit, routeRequest, type TipAnswers } from '../../domain/tip-form.ts';
import { byId, make, maybeId } from '../common/dom.ts';
import type { FilesStep } from './files/step.ts';
import type { PageData } from './page-data.ts';
import type { Reference } from './reference.ts';

const labelOf = (id: string): string =>
  document.querySelector(`label[for="${id}"]`)?.firstChild?.textContent ?? '';
const titleOf = (id: string): string => maybeId(`${id}-title`)?.textContent ?? '';

/** One line of the review: question, answer, step in which it is changed. */
interface Line {
  readonly question: string;
  readonly answer: string;
  readonly step: string;
}

function lines(answers: TipAnswers, data: PageData, reference: Reference, files: readonly Line[]): Line[] {
  const urgent = [
    ...(answers.happeningNow ? [labelOf('urgent-now')] : []),
    ...(answers.danger ? [labelOf('urgent-danger')] : []),
    ...(answers.minor ? [labelOf('urgent-minor')] : []),
  ];
  const place =
    answers.commune === null
      ? `${answers.placeName} (${labelOf('commune-unknown').toLowerCase()})`
      : answers.placeName;
  const always: Line[] = [{ question: labelOf('commune'), answer: place, step: 'place' }];
  const urgency: Line = { question: titleOf('urgent'), answer: urgent.join('\n'), step: 'urgent' };
  const text = (id: 'what' | 'when' | 'where' | 'who' | 'how', step: string): Line => ({
    question: labelOf(id),
    answer: answers[id].trim(),
    step,
  });
  if (data.support) return [...always, urgency, text('what', 'what'), ...files];
  const accused = accusedUnit(answers, data.routes);
  const unit = accused === null ? data.texts.unitUnknown : (reference.unitName(accused) ?? accused);
  const official =
    answers.official === 'yes'
      ? `${labelOf(`involved-${answers.involved}`)}\n${unit}`
      : labelOf(`official-${answers.official}`);
  const excluded = routeRequest(answers, data.routes).excluded.map(
    (code) => reference.unitName(code) ?? code,
  );
  return [
    ...always,
    { question: titleOf('conduct'), answer: labelOf(`conduct-${answers.conduct}`), step: 'kind' },
    urgency,
    { question: titleOf('official'), answer: official, step: 'official' },
    ...(excluded.length === 0
      ? []
      : [{ question: titleOf('excluded'), answer: excluded.join('\n'), step: 'official' }]),
    text('what', 'what'),
    text('when', 'details'),
    text('where', 'details'),
    text('who', 'people'),
    text('how', 'people'),
    ...files,
  ];
}

/** Writes the review and the destination. `change` is called with the step of the line. */
export function showReview(
  answers: TipAnswers,
  data: PageData,
  reference: Reference,
  change: (step: string) => void,
  files: FilesStep | null,
): void {
  const list = byId('review');
  const { change: changeText = '', none = '' } = list.dataset;
  const filesLine =
    files === null ? [] : [{ question: files.title, answer: files.lines().join('\n'), step: 'files' }];
  list.replaceChildren(
    ...lines(answers, data, reference, filesLine).map(({ question, answer, step }) => {
      const button = make('button', 'link', changeText, make('span', 'visually-hidden', `: ${question}`));
      button.type = 'button';
      button.addEventListener('click', () => change(step));
      const value = make('dd', answer === '' ? 'empty' : '', answer === '' ? none : answer);
      return make('div', '', make('dt', '', question), value, make('dd', 'change', button));
    }),
  );
  const route = routeFor(routeRequest(answers, data.routes), data.routes);
  byId('destination-unit').textContent =
    route === null ? data.texts.noUnit : (reference.unitName(route.unit) ?? route.unit);
  byId('destination-diverted').hidden = route === null || !route.diverted || data.support;
}
