import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { isAccountName } from '../../domain/credential.ts';
import { type Hash, isUnitId, type Seconds, type StaffId } from '../../domain/ids.ts';
import { needsNoStatement, rolesProblem } from '../../domain/roles.ts';
import { ROLES, type Role, type UnitKind } from '../../domain/terms.ts';
import { invitedStaff, makeMember } from '../../instance/found-members.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import { keyFingerprint } from '../../protocol/member.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../io.ts';
import { type KeyOptions, onInstance, openDirectoryKeys, type Workbench } from '../operator.ts';
import { collect, wholeNumber } from '../prompt.ts';
import { registerStaffRoles, roleNamed } from './staff-roles.ts';

interface AddOptions {
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly role: readonly string[];
  readonly days: string;
}

interface ConfirmOptions extends Omit<KeyOptions, 'keys'> {
  readonly fingerprint: string;
  readonly keys?: string;
}

/** `tinkin staff …`: the first people of an instance; later ones are invited by their heads in the console. */
export function registerStaff(program: Command, context: CommandContext): void {
  const staff = program.command('staff').description('accounts of staff');

  staff
    .command('add')
    .description('make an account and print the address at which its person joins, once')
    .requiredOption('--account <name>', 'a–z, 0–9 and . _ -')
    .requiredOption('--name <name>', 'name as colleagues read it')
    .requiredOption('--unit <code>', 'code of the unit')
    .requiredOption('--role <role>', `may be repeated: ${ROLES.join(', ')}`, collect)
    .option('--days <n>', 'how long the invitation is good', '14')
    .action(async (options: AddOptions, command: Command) => {
      context.print(await onInstance(context, command, (bench) => add(bench, options)));
    });

  staff
    .command('list')
    .description('all accounts')
    .action(async (_options: unknown, command: Command) =>
      context.print(await onInstance(context, command, list)),
    );

  staff
    .command('confirm')
    .description(
      'let somebody in after comparing the fingerprint by voice: a founding member, signed with the directory keys, or an auditor or administrator',
    )
    .argument('<account>')
    .requiredOption('--fingerprint <digits>', 'the 24 digits that the person read to you')
    .option('--keys <folder>', 'folder with the files of directory keys; not for auditors and administrators')
    .option('--passphrases <file>', 'JSON object from key to passphrase; otherwise you are asked')
    .action(async (account: string, options: ConfirmOptions, command: Command) => {
      context.print(await onInstance(context, command, (bench) => confirm(context, bench, account, options)));
    });

  registerStaffRoles(staff, context);
}

async function add({ suite, instance, recorder, now }: Workbench, options: AddOptions) {
  const account = options.account.normalize('NFC').toLowerCase();
  if (!isAccountName(account))
    throw new UsageError('--account takes 3 to 40 of a–z, 0–9 with single . _ or - between.');
  const name = options.name.normalize('NFC').trim();
  if (name === '' || name.length > 200) throw new UsageError('--name must have 1 to 200 characters.');
  const unit = isUnitId(options.unit) ? await instance.store.directory.unit(options.unit) : null;
  if (unit === null)
    throw new UsageError(`There is no unit ${options.unit}; "tinkin units list" shows them.`);
  const roles = options.role.map(roleNamed);
  const problem = rolesProblem(roles, unit.kind as UnitKind);
  if (problem !== null) throw new UsageError(ROLE_PROBLEMS[problem]);
  if ((await instance.store.accounts.byAccount(account)) !== null) {
    throw new UsageError(`The account name ${account} is somebody else's.`);
  }
  const days = wholeNumber(options.days, '--days', 1, 60);
  const id = toHex(suite.randomBytes(16)) as StaffId;
  const token = suite.randomBytes(32);
  const tokenHash = createHash('sha256').update(token).digest('hex') as Hash;
  const expires = (now + days * 86_400) as Seconds;
  await recorder.staff(invitedStaff({ id, account, name, unit: unit.code, roles }, { tokenHash, expires }));
  const join = `/console/join#${toBase64Url(token)}`;
  return {
    text: [
      `${name} is invited as ${account} to ${unit.nameVi}. Hand over in person, good for ${days} days and once:`,
      `  <address of the service>${join}`,
    ],
    data: { staff: id, account, unit: unit.code, roles, join, expires },
  };
}

const ROLE_PROBLEMS = {
  empty: 'At least one --role is needed.',
  foreign: 'Units of this kind do not have that role.',
  joined: 'An auditor or administrator has no other role.',
} as const;

async function list({ instance }: Workbench) {
  const accounts: { account: string; name: string; unit: string; roles: readonly Role[]; status: string }[] =
    [];
  let after: string | null = null;
  for (;;) {
    const page = await instance.store.accounts.page(after, 200);
    accounts.push(
      ...page.map(({ account, displayName, unit, roles, status }) => ({
        account,
        name: displayName,
        unit,
        roles: roles as readonly Role[],
        status,
      })),
    );
    const last = page.at(-1);
    if (last === undefined || page.length < 200) break;
    after = last.account;
  }
  const width = Math.max(8, ...accounts.map(({ account }) => account.length));
  const text = accounts.map(
    ({ account, name, unit, roles, status }) =>
      `${account.padEnd(width)}  ${status.padEnd(8)}  ${unit.padEnd(14)}  ${roles.join(', ').padEnd(14)}  ${name}`,
  );
  return { text, data: { accounts } };
}

/**
 * Makes the account of a person who has joined active: with a MEMBER statement by the directory's own keys, or, for an auditor or
 * administrator, as the second person beside the administrator who invited them.
 */
async function confirm(context: CommandContext, bench: Workbench, account: string, options: ConfirmOptions) {
  const { suite, pins, instance, recorder, now } = bench;
  const row = await instance.store.accounts.byAccount(account);
  if (row === null) throw new UsageError(`There is no account ${account}.`);
  const { signKey, kemKey } = row;
  if (signKey === null || kemKey === null || row.status === 'removed') {
    throw new UsageError(`${account} has not joined, or has left.`);
  }
  const own = keyFingerprint(suite, signKey, kemKey);
  if (own.replaceAll(' ', '') !== options.fingerprint.replace(/\s/g, '')) {
    throw new UsageError('The digits are not those of the keys on the server: do not confirm; find out why.');
  }
  if (needsNoStatement(row.roles as readonly Role[])) {
    await recorder.staff({ ...row, status: 'active' });
    return {
      text: [`${row.displayName} is let in as ${row.roles.join(', ')}.`],
      data: { account, staff: row.id, unit: row.unit, statement: null },
    };
  }
  if (options.keys === undefined) throw new UsageError(`${account} is a member: --keys is needed.`);
  const signers = await openDirectoryKeys(context, bench, { ...options, keys: options.keys });
  const person = {
    id: row.id,
    account,
    name: row.displayName,
    unit: row.unit,
    roles: row.roles as readonly Role[],
  };
  const statement = makeMember(suite, pins.instance, person, { signKey, kemKey }, signers, now);
  await recorder.statement(statement);
  await recorder.staff({ ...row, status: 'active' });
  return {
    text: [
      `${row.displayName} is a member of ${row.unit}.`,
      'When the unit has two members and has signed epochs in the console, run "tinkin keys publish".',
    ],
    data: { account, staff: row.id, unit: row.unit, statement: statement.hash },
  };
}
