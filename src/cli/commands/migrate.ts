import type { Command } from 'commander';
import { openConnection } from '../../adapters/store/sqlite/connection.ts';
import { migrate } from '../../adapters/store/sqlite/migrations.ts';
import { instancePaths, readInstance } from '../../instance/folder.ts';
import { migrationsFolder } from '../../instance/project-root.ts';
import { type CommandContext, dataFolder } from '../context.ts';

/** `tinkin migrate`: bring the database's schema up to date. */
export function registerMigrate(program: Command, context: CommandContext): void {
  program
    .command('migrate')
    .description("bring the database's schema up to date (make a backup first)")
    .option('--check', 'change nothing; say whether something is to be done')
    .action(async (options: { check?: boolean }, command: Command) => {
      const folder = dataFolder(context, command);
      await readInstance(folder);
      const db = openConnection({ file: instancePaths(folder).database });
      try {
        const applied = migrate(db, migrationsFolder(), options.check === true ? 'check' : 'apply');
        const text =
          applied.length === 0 ? ['The schema is up to date.'] : applied.map((name) => `applied ${name}`);
        context.print({ text, data: { applied } });
      } finally {
        db.close();
      }
    });
}
