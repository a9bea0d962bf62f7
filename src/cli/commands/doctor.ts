import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { readConfig } from '../../config.ts';
import { examine, type Finding } from '../../instance/doctor.ts';
import { namedWitnesses } from '../../instance/witnesses.ts';
import { type CommandContext, dataFolder, path } from '../context.ts';

const MARKS: Readonly<Record<Finding['status'], string>> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' };

/** `tinkin doctor`: look the instance over; exit code 1 when something is wrong. */
export function registerDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('look the instance over: database, events, blobs, keys, epochs, disk, clock')
    .option('--strict', 'warnings fail too')
    .option('--backups <folder>', 'folder of backups: warn of those that should be destroyed by now')
    .action(async (options: { strict?: boolean; backups?: string }, command: Command) => {
      const folder = dataFolder(context, command);
      const config = readConfig(context.io.env);
      const clock = systemClock(config.clockOffset);
      const findings = await examine(folder, {
        ...{ clock, builtPins: __TINKIN_PINS__ },
        log: { ...config, witnesses: namedWitnesses(config) },
        ...(options.backups === undefined ? {} : { backups: path(context, options.backups) }),
      });
      const bad = findings.filter(
        ({ status }) => status === 'fail' || (options.strict === true && status === 'warn'),
      );
      const width = Math.max(...findings.map(({ check }) => check.length));
      context.print({
        text: [
          ...findings.map(
            ({ check, status, detail }) => `${MARKS[status]}  ${check.padEnd(width)}  ${detail}`,
          ),
          bad.length === 0 ? 'Everything is in order.' : `${bad.length} to be mended.`,
        ],
        data: { folder, ok: bad.length === 0, findings },
        ok: bad.length === 0,
      });
    });
}
