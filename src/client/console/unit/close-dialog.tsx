/** @jsxImportSource hono/jsx/dom */
import { useBase, useDesk } from '../context.ts';
import { sendJson } from '../http.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, Tick } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { AdminStaff } from '../wire.ts';

/** An administrator closes the account of an auditor, operator or another administrator. */
export const CloseDialog = (props: {
  readonly person: AdminStaff;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const { texts, words } = useBase();
  const { tell } = useDesk();
  const { busy, problem, run } = useAction();
  const { person } = props;
  const close = (event: Event): void => {
    readForm(event);
    void run(async () => {
      await sendJson('POST', `/api/staff/admin/staff/${person.staff}/close`);
      props.onClose();
      props.onDone();
      tell(texts.admin.closed);
    });
  };
  return (
    <Dialog title={`${texts.admin.close}: ${person.displayName}`} onClose={props.onClose}>
      <p class="small soft">
        {person.account} · {person.roles.map((role) => words.role[role]).join(', ')}
      </p>
      <p>{texts.admin.closeLead}</p>
      <form class="form" onSubmit={close}>
        <Tick name="sure" label={texts.admin.closeConfirm} required />
        <ProblemNotice problem={problem} />
        <SubmitRow label={texts.admin.close} busy={busy} kind="danger">
          <button type="button" class="button" onClick={props.onClose}>
            {texts.frame.cancel}
          </button>
        </SubmitRow>
      </form>
    </Dialog>
  );
};
