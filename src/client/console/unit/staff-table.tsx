/** @jsxImportSource hono/jsx/dom */

import { mayBeClosed } from '../../../domain/roles.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { sendJson } from '../http.ts';
import { ProblemNotice, Scroll } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { AdminStaff, Invitation } from '../wire.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { InvitationNotice } from './invite.tsx';

/** All accounts, with what an administrator can do about each. */
export const StaffTable = (props: {
  readonly rows: readonly AdminStaff[];
  readonly onChanged: () => void;
}) => {
  const { texts } = useBase();
  const { busy, problem, run } = useAction();
  const [approving, setApproving] = useState<AdminStaff | null>(null);
  const [closing, setClosing] = useState<AdminStaff | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const columns = texts.admin.staffColumns;
  const again = (person: AdminStaff): void =>
    void run(async () => {
      setInvitation(await sendJson<Invitation>('POST', `/api/staff/admin/staff/${person.staff}/invite`));
      props.onChanged();
    });
  return (
    <>
      <ProblemNotice problem={problem} />
      {invitation === null ? null : <InvitationNotice invitation={invitation} />}
      <Scroll label={texts.admin.staffTitle}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{columns.account}</th>
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.unit}</th>
              <th scope="col">{columns.roles}</th>
              <th scope="col">{columns.status}</th>
              <th scope="col">{columns.acts}</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <Row
                row={row}
                key={row.staff}
                busy={busy}
                onApprove={() => setApproving(row)}
                onInvite={() => again(row)}
                onClose={() => setClosing(row)}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      {approving === null ? null : (
        <ApproveDialog person={approving} onClose={() => setApproving(null)} onDone={props.onChanged} />
      )}
      {closing === null ? null : (
        <CloseDialog person={closing} onClose={() => setClosing(null)} onDone={props.onChanged} />
      )}
    </>
  );
};

const Row = (props: {
  readonly row: AdminStaff;
  readonly busy: boolean;
  readonly onApprove: () => void;
  readonly onInvite: () => void;
  readonly onClose: () => void;
}) => {
  const { texts, words } = useBase();
  const { me } = useDesk();
  const { row, busy } = props;
  const waits = row.awaits !== null && row.joined;
  const act = (text: string, onClick: () => void, kind = 'button') => (
    <button
      type="button"
      class={kind}
      disabled={busy}
      aria-label={`${text}: ${row.displayName}`}
      onClick={onClick}
    >
      {text}
    </button>
  );
  return (
    <tr>
      <th scope="row">{row.account}</th>
      <td>{row.displayName}</td>
      <td>
        <code>{row.unit}</code>
      </td>
      <td>{row.roles.map((role) => words.role[role]).join(', ')}</td>
      <td>{waits ? texts.admin.waitsForSecond : texts.admin.status[row.status]}</td>
      <td>
        <span class="buttons">
          {waits && row.awaits?.mine === false
            ? act(texts.admin.approve, props.onApprove, 'button button-main')
            : null}
          {row.status !== 'active' && mayBeClosed(row.roles)
            ? act(texts.admin.inviteAgain, props.onInvite)
            : null}
          {row.status !== 'removed' && row.staff !== me.staff && mayBeClosed(row.roles)
            ? act(texts.admin.close, props.onClose, 'button button-danger')
            : null}
        </span>
      </td>
    </tr>
  );
};
