/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { ListedTip } from '../../../domain/tip-row.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson } from '../http.ts';
import { anyEvent } from '../live.ts';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { TipRows, useLines } from './rows.tsx';

/** Tips in which the citizen has written something that nobody of the unit has seen. */
export const MessagesPage = () => {
  const { texts } = useBase();
  const { live } = useDesk();
  const { loaded, again } = useLoad(
    () => getJson<{ readonly rows: readonly ListedTip[] }>('/api/staff/unread'),
    'unread',
  );
  useEffect(() => live.refetch(anyEvent, again), [live]);
  const rows = loaded.state === 'ready' ? loaded.value.rows : [];
  const lines = useLines(rows);
  return (
    <>
      <PageHead title={texts.nav.messages} lead={texts.messages.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' && rows.length === 0 ? <p class="empty">{texts.messages.nothing}</p> : null}
      {rows.length > 0 ? <TipRows rows={rows} lines={lines} /> : null}
    </>
  );
};
