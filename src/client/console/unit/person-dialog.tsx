/** @jsxImportSource hono/jsx/dom */
import type { PropsWithChildren } from 'hono/jsx/dom';
import type { Role } from '../../../domain/terms.ts';
import { useBase } from '../context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, Tick } from '../ui/fields.tsx';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';

/** What is said of the person whom an act is about. */
interface Named {
  readonly account: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
}

/** An act on one person that is done after one tick; the dialog stays open while it runs and when it is refused. */
export const PersonDialog = (
  props: PropsWithChildren<{
    readonly person: Named;
    readonly title: string;
    /** What has to be ticked before. */
    readonly tick: string;
    /** Of the button that acts. */
    readonly label: string;
    readonly kind?: 'danger';
    readonly act: () => Promise<void>;
    readonly onClose: () => void;
  }>,
) => {
  const { texts, words } = useBase();
  const { busy, problem, run } = useAction();
  const { person, kind } = props;
  const submit = (event: Event): void => {
    readForm(event);
    void run(props.act);
  };
  return (
    <Dialog title={`${props.title}: ${person.displayName}`} onClose={props.onClose}>
      <p class="small soft">
        {person.account} · {person.roles.map((role) => words.role[role]).join(', ')}
      </p>
      {props.children}
      <form class="form" onSubmit={submit}>
        <Tick name="sure" label={props.tick} required />
        <ProblemNotice problem={problem} />
        <SubmitRow label={props.label} busy={busy} {...(kind === undefined ? {} : { kind })}>
          <button type="button" class="button" onClick={props.onClose}>
            {texts.frame.cancel}
          </button>
        </SubmitRow>
      </form>
    </Dialog>
  );
};

/** The digits to compare with the person by another way, and what to do when they differ. */
export const CompareDigits = (props: { readonly fingerprint: string }) => {
  const { members } = useBase().texts;
  return (
    <>
      <p>{members.compareLead}</p>
      <Fingerprint text={props.fingerprint} label={members.fingerprint} />
      <Notice kind="warning">
        <p>{members.compareDifferent}</p>
      </Notice>
    </>
  );
};
