import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { backupInstance, restoreBackup } from '../../instance/backup.ts';
import { BACKUP_DAYS, type BackupManifest } from '../../instance/backup-manifest.ts';
import { backupForYears } from '../../instance/long-backup.ts';
import { type CommandContext, dataFolder, path } from '../context.ts';

interface BackupOptions {
  readonly withoutSecrets?: boolean;
  readonly keep: number;
  readonly long?: boolean;
}

const keepDays = (text: string): number => {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > BACKUP_DAYS)
    throw new InvalidArgumentError(`must be a whole number from 1 to ${BACKUP_DAYS}`);
  return days;
};

const tillWhen = ({ destroyBy = null }: BackupManifest): string =>
  destroyBy === null
    ? 'It opens nothing and may be kept.'
    : `Destroy it, and every copy of it, by ${new Date(destroyBy * 1000).toISOString()}: what is shredded meanwhile lives on in it.`;

/** `tinkin backup DIR` and `tinkin restore DIR INTO`. */
export function registerBackup(program: Command, context: CommandContext): void {
  program
    .command('backup')
    .description('copy the instance, running or not, into an empty folder')
    .argument('<folder>', 'empty or new folder')
    .option('--without-secrets', "leave the server's own secrets out; keep a copy of secrets.json elsewhere")
    .option(
      '--keep <days>',
      `days after which it is to be destroyed, at most ${BACKUP_DAYS}`,
      keepDays,
      BACKUP_DAYS,
    )
    .option(
      '--long',
      'a copy for years: log, directory and figures, nothing that opens a tip; cannot be restored',
    )
    .action(async (into: string, options: BackupOptions, command: Command) => {
      const target = path(context, into);
      const folder = dataFolder(context, command);
      const secrets = options.withoutSecrets !== true && options.long !== true;
      const now = systemClock().now();
      const manifest =
        options.long === true
          ? await backupForYears(folder, target, now)
          : await backupInstance(folder, target, { now, secrets, keepDays: options.keep });
      const bytes = manifest.files.reduce((sum, { length }) => sum + length, 0);
      const { kind, destroyBy = null } = manifest;
      context.print({
        text: [
          `Backed up to ${target}: ${manifest.files.length} files, ${bytes} bytes.`,
          ...(secrets ? ['It holds the secrets of the server: keep it encrypted.'] : []),
          tillWhen(manifest),
        ],
        data: {
          ...{ folder: target, instance: manifest.instance, kind, files: manifest.files.length, bytes },
          ...{ secrets, destroyBy },
        },
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
          'Before it is served, say what was emptied since: tinkin retention reapply --data FOLDER --from LATER-COPY.',
        ],
        data: { folder: target, instance: manifest.instance, made: manifest.made, secrets },
      });
    });
}
