/** @jsxImportSource hono/jsx/dom */

import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, Tick } from '../ui/fields.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { MemberView } from '../worker/calls.ts';

/** Ends a membership: my signature, then the other leader's; with both, the unit needs a new key at once. */
export const RemoveDialog = (props: {
  readonly person: MemberView;
  readonly onClose: () => void;
  readonly onRemoved: () => Promise<void>;
}) => {
  const { texts, vault, go } = useBase();
  const { me, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const [ended, setEnded] = useState(false);
  const { person } = props;
  const submit = (event: Event): void => {
    readForm(event);
    void run(async () => {
      const { state } = await vault.ask('removeMember', { staff: person.staff });
      await props.onRemoved();
      if (state === 'accepted') setEnded(true);
      else {
        props.onClose();
        tell(texts.members.removeSigned);
      }
    });
  };
  return (
    <Dialog title={`${texts.members.remove}: ${person.displayName}`} onClose={props.onClose}>
      {ended ? (
        <>
          <Notice kind="warning">
            <p>{texts.members.removedNext}</p>
          </Notice>
          <div class="buttons">
            {person.unit === me.unit ? (
              <button type="button" class="button button-main" onClick={() => go({ page: 'epochs' })}>
                {texts.nav.epochs}
              </button>
            ) : null}
            <button type="button" class="button" onClick={props.onClose}>
              {texts.frame.close}
            </button>
          </div>
        </>
      ) : (
        <form class="form" onSubmit={submit}>
          <p>{texts.members.removeLead}</p>
          <Tick name="sure" label={texts.members.removeConfirm} required />
          <ProblemNotice problem={problem} />
          <SubmitRow label={texts.members.remove} busy={busy} kind="danger">
            <button type="button" class="button" onClick={props.onClose}>
              {texts.frame.cancel}
            </button>
          </SubmitRow>
        </form>
      )}
    </Dialog>
  );
};
