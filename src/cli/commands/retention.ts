import type { Command } from 'commander';
import { InstanceError } from '../../instance/instance-error.ts';
import { emptiedAgain, nothingEmptied } from '../../instance/restore.ts';
import { type CommandContext, dataFolder, path } from '../context.ts';

/** `tinkin retention reapply`: after a restore, before the instance is served. */
export function registerRetention(program: Command, context: CommandContext): void {
  const retention = program.command('retention').description('what is kept, and what is not');
  retention
    .command('reapply')
    .description('empty in a restored instance again what was emptied since its backup was made')
    .option('--from <folder>', 'a later copy of the instance: its data folder, a later backup, or a long one')
    .option('--nothing', 'you know that nothing was emptied since')
    .action(async (options: { readonly from?: string; readonly nothing?: boolean }, command: Command) => {
      const folder = dataFolder(context, command);
      if ((options.from === undefined) === (options.nothing !== true))
        throw new InstanceError('not_emptied', 'Give either --from FOLDER or --nothing.');
      const emptied =
        options.from === undefined ? 0 : await emptiedAgain(folder, path(context, options.from));
      if (options.from === undefined) await nothingEmptied(folder);
      context.print({
        text: [`${emptied} tips were emptied again. The instance may be served.`],
        data: { folder, emptied },
      });
    });
}
