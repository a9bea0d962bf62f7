/** @jsxImportSource hono/jsx/dom */
import { useBase, useDesk } from '../context.ts';
import { sendJson } from '../http.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, Tick } from '../ui/fields.tsx';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { AdminStaff } from '../wire.ts';

/** The second administrator compares the digits with a new auditor or administrator and lets them in. */
export const ApproveDialog = (props: {
  readonly person: AdminStaff;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const { texts, words } = useBase();
  const { tell } = useDesk();
  const { busy, problem, run } = useAction();
  const { person } = props;
  const fingerprint = person.awaits?.fingerprint ?? null;
  if (fingerprint === null) return null;
  const approve = (event: Event): void => {
    readForm(event);
    void run(async () => {
      await sendJson('POST', `/api/staff/admin/staff/${person.staff}/approve`, { fingerprint });
      props.onClose();
      props.onDone();
      tell(texts.admin.approved);
    });
  };
  return (
    <Dialog title={`${texts.admin.approve}: ${person.displayName}`} onClose={props.onClose}>
      <p class="small soft">
        {person.account} · {person.roles.map((role) => words.role[role]).join(', ')}
      </p>
      <p>{texts.members.compareLead}</p>
      <Fingerprint text={fingerprint} label={texts.members.fingerprint} />
      <Notice kind="warning">
        <p>{texts.members.compareDifferent}</p>
      </Notice>
      <form class="form" onSubmit={approve}>
        <Tick name="same" label={texts.members.compareSame} required />
        <ProblemNotice problem={problem} />
        <SubmitRow label={texts.admin.approve} busy={busy}>
          <button type="button" class="button" onClick={props.onClose}>
            {texts.frame.cancel}
          </button>
        </SubmitRow>
      </form>
    </Dialog>
  );
};
