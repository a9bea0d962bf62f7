/** @jsxImportSource hono/jsx/dom */

import { ROLES_OF_KIND } from '../../../domain/roles.ts';
import { ROLES, type Role, type UnitKind } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { sendJson } from '../http.ts';
import { TextField, Tick } from '../ui/fields.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { Invitation } from '../wire.ts';

/** Roles whose account only an administrator opens. */
const ADMINISTRATORS_GIVE: readonly Role[] = ['administrator', 'auditor'];

/** The link that an invited person opens: the token stays behind the `#`, which no browser sends. */
export const joinLink = (origin: string, token: string): string => `${origin}/console/join#token=${token}`;

/** Roles that the leaders of a unit of a kind give. */
export const rolesToGive = (kind: UnitKind): readonly Role[] =>
  ROLES_OF_KIND[kind].filter((role) => !ADMINISTRATORS_GIVE.includes(role));

/** The ticked roles of a form. */
export const rolesIn = (form: HTMLFormElement, name = 'roles'): readonly Role[] => {
  const ticked = new FormData(form).getAll(name);
  return ROLES.filter((role) => ticked.includes(role));
};

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

/** Invites a person into my unit. */
export const Invite = ({ onInvited }: { readonly onInvited: () => void }) => {
  const { texts, words } = useBase();
  const { me } = useDesk();
  const { busy, problem, run } = useAction();
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const roles = rolesToGive(me.unitKind);
  const submit = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const person = {
      account: String(data.get('account') ?? '').trim(),
      displayName: String(data.get('displayName') ?? '')
        .normalize('NFC')
        .trim(),
      roles: rolesIn(form),
    };
    void run(async () => {
      setInvitation(await sendJson<Invitation>('POST', '/api/staff/members/invite', person));
      form.reset();
      onInvited();
    });
  };
  return (
    <section class="section" aria-labelledby="invite">
      <h2 id="invite">{texts.members.invite}</h2>
      {invitation === null ? null : <InvitationNotice invitation={invitation} />}
      <form class="form card" onSubmit={submit} autocomplete="off">
        <TextField name="displayName" label={texts.members.name} maxlength={200} />
        <TextField
          name="account"
          label={texts.members.account}
          hint={texts.members.accountHint}
          maxlength={40}
        />
        <fieldset class="choice">
          <legend>{texts.members.roles}</legend>
          {roles.map((role) => (
            <Tick name="roles" value={role} label={words.role[role]} key={role} />
          ))}
        </fieldset>
        <ProblemNotice problem={problem} />
        <div class="buttons">
          <button type="submit" class="button" disabled={busy}>
            {texts.members.submitInvite}
          </button>
        </div>
      </form>
    </section>
  );
};
