import { type PlainOutcome, type PlainState, plainState } from '../../domain/plain-state.ts';
import { OUTCOMES, OVERLAYS, STAGES } from '../../domain/terms.ts';
import { fill, formatDay, type Lang } from '../../i18n/index.ts';
import type { MailboxTexts } from '../../i18n/vi/mailbox.ts';
import type { ReadMailbox, ReadMessage } from '../../protocol/mailbox-reading.ts';
import { make } from '../common/dom.ts';

const among = <T extends string>(words: readonly T[], word: string | null): T | null =>
  words.find((one) => one === word) ?? null;

/** The sentences for a state as the server tells it; unknown words become the first state. */
function stateOf(box: Pick<ReadMailbox, 'stage' | 'overlay' | 'outcome'>): {
  readonly state: PlainState;
  readonly outcome: PlainOutcome | null;
} {
  return plainState({
    stage: among(STAGES, box.stage) ?? 'submitted',
    overlay: among(OVERLAYS, box.overlay) ?? 'none',
    outcome: among(OUTCOMES, box.outcome),
  });
}

/** Day in UTC+7 of an hour since the epoch, `YYYY-MM-DD`. */
const dayOfHour = (hour: number): string => new Date((hour + 7) * 3_600_000).toISOString().slice(0, 10);

/** Everything that a visit with the code shows. Text from the unit is text and nothing else. */
export function showMailbox(box: ReadMailbox, texts: MailboxTexts, lang: Lang): Node[] {
  const { state, outcome } = stateOf(box);
  const facts = make('dl', 'facts');
  const fact = (name: string, value: string): void => {
    facts.append(make('div', '', make('dt', '', name), make('dd', '', value)));
  };
  if (outcome !== null) fact(texts.outcome, texts.outcomes[outcome]);
  fact(texts.unit, lang === 'vi' ? box.unitNameVi : box.unitNameEn);
  fact(texts.sent, formatDay(lang, dayOfHour(box.t0)));

  const warning = box.consistent ? [] : [make('p', 'callout danger', texts.inconsistent)];
  return [
    make('h2', '', texts.stateTitle),
    make('p', 'state', texts.states[state]),
    facts,
    ...warning,
    make('h2', '', texts.answersTitle),
    ...(box.messages.length === 0
      ? [make('p', '', texts.noAnswers)]
      : box.messages.map((message) => showMessage(message, texts, lang))),
    make('h2', '', texts.historyTitle),
    make('p', 'hint', texts.historyHint),
    make(
      'ol',
      'history',
      ...box.steps.map(({ step }) =>
        make('li', '', texts.steps[step as keyof typeof texts.steps] ?? texts.stepInternal),
      ),
    ),
  ];
}

function showMessage(message: ReadMessage, texts: MailboxTexts, lang: Lang): Node {
  if (message.error !== '') return make('p', 'callout warn', fill(texts.broken, { code: message.error }));
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(message.day);
  const head = [
    ...(message.from === '' ? [] : [fill(texts.from, { unit: message.from })]),
    ...(isDay ? [fill(texts.dated, { day: formatDay(lang, message.day) })] : []),
  ].join(', ');
  return make(
    'article',
    'message',
    make('p', 'hint', head),
    make('p', 'message-text', message.text),
    make('p', `trust ${message.trust}`, message.trust === 'verified' ? texts.verified : texts.unsure),
  );
}
