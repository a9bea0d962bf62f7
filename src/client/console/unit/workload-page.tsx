/** @jsxImportSource hono/jsx/dom */
import type { StaffId } from '../../../domain/ids.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson } from '../http.ts';
import { Icon } from '../ui/icon.tsx';
import { PageHead, ProblemNotice, Scroll, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';

interface Load {
  readonly assignee: StaffId | null;
  readonly open: number;
  readonly overdue: number;
}

/** Open tips of each person, as figures and as bars beside them. */
export const WorkloadPage = () => {
  const { texts } = useBase();
  const { nameOf } = useDesk();
  const { loaded } = useLoad(
    () => getJson<{ readonly rows: readonly Load[] }>('/api/staff/workload'),
    'workload',
  );
  const rows = loaded.state === 'ready' ? loaded.value.rows : [];
  const most = Math.max(1, ...rows.map((row) => row.open));
  const columns = texts.workload.columns;
  return (
    <>
      <PageHead title={texts.workload.title} lead={texts.workload.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' && rows.every((row) => row.open === 0) ? (
        <p class="empty">{texts.workload.nothing}</p>
      ) : null}
      {rows.some((row) => row.open > 0) ? (
        <Scroll label={texts.workload.title}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{columns.person}</th>
                <th scope="col" class="number">
                  {columns.open}
                </th>
                <th scope="col" class="number">
                  {columns.overdue}
                </th>
                <td aria-hidden="true" />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.assignee ?? 'nobody'}>
                  <th scope="row">{row.assignee === null ? texts.queue.unassigned : nameOf(row.assignee)}</th>
                  <td class="number">{row.open}</td>
                  <td class="number">
                    {row.overdue === 0 ? (
                      0
                    ) : (
                      <span class="mark mark-overdue">
                        <Icon name="overdue" />
                        {row.overdue}
                      </span>
                    )}
                  </td>
                  <td aria-hidden="true">
                    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                      <rect class="bar-open" x="0" y="0" width={(row.open / most) * 100} height="4" />
                      <rect class="bar-overdue" x="0" y="0" width={(row.overdue / most) * 100} height="4" />
                    </svg>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
    </>
  );
};
