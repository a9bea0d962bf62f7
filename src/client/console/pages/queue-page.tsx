/** @jsxImportSource hono/jsx/dom */
import { PRIORITIES, type Priority, STAGES, type Stage } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import type { Route } from '../router.ts';
import { SelectField } from '../ui/fields.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { TipRows, useLines } from './rows.tsx';
import { type QueueState, useQueue } from './use-queue.ts';

type QueueRoute = Extract<Route, { page: 'queue' }>;

/** The server's parameters of a filtered queue. */
export const queueQuery = (route: QueueRoute, staff: string): string => {
  const query = new URLSearchParams({ scope: route.scope });
  if (route.stage !== null) query.set('stage', route.stage);
  if (route.priority !== null) query.set('priority', route.priority);
  if (route.mine) query.set('assignee', staff);
  return query.toString();
};

/** Below a list: how many are shown, more of them, and whether it has changed meanwhile. */
export const ListFoot = ({ queue }: { readonly queue: QueueState }) => {
  const { texts } = useBase();
  return (
    <div class="rows-more">
      <span class="small soft" role="status">
        {queue.rows === null ? '' : texts.queue.shown(queue.rows.length)}
        {queue.rows !== null && queue.rows.length > 0 && !queue.more ? ` ${texts.queue.end}` : ''}
      </span>
      <span class="buttons">
        {queue.changed ? (
          <button type="button" class="button" onClick={queue.reload}>
            {texts.queue.changed}. {texts.queue.reload}
          </button>
        ) : null}
        {queue.more ? (
          <button type="button" class="button" disabled={queue.busy} onClick={queue.fetchMore}>
            {texts.frame.more}
          </button>
        ) : null}
      </span>
    </div>
  );
};

const Filters = ({ route }: { readonly route: QueueRoute }) => {
  const { texts, words, go } = useBase();
  return (
    <div class="filters">
      <SelectField
        name="stage"
        label={texts.queue.stage}
        empty={texts.queue.any}
        value={route.stage ?? ''}
        required={false}
        options={STAGES.map((stage) => ({ value: stage, label: words.stage[stage] }))}
        onChange={(value) => go({ ...route, stage: value === '' ? null : (value as Stage) })}
      />
      <SelectField
        name="priority"
        label={texts.queue.priority}
        empty={texts.queue.any}
        value={route.priority ?? ''}
        required={false}
        options={PRIORITIES.map((priority) => ({ value: priority, label: words.priority[priority] }))}
        onChange={(value) => go({ ...route, priority: value === '' ? null : (value as Priority) })}
      />
      <div class="option">
        <input
          type="checkbox"
          id="mine"
          checked={route.mine}
          onChange={() => go({ ...route, mine: !route.mine })}
        />
        <label for="mine">{texts.queue.mineOnly}</label>
      </div>
    </div>
  );
};

/** The tips of the unit, filtered, fifty at a time. */
export const QueueListPage = ({ route }: { readonly route: QueueRoute }) => {
  const { texts } = useBase();
  const { me } = useDesk();
  const queue = useQueue(queueQuery(route, me.staff));
  const lines = useLines(queue.rows ?? []);
  return (
    <>
      <PageHead title={texts.queue.titles[route.scope]} />
      <Filters route={route} />
      <ProblemNotice problem={queue.problem} />
      {queue.rows === null && queue.problem === null ? <Skeleton lines={8} /> : null}
      {queue.rows?.length === 0 ? <p class="empty">{texts.queue.nothing}</p> : null}
      {queue.rows !== null && queue.rows.length > 0 ? <TipRows rows={queue.rows} lines={lines} /> : null}
      <ListFoot queue={queue} />
    </>
  );
};
