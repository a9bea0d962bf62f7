/** @jsxImportSource hono/jsx/dom */
import { useEffect, useRef } from 'hono/jsx/dom';
import type { BalanceFigure, DueResult, TipBehind } from '../../../domain/figures.ts';
import type { TipId } from '../../../domain/ids.ts';
import type { Verb } from '../../../domain/terms.ts';
import { useBase } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { getJson, type Problem } from '../http.ts';
import { ProblemNotice, Scroll, Skeleton } from '../ui/parts.tsx';
import { asProblem } from '../use-load.ts';
import { HistoryDialog } from './history.tsx';
import { oversightTexts } from './texts.ts';
import { type DrillPage, type Question, queryOf } from './wire.ts';

/** Which figure is opened: one of a verb, in total or of one unit, or one of the balance. */
export type Opened =
  | { readonly verb: Verb; readonly result: DueResult; readonly unit: string }
  | { readonly figure: BalanceFigure };

/** The address of a page of the tips behind a figure. */
function addressOf(question: Question, opened: Opened, after: string | null): string {
  const next = after === null ? {} : { after };
  if ('figure' in opened) {
    const asked = queryOf({ ...question, plan: '' }, { figure: opened.figure, ...next });
    return `/api/staff/oversight/balance-tips?${asked}`;
  }
  const { verb, result, unit } = opened;
  const asked = { ...question, unit: unit === '' ? question.unit : unit };
  return `/api/staff/oversight/drill?${queryOf(asked, { verb, result, ...next })}`;
}

/** The tips behind one figure, fifty at a time, by internal order. */
export const Drill = (props: {
  readonly question: Question;
  readonly opened: Opened;
  readonly unitName: (code: string) => string;
  /** True when the list was asked for by a figure elsewhere on the page: the reader is taken to it. */
  readonly follow?: boolean;
}) => {
  const { lang, words } = useBase();
  const t = oversightTexts(lang);
  const { question, opened } = props;
  const title =
    'figure' in opened
      ? t.drill.title(t.balance.title, t.balance[opened.figure])
      : t.drill.title(t.verbs[opened.verb], t.result[opened.result]);
  const first = addressOf(question, opened, null);
  const [rows, setRows] = useState<DrillPage['rows'] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tip, setTip] = useState<TipId | null>(null);
  const load = async (after: string | null, before: DrillPage['rows']): Promise<void> => {
    try {
      const page = await getJson<DrillPage>(addressOf(question, opened, after));
      setRows([...before, ...page.rows]);
      setNext(page.next);
      setProblem(null);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const whereText = ({ stage, outcome, handedOver }: TipBehind): string => {
    if (handedOver !== null) return t.drill.handedOver(timeText(handedOver));
    if (outcome !== null) return words.outcome[outcome];
    return stage === null ? '' : words.stage[stage];
  };
  const stoppedText = ({ stopped, outcome, handedOver }: TipBehind): string => {
    if (stopped !== null) return timeText(stopped);
    return outcome === null && handedOver === null ? t.drill.notStopped : '';
  };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (props.follow === true) heading.current?.focus();
    setRows(null);
    void load(null, []);
  }, [first]);
  return (
    <section class="section" aria-live="polite">
      <h2 ref={heading} tabindex={-1}>
        {title}
      </h2>
      <ProblemNotice problem={problem} />
      {rows === null ? (
        problem === null ? (
          <Skeleton lines={5} />
        ) : null
      ) : rows.length === 0 ? (
        <p class="soft">{t.drill.empty}</p>
      ) : (
        <Scroll label={title}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t.drill.register}</th>
                <th scope="col" class="number">
                  {t.drill.due}
                </th>
                <th scope="col">{t.unit}</th>
                <th scope="col">{t.drill.stage}</th>
                <th scope="col" class="number">
                  {t.drill.stopped}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={`${row.tip}-${index}`}>
                  <th scope="row">
                    <button
                      type="button"
                      class="link-button"
                      aria-label={`${t.drill.history}: ${row.registerNumber ?? t.drill.notRegistered}`}
                      onClick={() => setTip(row.tip)}
                    >
                      {row.registerNumber ?? t.drill.notRegistered}
                    </button>
                    {row.merged.map((one) => (
                      <div class="small" key={one.tip}>
                        <button type="button" class="link-button" onClick={() => setTip(one.tip)}>
                          {t.drill.merged(one.registerNumber ?? t.drill.notRegistered)}
                        </button>
                      </div>
                    ))}
                  </th>
                  <td class="number">{row.due === null ? '–' : timeText(row.due)}</td>
                  <td>{props.unitName(row.unit)}</td>
                  <td>
                    {whereText(row)}
                    {'untold' in row && row.untold ? <div class="small">{t.drill.untold}</div> : null}
                  </td>
                  <td class="number">{stoppedText(row)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {next === null || rows === null ? null : (
        <button type="button" class="button button-plain" onClick={() => void load(next, rows)}>
          {t.drill.more}
        </button>
      )}
      {tip === null ? null : <HistoryDialog tip={tip} onClose={() => setTip(null)} />}
    </section>
  );
};
