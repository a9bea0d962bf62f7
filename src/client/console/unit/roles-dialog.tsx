/** @jsxImportSource hono/jsx/dom */

import type { Role } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, Tick } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { MemberView } from '../worker/calls.ts';
import { rolesIn, rolesToGive } from './invite.tsx';

/** Gives a member other roles: my signature, then the other leader's over the very same statement. The keys stay. */
export const RolesDialog = (props: {
  readonly person: MemberView;
  readonly onClose: () => void;
  readonly onSigned: () => Promise<void>;
}) => {
  const { texts, words, vault } = useBase();
  const { me, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const { person } = props;
  const proposed = person.mySignature ? person.nextRoles : null;
  const named = (roles: readonly Role[]): string => roles.map((role) => words.role[role]).join(', ');
  const sign = (event: Event): void => {
    readForm(event);
    const roles = proposed ?? rolesIn(event.currentTarget as HTMLFormElement, 'newRoles');
    const cosign = proposed !== null;
    void run(async () => {
      const { state } = await vault.ask('changeRoles', { staff: person.staff, roles, cosign });
      props.onClose();
      await props.onSigned();
      tell(state === 'accepted' ? texts.members.rolesChanged : texts.members.rolesSigned);
    });
  };
  return (
    <Dialog title={`${texts.members.changeRoles}: ${person.displayName}`} onClose={props.onClose}>
      <p class="small soft">
        {person.account} · {texts.members.rolesNow} {named(person.roles)}
      </p>
      <p>{texts.members.changeRolesLead}</p>
      <form class="form" onSubmit={sign}>
        {proposed === null ? (
          <fieldset class="choice">
            <legend>{texts.members.rolesNew}</legend>
            {rolesToGive(me.unitKind).map((role) => (
              <Tick
                name="newRoles"
                value={role}
                label={words.role[role]}
                checked={(person.nextRoles ?? person.roles).includes(role)}
                key={role}
              />
            ))}
          </fieldset>
        ) : (
          <p class="strong" id="proposed-roles">
            {texts.members.rolesNew}: {named(proposed)}
          </p>
        )}
        <ProblemNotice problem={problem} />
        <div class="buttons">
          <button type="submit" class="button button-main" disabled={busy}>
            {proposed === null ? texts.members.signRoles : texts.members.cosignRoles}
          </button>
          <button type="button" class="button" onClick={props.onClose}>
            {texts.frame.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
};
