/** @jsxImportSource hono/jsx/dom */
import { useBase, useDesk } from '../context.ts';
import { sendJson } from '../http.ts';
import type { AdminStaff } from '../wire.ts';
import { CompareDigits, PersonDialog } from './person-dialog.tsx';

/** The second administrator compares the digits with a new auditor or administrator and lets them in. */
export const ApproveDialog = (props: {
  readonly person: AdminStaff;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const { texts } = useBase();
  const { tell } = useDesk();
  const { person } = props;
  const fingerprint = person.awaits?.fingerprint ?? null;
  if (fingerprint === null) return null;
  const approve = async (): Promise<void> => {
    await sendJson('POST', `/api/staff/admin/staff/${person.staff}/approve`, { fingerprint });
    props.onClose();
    props.onDone();
    tell(texts.admin.approved);
  };
  return (
    <PersonDialog
      person={person}
      title={texts.admin.approve}
      tick={texts.members.compareSame}
      label={texts.admin.approve}
      act={approve}
      onClose={props.onClose}
    >
      <CompareDigits fingerprint={fingerprint} />
    </PersonDialog>
  );
};
