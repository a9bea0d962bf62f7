/** @jsxImportSource hono/jsx/dom */

import { ROLES } from '../../../domain/terms.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { asProblem, useAction, useLoad } from '../use-load.ts';
import type { AdminStaff } from '../wire.ts';
import { InviteForm } from './invite.tsx';
import { LostPhones } from './lost-phones.tsx';
import { StaffTable } from './staff-table.tsx';

interface StaffList {
  readonly rows: readonly AdminStaff[];
  readonly next: string | null;
}

const PAGE = 50;
const fetchPage = (after: string | null): Promise<StaffList> =>
  getJson(
    `/api/staff/admin/staff?limit=${PAGE}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`,
  );

/** The administrator's list of accounts, and opening one. */
export const StaffPage = () => {
  const { texts } = useBase();
  const { loaded, again } = useLoad(() => fetchPage(null), 'staff');
  const [more, setMore] = useState<StaffList | null>(null);
  const { busy, problem, run } = useAction();
  const first = loaded.state === 'ready' ? loaded.value : null;
  const rows = [...(first?.rows ?? []), ...(more?.rows ?? [])];
  const next = more === null ? (first?.next ?? null) : more.next;
  const fetchMore = (): void =>
    void run(async () => {
      const page = await fetchPage(next);
      setMore({ rows: [...(more?.rows ?? []), ...page.rows], next: page.next });
    });
  const changed = (): void => {
    setMore(null);
    void again();
  };
  return (
    <>
      <PageHead title={texts.admin.staffTitle} lead={texts.admin.staffLead} />
      {loaded.state === 'loading' ? <Skeleton lines={8} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={asProblem(loaded.problem)} /> : null}
      <ProblemNotice problem={problem} />
      {rows.length > 0 ? <StaffTable rows={rows} onChanged={changed} /> : null}
      {next === null ? null : (
        <div class="rows-more">
          <button type="button" class="button" disabled={busy} onClick={fetchMore}>
            {texts.frame.more}
          </button>
        </div>
      )}
      <InviteForm
        id="add"
        title={texts.admin.add}
        path="/api/staff/admin/staff"
        roles={ROLES}
        withUnit
        onInvited={changed}
      />
      <LostPhones
        members={rows.filter((row) => row.status === 'active').map((row) => ({ ...row, state: 'active' }))}
      />
    </>
  );
};
