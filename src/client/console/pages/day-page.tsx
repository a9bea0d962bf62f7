/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { QueueScope } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { dayText } from '../format.ts';
import { getJson } from '../http.ts';
import { anyEvent } from '../live.ts';
import { queueRoute } from '../router.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Go, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { HoleNotice } from '../unit/hole-notice.tsx';
import { useLoad } from '../use-load.ts';
import type { Counts } from '../wire.ts';
import { TipRows, useLines } from './rows.tsx';
import { useQueue } from './use-queue.ts';

const FIRST = 10;

const Figure = (props: {
  readonly scope: Exclude<QueueScope, 'closed' | 'all'> | 'messages';
  readonly icon: IconName;
  readonly tone: string;
  readonly counts: Counts | null;
}) => {
  const { texts } = useBase();
  const count = props.counts?.[props.scope];
  return (
    <Go to={props.scope === 'messages' ? { page: 'messages' } : queueRoute(props.scope)} class="day-figure">
      <span class={`mark ${count === 0 ? 'mark-none' : props.tone}`}>
        <Icon name={props.icon} />
        {texts.nav[props.scope]}
      </span>
      <span class="day-number">{count ?? '…'}</span>
    </Go>
  );
};

/** What the day asks for: overdue, due soon, new, messages; and the tips to begin with. */
export const DayPage = () => {
  const { texts } = useBase();
  const { me, live, now } = useDesk();
  const counts = useLoad(() => getJson<Counts>('/api/staff/counts'), 'counts');
  const queue = useQueue('scope=open', FIRST);
  const lines = useLines(queue.rows ?? []);
  useEffect(() => live.refetch(anyEvent, counts.again), [live]);
  const known = counts.loaded.state === 'ready' ? counts.loaded.value : null;
  return (
    <>
      <PageHead title={texts.day.title} lead={`${me.displayName} · ${dayText(now())}`} />
      <div class="day">
        <Figure scope="overdue" icon="overdue" tone="mark-overdue" counts={known} />
        <Figure scope="due_soon" icon="soon" tone="mark-soon" counts={known} />
        <Figure scope="new" icon="later" tone="mark-new" counts={known} />
        <Figure scope="messages" icon="bell" tone="mark-new" counts={known} />
      </div>
      <HoleNotice />
      <section class="section" aria-labelledby="first">
        <h2 id="first">{texts.day.first}</h2>
        <ProblemNotice problem={queue.problem} />
        {queue.rows === null && queue.problem === null ? <Skeleton lines={6} /> : null}
        {queue.rows?.length === 0 ? <p class="empty">{texts.day.nothing}</p> : null}
        {queue.rows !== null && queue.rows.length > 0 ? <TipRows rows={queue.rows} lines={lines} /> : null}
        <div class="rows-more">
          <Go to={queueRoute('open')} class="button">
            {texts.day.whole}
          </Go>
          {queue.changed ? (
            <button type="button" class="button" onClick={queue.reload}>
              {texts.queue.changed}. {texts.queue.reload}
            </button>
          ) : null}
        </div>
      </section>
    </>
  );
};
