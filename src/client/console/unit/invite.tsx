/** @jsxImportSource hono/jsx/dom */

import type { Role } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { sendJson } from '../http.ts';
import { readForm, TextField } from '../ui/fields.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { Invitation } from '../wire.ts';
import { RoleTicks, rolesIn, rolesToGive } from './role-ticks.tsx';

/** The link that an invited person opens: the token stays behind the `#`, which no browser sends. */
const joinLink = (origin: string, token: string): string => `${origin}/console/join#token=${token}`;

/** An invitation, shown once. */
export const InvitationNotice = ({ invitation }: { readonly invitation: Invitation }) => {
  const { texts } = useBase();
  const [copied, setCopied] = useState(false);
  const link = joinLink(location.origin, invitation.token);
  const copy = (): void => {
    void navigator.clipboard.writeText(link).then(() => setCopied(true));
  };
  return (
    <Notice kind="proven" title={texts.members.invited}>
      <p>
        {texts.members.inviteLead} {timeText(invitation.expires)}
      </p>
      <p>
        <code id="invitation">{link}</code>
      </p>
      <div class="buttons">
        <button type="button" class="button" onClick={copy}>
          {copied ? texts.frame.copied : texts.frame.copy}
        </button>
      </div>
    </Notice>
  );
};

/** Opens an account for somebody and shows the invitation. The unit is asked for where it is not my own. */
export const InviteForm = (props: {
  readonly id: string;
  readonly title: string;
  /** Route that takes the person. */
  readonly path: string;
  readonly roles: readonly Role[];
  readonly withUnit: boolean;
  readonly onInvited: () => void;
}) => {
  const { texts } = useBase();
  const { busy, problem, run } = useAction();
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const submit = (event: Event): void => {
    const read = readForm(event);
    const form = event.currentTarget as HTMLFormElement;
    const person = {
      account: read('account'),
      displayName: read('displayName'),
      ...(props.withUnit ? { unit: read('unit') } : {}),
      roles: rolesIn(form),
    };
    void run(async () => {
      setInvitation(await sendJson<Invitation>('POST', props.path, person));
      form.reset();
      props.onInvited();
    });
  };
  return (
    <section class="section" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {invitation === null ? null : <InvitationNotice invitation={invitation} />}
      <form class="form card" onSubmit={submit} autocomplete="off">
        <TextField name="displayName" label={texts.members.name} maxlength={200} />
        <TextField
          name="account"
          label={texts.members.account}
          hint={texts.members.accountHint}
          maxlength={40}
        />
        {props.withUnit ? <TextField name="unit" label={texts.admin.unit} maxlength={40} /> : null}
        <RoleTicks legend={texts.members.roles} roles={props.roles} />
        <ProblemNotice problem={problem} />
        <SubmitRow label={texts.members.submitInvite} busy={busy} kind="plain" />
      </form>
    </section>
  );
};

/** Invites a person into my unit. */
export const Invite = ({ onInvited }: { readonly onInvited: () => void }) => {
  const { texts } = useBase();
  const { me } = useDesk();
  return (
    <InviteForm
      id="invite"
      title={texts.members.invite}
      path="/api/staff/members/invite"
      roles={rolesToGive(me.unitKind)}
      withUnit={false}
      onInvited={onInvited}
    />
  );
};
