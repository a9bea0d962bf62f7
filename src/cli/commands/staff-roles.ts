import type { Command } from 'commander';
import { roleChangeProblem, sameRoles } from '../../domain/role-change.ts';
import { ROLES, type Role, type UnitKind } from '../../domain/terms.ts';
import { MEMBER_SECONDS, makeMember } from '../../instance/found-members.ts';
import { verifyLatest } from '../../instance/publish.ts';
import { isActive, type VerifiedMember } from '../../protocol/membership.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../io.ts';
import { type KeyOptions, onInstance, openDirectoryKeys, type Workbench } from '../operator.ts';
import { collect } from '../prompt.ts';

interface RolesOptions extends KeyOptions {
  readonly role: readonly string[];
}

/** A role by its name. Throws UsageError. */
export const roleNamed = (text: string): Role => {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new UsageError(`${text} is no role: ${ROLES.join(', ')}.`);
  return role;
};

const PROBLEMS = {
  roles: 'Units of this kind do not have these roles, or they do not go together.',
  unread: 'With these roles nobody reads tips. To end that, let the unit remove the person.',
  last_leader: 'Nobody would be left to lead the unit. Give somebody else that role first.',
} as const;

/** `tinkin staff roles`: other roles for a member, by the directory's own keys, where the console's two leaders are not to be had. */
export function registerStaffRoles(staff: Command, context: CommandContext): void {
  staff
    .command('roles')
    .description(
      'give a member other roles with the directory keys, where no two leaders can do it in the console',
    )
    .argument('<account>')
    .requiredOption('--role <role>', `every role from now on; may be repeated: ${ROLES.join(', ')}`, collect)
    .requiredOption('--keys <folder>', 'folder with the files of directory keys')
    .option('--passphrases <file>', 'JSON object from key to passphrase; otherwise you are asked')
    .action(async (account: string, options: RolesOptions, command: Command) => {
      context.print(
        await onInstance(context, command, (bench) => changeRoles(context, bench, account, options)),
      );
    });
}

async function changeRoles(
  context: CommandContext,
  bench: Workbench,
  account: string,
  options: RolesOptions,
) {
  const { suite, pins, instance, recorder, now } = bench;
  const row = await instance.store.accounts.byAccount(account);
  if (row === null) throw new UsageError(`There is no account ${account}.`);
  const roles = [...new Set(options.role.map(roleNamed))];
  const { members } = await verifyLatest(bench);
  const unit = members.filter((member) => member.unit === row.unit && isActive(member, now));
  const present = unit.find(({ person }) => person === row.id);
  if (present === undefined || row.status !== 'active')
    throw new UsageError(`${account} is no active member of ${row.unit}.`);
  await requirePossible(bench, unit, present, roles);
  // A run that was broken off between statement and account is finished by the next.
  if (!sameRoles(present.roles, roles)) {
    const signers = await openDirectoryKeys(context, bench, options);
    const person = { id: row.id, account, name: present.name, unit: row.unit, roles };
    // Newer than the present one even when that was signed this very second.
    const from = Math.max(now, present.issued + 1);
    const term = { from, until: Math.max(from + MEMBER_SECONDS, present.until) };
    const keys = { signKey: present.signKey, kemKey: present.kemKey };
    await recorder.statement(makeMember(suite, pins.instance, person, keys, signers, from, term));
  }
  await recorder.staff({ ...row, roles });
  return {
    text: [`${row.displayName} is from now on: ${roles.join(', ')}.`],
    data: { account, staff: row.id, unit: row.unit, roles },
  };
}

async function requirePossible(
  { instance }: Workbench,
  unit: readonly VerifiedMember[],
  present: VerifiedMember,
  to: readonly Role[],
): Promise<void> {
  const kind = (await instance.store.directory.unit(present.unit))?.kind as UnitKind;
  const others = unit.filter(({ person }) => person !== present.person).map(({ roles }) => roles);
  const problem = roleChangeProblem({ kind, from: present.roles, to, others });
  if (problem !== null) throw new UsageError(PROBLEMS[problem]);
}
