/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase, useDesk } from '../context.ts';
import { getJson } from '../http.ts';
import { anyEvent } from '../live.ts';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import type { OutsideRow } from '../wire.ts';
import { ElsewhereRow } from './elsewhere-row.tsx';

/** Tips of the units below that need somebody from outside. Their content stays with the unit that holds them. */
export const OutsidePage = () => {
  const { texts } = useBase();
  const { live } = useDesk();
  const { loaded, again } = useLoad(
    () => getJson<{ readonly rows: readonly OutsideRow[] }>('/api/staff/outside'),
    'outside',
  );
  useEffect(() => live.refetch(anyEvent, again), [live]);
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
            <ElsewhereRow row={row} why={texts.outside.why[row.why]} key={row.tip} />
          ))}
        </ol>
      ) : null}
    </>
  );
};
