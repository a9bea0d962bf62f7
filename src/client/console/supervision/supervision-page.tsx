/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { anyEvent } from '../live.ts';
import { ElsewhereRow, type ElsewhereTip } from '../pages/elsewhere-row.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';

const WHICH = ['pending', 'suspended', 'all'] as const;
type Which = (typeof WHICH)[number];

interface Row extends ElsewhereTip {
  readonly asked: boolean;
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
  const { texts, words } = useBase();
  return (
    <ol class="rows" aria-label={texts.queue.list}>
      {rows.map((row) => (
        <ElsewhereRow
          row={row}
          why={row.asked ? texts.supervision.asked : null}
          marks={row.overlay === 'none' ? null : <span class="badge">{words.overlay[row.overlay]}</span>}
          key={row.tip}
        />
      ))}
    </ol>
  );
};
