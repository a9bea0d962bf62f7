/** @jsxImportSource hono/jsx/dom */

import type { Role } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { MemberView } from '../worker/calls.ts';
import { RoleTicks, rolesIn, rolesToGive } from './role-ticks.tsx';

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
          <RoleTicks
            name="newRoles"
            legend={texts.members.rolesNew}
            roles={rolesToGive(me.unitKind)}
            checked={person.nextRoles ?? person.roles}
          />
        ) : (
          <p class="strong" id="proposed-roles">
            {texts.members.rolesNew}: {named(proposed)}
          </p>
        )}
        <ProblemNotice problem={problem} />
        <SubmitRow
          label={proposed === null ? texts.members.signRoles : texts.members.cosignRoles}
          busy={busy}
        >
          <button type="button" class="button" onClick={props.onClose}>
            {texts.frame.cancel}
          </button>
        </SubmitRow>
      </form>
    </Dialog>
  );
};
