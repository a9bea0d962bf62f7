/** @jsxImportSource hono/jsx/dom */
import { useBase, useDesk } from '../context.ts';
import { sendJson } from '../http.ts';
import type { AdminStaff } from '../wire.ts';
import { PersonDialog } from './person-dialog.tsx';

/** An administrator closes the account of an auditor, operator or another administrator. */
export const CloseDialog = (props: {
  readonly person: AdminStaff;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const { texts } = useBase();
  const { tell } = useDesk();
  const close = async (): Promise<void> => {
    await sendJson('POST', `/api/staff/admin/staff/${props.person.staff}/close`);
    props.onClose();
    props.onDone();
    tell(texts.admin.closed);
  };
  return (
    <PersonDialog
      person={props.person}
      title={texts.admin.close}
      tick={texts.admin.closeConfirm}
      label={texts.admin.close}
      kind="danger"
      act={close}
      onClose={props.onClose}
    >
      <p>{texts.admin.closeLead}</p>
    </PersonDialog>
  );
};
