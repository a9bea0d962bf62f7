/** @jsxImportSource hono/jsx/dom */
import type { Said } from './call.ts';
import { type Spot, saidBy } from './keys.ts';
import type { HotlineTexts } from './texts.ts';

const ANSWERS = ['yes', 'no', 'unknown'] as const;

/** A question that one key answers; the focus then goes on by itself. Mouse and arrow keys choose without going on. */
export const Question = (props: {
  readonly spot: Spot;
  readonly legend: string;
  readonly said: Said;
  readonly texts: HotlineTexts;
  readonly onSay: (said: Exclude<Said, ''>) => void;
  /** Called with the answer when the operator goes on. */
  readonly onNext: (said: Exclude<Said, ''>) => void;
}) => {
  const { spot, said, texts } = props;
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const answer = saidBy(event.key, said);
    if (answer === null) return;
    event.preventDefault();
    props.onSay(answer);
    props.onNext(answer);
  };
  return (
    <fieldset class="ask" data-spot={spot} onKeyDown={pressed}>
      <legend>{props.legend}</legend>
      <div class="ask-answers">
        {ANSWERS.map((answer) => (
          <label class="ask-answer" data-chosen={said === answer ? answer : 'none'} key={answer}>
            <input
              type="radio"
              name={`say-${spot}`}
              value={answer}
              checked={said === answer}
              onChange={() => props.onSay(answer)}
            />
            <span>{texts.call.said[answer]}</span>
            <span class="keycap" aria-hidden="true">
              {texts.call.saidKeys[answer]}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
