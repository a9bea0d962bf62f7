/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase, useDesk } from '../context.ts';
import { hourText } from '../format.ts';
import { getJson } from '../http.ts';
import { anyEvent } from '../live.ts';
import { DueMark, Go, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import type { OutsideRow } from '../wire.ts';
import { conductName } from './rows.tsx';

/** Tips of the units below that need somebody from outside. Their content stays with the unit that holds them. */
export const OutsidePage = () => {
  const { lang, texts, words } = useBase();
  const { conducts, live, now } = useDesk();
  const { loaded, again } = useLoad(
    () => getJson<{ readonly rows: readonly OutsideRow[] }>('/api/staff/outside'),
    'outside',
  );
  useEffect(() => live.refetch(anyEvent, again), [live]);
  const at = now();
  return (
    <>
      <PageHead title={texts.outside.title} lead={texts.outside.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' && loaded.value.rows.length === 0 ? (
        <p class="empty">{texts.queue.nothing}</p>
      ) : null}
      {loaded.state === 'ready' && loaded.value.rows.length > 0 ? (
        <ol class="rows" aria-label={texts.queue.list}>
          {loaded.value.rows.map((row) => (
            <li key={row.tip}>
              <Go to={{ page: 'tip', tip: row.tip }} class="row" row>
                <span class="row-due">
                  <DueMark due={row.due} now={at} />
                </span>
                <span class="row-main">
                  <span class="row-line">{texts.outside.why[row.why]}</span>
                  <span class="row-facts">
                    <span>{row.unitName[lang]}</span>
                    <span>
                      {row.registerNumber === null
                        ? texts.queue.noNumber
                        : texts.queue.number(row.registerNumber)}
                    </span>
                    <span>{conductName(row, lang, conducts, words.conductGroup)}</span>
                    <span>{hourText(row.t0, lang)}</span>
                  </span>
                </span>
                <span class="row-marks">
                  <span class="badge">{words.stage[row.stage]}</span>
                </span>
              </Go>
            </li>
          ))}
        </ol>
      ) : null}
    </>
  );
};
