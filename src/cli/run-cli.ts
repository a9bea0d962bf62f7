import { Command, CommanderError } from 'commander';
import { AppError } from '../domain/errors.ts';
import { InstanceError } from '../instance/instance-error.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { registerCommands } from './commands.ts';
import { type CliIo, EXIT, type ExitCode, type Report, UsageError } from './io.ts';

const HELP_AFTER = `
Exit codes: 0 done; 1 the command says no; 2 not understood; 3 no valid instance.
The instance is the folder given by --data, else by TINKIN_DATA, else data/demo.`;

/**
 * Runs the operator's command line once. Prints through `io`, never ends the process, never throws: the result is the exit code. With
 * `--json` standard output holds exactly one JSON object, an `error` with its code included.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const json = argv.includes('--json');
  let code: ExitCode = EXIT.ok;
  const print = (report: Report): void => {
    if (json) io.out(JSON.stringify(report.data, null, 2));
    else for (const line of report.text) io.out(line);
    code = report.ok === false ? EXIT.failed : EXIT.ok;
  };
  const program = new Command('tinkin')
    .description('Runs and looks after an instance of TinKín.')
    .option('--data <folder>', "the instance's folder")
    .option('--json', 'print one JSON object instead of text')
    .showHelpAfterError('(tinkin help lists the commands)')
    .addHelpText('after', HELP_AFTER)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    });
  registerCommands(program, { io, print });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return fail(error, io, json);
  }
}

function fail(error: unknown, io: CliIo, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has printed its help or its complaint already.
    if (error.exitCode === 0) return EXIT.ok;
    if (json) io.out(JSON.stringify({ error: { code: 'usage', message: error.message } }, null, 2));
    return EXIT.usage;
  }
  const told = describe(error);
  if (json) io.out(JSON.stringify({ error: { code: told.code, message: told.message } }, null, 2));
  else io.err(`tinkin: ${told.message}`);
  return told.exit;
}

function describe(error: unknown): { code: string; message: string; exit: ExitCode } {
  if (error instanceof UsageError) return { code: 'usage', message: error.message, exit: EXIT.usage };
  if (error instanceof InstanceError) {
    const instance = ['no_instance', 'file_invalid', 'law_invalid'].includes(error.code);
    return { code: error.code, message: error.message, exit: instance ? EXIT.instance : EXIT.failed };
  }
  if (error instanceof AppError || error instanceof ProtocolError) {
    const field = error.field === undefined ? '' : ` (${error.field})`;
    return { code: error.code, message: `refused: ${error.code}${field}`, exit: EXIT.failed };
  }
  if (error instanceof Error) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
    return { code, message: error.message, exit: EXIT.failed };
  }
  return { code: 'failed', message: 'failed', exit: EXIT.failed };
}
