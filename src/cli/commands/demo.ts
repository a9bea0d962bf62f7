import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { readConfig } from '../../config.ts';
import { ensureDemo } from '../../instance/demo.ts';
import { type DemoLogin, readLogins } from '../../instance/demo-files.ts';
import { instancePaths } from '../../instance/folder.ts';
import { type CommandContext, dataFolder } from '../context.ts';
import { type Report, UsageError } from '../io.ts';
import { oneTimeCode } from '../one-time.ts';

/** `tinkin demo …`: make, renew and use the demonstration. */
export function registerDemo(program: Command, context: CommandContext): void {
  const demo = program.command('demo').description('the demonstration instance');

  demo
    .command('ensure')
    .description('make the demonstration unless it is there, and renew its keys')
    .option('--logins', 'print the logins')
    .action(async (options: { logins?: boolean }, command: Command) => {
      const folder = dataFolder(context, command);
      const clock = systemClock(readConfig(context.io.env).clockOffset);
      const progress = (what: 'people' | 'keys') => context.io.err(PROGRESS[what]);
      const result = await ensureDemo(folder, { clock, progress });
      context.print(ensured(folder, result, options.logins === true));
    });

  demo
    .command('logins')
    .description('print accounts and passphrases')
    .action(async (_options: unknown, command: Command) => {
      const logins = await readLogins(instancePaths(dataFolder(context, command)).demoLogins);
      context.print({ text: loginTable(logins), data: { logins } });
    });

  demo
    .command('code')
    .description('print the one-time code of an account that stands now')
    .argument('<account>', 'account name, e.g. tohieu.canbo')
    .action(async (account: string, _options: unknown, command: Command) => {
      const logins = await readLogins(instancePaths(dataFolder(context, command)).demoLogins);
      const login = logins.find((one) => one.account === account);
      if (login === undefined) {
        throw new UsageError(`There is no account ${account}; "tinkin demo logins" lists them.`);
      }
      const now = systemClock(readConfig(context.io.env).clockOffset).now();
      const { code, left } = oneTimeCode(login.totp, now);
      context.print({ text: [`${code}   (${left} s)`], data: { account, code, secondsLeft: left } });
    });
}

const PROGRESS = {
  people:
    'Making the people of the demonstration: their passphrases are stretched, which takes some seconds …',
  keys: 'Signing directory and keys …',
};

function ensured(folder: string, result: Awaited<ReturnType<typeof ensureDemo>>, logins: boolean): Report {
  const { created, renewed } = result;
  const signed = Object.values(renewed).reduce((sum, count) => sum + count, 0);
  const first = created
    ? `The demonstration was made in ${folder}.`
    : signed > 0
      ? `The demonstration in ${folder} was renewed: ${signed} statements signed.`
      : `The demonstration in ${folder} is up to date.`;
  return {
    text: logins ? [first, ...loginTable(result.logins)] : [first],
    data: { folder, created, renewed, ...(logins ? { logins: result.logins } : {}) },
  };
}

/** Accounts by unit, one line each. */
export function loginTable(logins: readonly DemoLogin[]): string[] {
  const width = Math.max(...logins.map(({ account }) => account.length));
  const lines: string[] = [];
  for (const [unitName, members] of Map.groupBy(logins, (login) => login.unitName)) {
    lines.push('', unitName);
    for (const { account, roles, passphrase } of members) {
      lines.push(`  ${account.padEnd(width)}  ${roles.join(', ').padEnd(14)}  ${passphrase}`);
    }
  }
  return lines;
}
