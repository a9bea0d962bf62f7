/** @jsxImportSource hono/jsx/dom */
import { ROLES_OF_KIND } from '../../../domain/roles.ts';
import { ROLES, type Role, type UnitKind } from '../../../domain/terms.ts';
import { useBase } from '../context.ts';
import { Tick } from '../ui/fields.tsx';

/** Roles whose account only an administrator opens. */
const ADMINISTRATORS_GIVE: readonly Role[] = ['administrator', 'auditor'];

/** Roles that the leaders of a unit of a kind give. */
export const rolesToGive = (kind: UnitKind): readonly Role[] =>
  ROLES_OF_KIND[kind].filter((role) => !ADMINISTRATORS_GIVE.includes(role));

/** The ticked roles of a form. */
export const rolesIn = (form: HTMLFormElement, name = 'roles'): readonly Role[] => {
  const ticked = new FormData(form).getAll(name);
  return ROLES.filter((role) => ticked.includes(role));
};

/** Roles to tick, one line each. */
export const RoleTicks = (props: {
  readonly legend: string;
  readonly roles: readonly Role[];
  readonly checked?: readonly Role[];
  /** Name of the form's field; `roles` unless something else is said. */
  readonly name?: string;
}) => {
  const { words } = useBase();
  return (
    <fieldset class="choice">
      <legend>{props.legend}</legend>
      {props.roles.map((role) => (
        <Tick
          name={props.name ?? 'roles'}
          value={role}
          label={words.role[role]}
          checked={props.checked?.includes(role) === true}
          key={role}
        />
      ))}
    </fieldset>
  );
};
