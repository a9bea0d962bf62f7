/** @jsxImportSource hono/jsx/dom */
import { useBase, useDesk } from '../context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, Tick } from '../ui/fields.tsx';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { MemberView } from '../worker/calls.ts';

/** Two people compare a fingerprint outside the system before one of them signs the other's keys. */
export const CompareDialog = (props: {
  readonly person: MemberView;
  readonly onClose: () => void;
  readonly onSigned: () => Promise<void>;
}) => {
  const { texts, words, vault } = useBase();
  const { tell } = useDesk();
  const { busy, problem, run } = useAction();
  const { person } = props;
  const { fingerprint } = person;
  if (fingerprint === null) return null;
  const sign = (event: Event): void => {
    readForm(event);
    void run(async () => {
      const { state } = await vault.ask('signMember', { staff: person.staff, fingerprint });
      if (state === 'accepted') await vault.ask('wrapMissing', {});
      props.onClose();
      await props.onSigned();
      tell(state === 'accepted' ? texts.members.signedBoth : texts.members.signed);
    });
  };
  return (
    <Dialog title={`${texts.members.compare}: ${person.displayName}`} onClose={props.onClose}>
      <p class="small soft">
        {person.account} · {person.roles.map((role) => words.role[role]).join(', ')}
      </p>
      <p>{texts.members.compareLead}</p>
      <Fingerprint text={fingerprint} label={texts.members.fingerprint} />
      <Notice kind="warning">
        <p>{texts.members.compareDifferent}</p>
      </Notice>
      <form class="form" onSubmit={sign}>
        <Tick name="same" label={texts.members.compareSame} required />
        <ProblemNotice problem={problem} />
        <SubmitRow label={person.state === 'cosign' ? texts.members.cosign : texts.members.sign} busy={busy}>
          <button type="button" class="button" onClick={props.onClose}>
            {texts.frame.cancel}
          </button>
        </SubmitRow>
      </form>
    </Dialog>
  );
};
