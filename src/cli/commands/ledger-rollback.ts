import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Declared, declareRollBack } from '../../instance/roll-back.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { witnessesBeside } from '../log-bench.ts';
import { type KeyOptions, onInstance, openDirectoryKeys } from '../operator.ts';

interface RollBackOptions extends KeyOptions {
  readonly reason: string;
  readonly note: readonly string[];
}

/** Longest reason, in UTF-16 units. */
const LONGEST_REASON = 500;

/** `tinkin ledger declare-rollback`: after a restore that lost what the public log had shown. */
export function registerRollBack(ledger: Command, context: CommandContext): void {
  ledger
    .command('declare-rollback')
    .description('say openly that the log lost what it had published, and begin one under a new name')
    .requiredOption('--reason <text>', 'why, in one line that everybody will read')
    .requiredOption('--keys <folder>', 'folder with the key files of the directory')
    .option('--passphrases <file>', 'JSON object from key to passphrase; otherwise you are asked')
    .option(
      '--note <file>',
      'a checkpoint of the log that somebody has (of a witness, say); may be repeated',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .action(async (options: RollBackOptions, command: Command) => {
      const reason = options.reason.normalize('NFC').trim();
      if (reason === '' || reason.length > LONGEST_REASON || /[\p{Cc}]/u.test(reason))
        throw new UsageError(`The reason is one line of at most ${LONGEST_REASON} letters.`);
      const notes = await Promise.all(options.note.map((file) => noteIn(path(context, file))));
      const declared = await onInstance(context, command, async (bench) =>
        declareRollBack(bench, await openDirectoryKeys(context, bench, options), {
          reason,
          notes,
          witnesses: await witnessesBeside(context, bench),
        }),
      );
      context.print({ text: [...toldOf(declared)], data: { ...declared } });
    });
}

async function noteIn(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null || bytes.length > 64 * 1024) throw new UsageError(`${file} holds no checkpoint.`);
  return new Uint8Array(bytes);
}

function toldOf({ former, origin, own, known }: Declared): readonly string[] {
  const sizeOf = (point: Declared['own']): string => (point === null ? 'nothing' : `size ${point.size}`);
  return [
    `${former} has ended: this database has ${sizeOf(own)} of it, others are known to have ${sizeOf(known)}.`,
    `${origin} begins with everything that this database has, once the service is started.`,
    "Now tell every witness's operator the new verifier key (/ledger/log), and the auditors that promises under the former name may be lost.",
  ];
}
