import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { backupInstance, restoreBackup } from '../../instance/backup.ts';
import { type CommandContext, dataFolder, path } from '../context.ts';

/** `tinkin backup DIR` and `tinkin restore DIR INTO`. */
export function registerBackup(program: Command, context: CommandContext): void {
  program
    .command('backup')
    .description('copy the instance, running or not, into an empty folder')
    .argument('<folder>', 'empty or new folder')
    .option('--without-secrets', "leave the server's own secrets out; keep a copy of secrets.json elsewhere")
    .action(async (into: string, options: { withoutSecrets?: boolean }, command: Command) => {
      const target = path(context, into);
      const secrets = options.withoutSecrets !== true;
      const manifest = await backupInstance(dataFolder(context, command), target, {
        now: systemClock().now(),
        secrets,
      });
      const bytes = manifest.files.reduce((sum, { length }) => sum + length, 0);
      context.print({
        text: [
          `Backed up to ${target}: ${manifest.files.length} files, ${bytes} bytes.`,
          ...(secrets
            ? ['It holds the secrets of the server: keep it encrypted, and no longer than 30 days.']
            : []),
        ],
        data: { folder: target, instance: manifest.instance, files: manifest.files.length, bytes, secrets },
      });
    });

  program
    .command('restore')
    .description('check a backup and copy it into an empty folder')
    .argument('<backup>', 'folder that "tinkin backup" wrote')
    .argument('<into>', 'empty or new folder; then run with --data or TINKIN_DATA naming it')
    .action(async (backup: string, into: string) => {
      const target = path(context, into);
      const manifest = await restoreBackup(path(context, backup), target);
      const secrets = manifest.files.some((file) => file.path === 'secrets.json');
      context.print({
        text: [
          `Restored instance ${manifest.instance} into ${target}, as it was on ${new Date(manifest.made * 1000).toISOString()}.`,
          ...(secrets
            ? []
            : ['The backup holds no secrets: put secrets.json into the folder before you start.']),
        ],
        data: { folder: target, instance: manifest.instance, made: manifest.made, secrets },
      });
    });
}
