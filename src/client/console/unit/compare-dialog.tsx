/** @jsxImportSource hono/jsx/dom */
import { useBase, useDesk } from '../context.ts';
import type { MemberView } from '../worker/calls.ts';
import { CompareDigits, PersonDialog } from './person-dialog.tsx';

/** Two people compare a fingerprint outside the system before one of them signs the other's keys. */
export const CompareDialog = (props: {
  readonly person: MemberView;
  readonly onClose: () => void;
  readonly onSigned: () => Promise<void>;
}) => {
  const { texts, vault } = useBase();
  const { tell } = useDesk();
  const { person } = props;
  const { fingerprint } = person;
  if (fingerprint === null) return null;
  const sign = async (): Promise<void> => {
    const { state } = await vault.ask('signMember', { staff: person.staff, fingerprint });
    if (state === 'accepted') await vault.ask('wrapMissing', {});
    props.onClose();
    await props.onSigned();
    tell(state === 'accepted' ? texts.members.signedBoth : texts.members.signed);
  };
  return (
    <PersonDialog
      person={person}
      title={texts.members.compare}
      tick={texts.members.compareSame}
      label={person.state === 'cosign' ? texts.members.cosign : texts.members.sign}
      act={sign}
      onClose={props.onClose}
    >
      <CompareDigits fingerprint={fingerprint} />
    </PersonDialog>
  );
};
