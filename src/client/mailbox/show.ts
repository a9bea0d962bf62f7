import { type PlainOutcome, type PlainState, plainState } from '../../domain/plain-state.ts';
import { OUTCOMES, OVERLAYS, STAGES } from '../../domain/terms.ts';
import { fill, formatDay, type Lang } from '../../i18n/index.ts';
import type { MailboxTexts } from '../../i18n/vi/mailbox.ts';
import type { ReadMailbox, ReadMessage, ReadStep } from '../../protocol/mailbox-reading.ts';
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

/** What can be done beside the words of the unit. */
export interface ShownActions {
  /** The question whether this unit may have the tip. */
  consent(unit: string): Node;
  /** Leads to the field for writing back. */
  write(): void;
  /** What the public log says, shown under the state. */
  readonly proof: Node;
  /** Shown under the unit's messages. */
  readonly between: readonly Node[];
}

/** Everything that a visit with the code shows. Text from the unit is text and nothing else. */
export function showMailbox(
  box: ReadMailbox,
  texts: MailboxTexts,
  lang: Lang,
  actions: ShownActions,
): Node[] {
  const { state, outcome } = stateOf(box);
  const asking = askingMessage(box);
  const facts = make('dl', 'facts');
  const fact = (name: string, value: string): void => {
    facts.append(make('div', '', make('dt', '', name), make('dd', '', value)));
  };
  if (outcome !== null) fact(texts.outcome, texts.outcomes[outcome]);
  fact(texts.unit, lang === 'vi' ? box.unitNameVi : box.unitNameEn);
  fact(texts.sent, formatDay(lang, dayOfHour(box.t0)));

  const warnings = [
    ...(box.consistent ? [] : [texts.inconsistent]),
    ...(box.thread === 'whole' ? [] : [texts.writing[box.thread]]),
  ];
  return [
    make('h2', '', texts.stateTitle),
    make('p', 'state', texts.states[state]),
    facts,
    actions.proof,
    ...warnings.map((text) => make('p', 'callout danger', text)),
    make('h2', '', texts.answersTitle),
    ...(box.messages.length === 0
      ? [make('p', '', isShredded(box) ? texts.shredded : texts.noAnswers)]
      : box.messages.map((message) =>
          showMessage(
            message,
            texts,
            lang,
            message === asking ? askedIn(message, { texts, lang, actions }) : [],
          ),
        )),
    ...(isShredded(box) ? [] : actions.between),
    make('h2', '', texts.historyTitle),
    make('p', 'hint', texts.historyHint),
    make('ol', 'history', ...box.steps.map((step) => make('li', '', stepText(step, texts, lang)))),
  ];
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** True once retention emptied the tip: nothing follows that step. */
const isShredded = ({ steps }: Pick<ReadMailbox, 'steps'>): boolean => steps.at(-1)?.step === 'shredded';

/** A step's name, with the day of the citizen's own ones. */
function stepText({ step, day }: ReadStep, texts: MailboxTexts, lang: Lang): string {
  const name = texts.steps[step as keyof typeof texts.steps] ?? texts.stepInternal;
  return isDay(day) ? fill(texts.stepOn, { step: name, day: formatDay(lang, day) }) : name;
}

/** The message whose question still waits: the last one that asks, unless it asked for words and they were sent since. */
function askingMessage({ messages, steps }: ReadMailbox): ReadMessage | undefined {
  const last = messages.findLast(({ ask, error }) => ask !== null && error === '');
  if (last?.ask?.kind !== 'answer') return last;
  const names = steps.map(({ step }) => step);
  return names.lastIndexOf('message_received') > names.lastIndexOf('question_posted') ? undefined : last;
}

function askedIn(
  { ask, trust }: ReadMessage,
  {
    texts,
    lang,
    actions,
  }: { readonly texts: MailboxTexts; readonly lang: Lang; readonly actions: ShownActions },
): Node[] {
  // What asks for a signature must itself be signed by the unit.
  if (ask === null || trust !== 'verified') return [];
  if (ask.kind === 'consent') return [actions.consent(ask.unit)];
  const write = make('button', 'link', texts.writing.askedAnswer);
  write.type = 'button';
  write.addEventListener('click', actions.write);
  return [
    ...(isDay(ask.by)
      ? [make('p', 'asked', fill(texts.writing.askedBy, { day: formatDay(lang, ask.by) }))]
      : []),
    make('p', 'no-print', write),
  ];
}

function showMessage(message: ReadMessage, texts: MailboxTexts, lang: Lang, asked: readonly Node[]): Node {
  const { error } = message;
  if (error !== '')
    return make(
      'p',
      'callout warn',
      error === 'message_missing' ? texts.writing.missing : fill(texts.broken, { code: error }),
    );
  const head = [
    ...(message.from === '' ? [] : [fill(texts.from, { unit: message.from })]),
    ...(isDay(message.day) ? [fill(texts.dated, { day: formatDay(lang, message.day) })] : []),
  ].join(', ');
  return make(
    'article',
    'message',
    make('p', 'hint', head),
    make('p', 'message-text', message.text),
    ...(message.about === 'reward'
      ? [
          make(
            'div',
            'reward',
            make('h3', '', texts.writing.rewardTitle),
            make('p', '', texts.writing.rewardHow),
          ),
        ]
      : []),
    make('p', `trust ${message.trust}`, message.trust === 'verified' ? texts.verified : texts.unsure),
    ...asked,
  );
}
