import { isAbsolute, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { projectRoot } from '../instance/project-root.ts';
import type { CliIo, Report } from './io.ts';

/** What every command is registered with. */
export interface CommandContext {
  readonly io: CliIo;
  readonly print: (report: Report) => void;
}

/** The instance's folder: `--data`, else TINKIN_DATA, else the demonstration's. */
export function dataFolder(context: CommandContext, command: Command): string {
  const given = command.optsWithGlobals<{ data?: string }>().data ?? context.io.env.TINKIN_DATA;
  if (given === undefined || given === '') return join(projectRoot(), 'data', 'demo');
  return path(context, given);
}

/** A path from the command line, absolute. */
export const path = (context: CommandContext, given: string): string =>
  isAbsolute(given) ? given : resolve(context.io.cwd, given);
