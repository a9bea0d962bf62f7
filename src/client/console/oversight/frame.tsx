/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx/dom';
import { addDays } from '../../../domain/calendar.ts';
import type { Figures } from '../../../domain/figures.ts';
import type { Day } from '../../../domain/ids.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { Filter } from './filter.tsx';
import { type Choices, type Question, queryOf } from './wire.ts';

/** What is on the screen: the choices there are, the question asked, and its answer. */
export interface Shown {
  readonly choices: Choices;
  readonly question: Question;
  readonly figures: Figures;
}

/** What the pages of figures share: heading, choice of plan, unit and period, and the figures themselves. */
export const OversightFrame = (props: {
  readonly title: string;
  readonly lead: string;
  readonly children: (shown: Shown) => Child;
}) => {
  const { loaded } = useLoad(() => getJson<Choices>('/api/staff/oversight/plans'), 'plans');
  return (
    <>
      <PageHead title={props.title} lead={props.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={8} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? <Asked choices={loaded.value}>{props.children}</Asked> : null}
    </>
  );
};

const Asked = (props: { readonly choices: Choices; readonly children: (shown: Shown) => Child }) => {
  const { route } = useBase();
  const [question, setQuestion] = useState<Question>(thisYear(props.choices.today));
  const { loaded } = useLoad(
    () => getJson<Figures>(`/api/staff/oversight/rates?${queryOf(question)}`),
    `${route.page}?${queryOf(question)}`,
  );
  return (
    <>
      <Filter choices={props.choices} question={question} onAsk={setQuestion} />
      {loaded.state === 'loading' ? <Skeleton lines={8} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready'
        ? props.children({ choices: props.choices, question, figures: loaded.value })
        : null}
    </>
  );
};

/**
 * From New Year to a month ahead: a tip handled early counts at once, under the day when it would have fallen due; one that is open and
 * not yet due is left out.
 */
function thisYear(today: Day): Question {
  return { plan: '', unit: '', from: `${today.slice(0, 4)}-01-01` as Day, to: addDays(today, 31) };
}
