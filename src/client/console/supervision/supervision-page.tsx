/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { QueueRow } from '../../../domain/tip-row.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText } from '../format.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { anyEvent } from '../live.ts';
import { conductName } from '../pages/rows.tsx';
import { DueMark, Go, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';

const WHICH = ['pending', 'suspended', 'all'] as const;
type Which = (typeof WHICH)[number];

interface Row extends QueueRow {
  readonly asked: boolean;
  readonly unitName: { readonly vi: string; readonly en: string };
}

interface Page {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** What the procuracy was told of: what waits for it first. */
export const SupervisionPage = () => {
  const { texts } = useBase();
  const { live } = useDesk();
  const t = texts.supervision;
  const [which, setWhich] = useState<Which>('pending');
  const [after, setAfter] = useState<string | null>(null);
  const query = `which=${which}${after === null ? '' : `&after=${after}`}`;
  const { loaded, again } = useLoad(() => getJson<Page>(`/api/staff/supervision?${query}`), query);
  useEffect(() => live.refetch(anyEvent, again), [live]);
  const page = loaded.state === 'ready' ? loaded.value : null;
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <nav class="buttons" aria-label={t.choose}>
        {WHICH.map((one) => (
          <button
            type="button"
            key={one}
            class={one === which ? 'button button-main' : 'button'}
            aria-pressed={one === which ? 'true' : 'false'}
            onClick={() => {
              setAfter(null);
              setWhich(one);
            }}
          >
            {t.which[one]}
          </button>
        ))}
      </nav>
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {page?.rows.length === 0 ? <p class="empty">{t.nothing[which]}</p> : null}
      {page === null || page.rows.length === 0 ? null : <Rows rows={page.rows} />}
      {page === null || page.next === null ? null : (
        <button type="button" class="button" onClick={() => setAfter(page.next)}>
          {texts.frame.next}
        </button>
      )}
    </>
  );
};

const Rows = ({ rows }: { readonly rows: readonly Row[] }) => {
  const { lang, texts, words } = useBase();
  const { conducts, now } = useDesk();
  const at = now();
  return (
    <ol class="rows" aria-label={texts.queue.list}>
      {rows.map((row) => (
        <li key={row.tip}>
          <Go to={{ page: 'tip', tip: row.tip }} class="row" row>
            <span class="row-due">
              <DueMark due={row.due} now={at} />
            </span>
            <span class="row-main">
              <span class="row-line">{row.asked ? texts.supervision.asked : row.unitName[lang]}</span>
              <span class="row-facts">
                {row.asked ? <span>{row.unitName[lang]}</span> : null}
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
              {row.overlay === 'none' ? null : <span class="badge">{words.overlay[row.overlay]}</span>}
              <span class="badge">{words.stage[row.stage]}</span>
            </span>
          </Go>
        </li>
      ))}
    </ol>
  );
};
