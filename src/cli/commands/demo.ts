import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { readConfig } from '../../config.ts';
import type { Seconds } from '../../domain/ids.ts';
import { type DemoResult, ensureDemo } from '../../instance/demo.ts';
import {
  type DemoCode,
  type DemoLogin,
  readCodes,
  readLogins,
  writeLogins,
} from '../../instance/demo-files.ts';
import { hasInstance, instancePaths } from '../../instance/folder.ts';
import { type CommandContext, dataFolder } from '../context.ts';
import { seedDemo } from '../demo-tips/seed.ts';
import { HISTORY_DAYS, STORIES } from '../demo-tips/stories.ts';
import { type Report, UsageError } from '../io.ts';
import { oneTimeCode } from '../one-time.ts';

/** `tinkin demo …`: make, renew and use the demonstration. */
export function registerDemo(program: Command, context: CommandContext): void {
  const demo = program.command('demo').description('the demonstration instance');

  demo
    .command('ensure')
    .description('make the demonstration unless it is there, and renew its keys')
    .option('--logins', 'print the logins')
    .option('--history', 'let a new one begin weeks ago, with tips in every stage')
    .action(async (options: { logins?: boolean; history?: boolean }, command: Command) => {
      const folder = dataFolder(context, command);
      const clock = systemClock(readConfig(context.io.env).clockOffset);
      const progress = (what: 'people' | 'keys') => context.io.err(PROGRESS[what]);
      const isNew = !(await hasInstance(folder));
      if (isNew && options.history === true) await withHistory(context, folder, clock.now(), progress);
      const result = await ensureDemo(folder, { clock, progress });
      const codes = await readCodes(instancePaths(folder).demoLogins);
      const created = isNew || result.created;
      context.print(ensured(folder, { ...result, created }, options.logins === true ? codes : null));
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

/** Founds the demonstration some weeks ago and lets invented people use it until now. */
async function withHistory(
  context: CommandContext,
  folder: string,
  now: Seconds,
  progress: (what: 'people' | 'keys') => void,
): Promise<void> {
  const begun = (now - HISTORY_DAYS * 86_400) as Seconds;
  const { logins } = await ensureDemo(folder, { clock: { now: () => begun }, progress });
  context.io.err('Letting invented citizens and officers use it …');
  await writeLogins(folder, logins, await seedDemo(folder, STORIES, now));
}

const PROGRESS = {
  people:
    'Making the people of the demonstration: their passphrases are stretched, which takes some seconds …',
  keys: 'Signing directory and keys …',
};

function ensured(folder: string, result: DemoResult, codes: readonly DemoCode[] | null): Report {
  const { created, renewed, logins } = result;
  const signed = Object.values(renewed).reduce((sum, count) => sum + count, 0);
  const first = created
    ? `The demonstration was made in ${folder}.`
    : signed > 0
      ? `The demonstration in ${folder} was renewed: ${signed} statements signed.`
      : `The demonstration in ${folder} is up to date.`;
  if (codes === null) return { text: [first], data: { folder, created, renewed } };
  return {
    text: [first, ...loginTable(logins), '', ...codes.map(({ code, about }) => `  ${code}  ${about}`)],
    data: { folder, created, renewed, logins, codes },
  };
}

/** Accounts by unit, one line each. */
function loginTable(logins: readonly DemoLogin[]): string[] {
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
