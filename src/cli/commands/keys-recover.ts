import type { Command } from 'commander';
import { isUnitId, type UnitId } from '../../domain/ids.ts';
import { readKeyFile } from '../../instance/key-files.ts';
import { recoverEpochs } from '../../instance/recover-epoch.ts';
import { openStretchPool } from '../../instance/stretch-pool.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { onInstance, passphraseSource, type Workbench } from '../operator.ts';
import { collect, wholeNumber } from '../prompt.ts';

interface RecoverOptions {
  readonly unit: string;
  readonly epoch: readonly string[];
  readonly holder: readonly string[];
  readonly passphrases?: string;
}

const HELP_AFTER = `
For a unit whose members have all lost their keys. Two of the three recovery holders sit at this machine, each with the
file of their own key and its passphrase. The unit's new members must be confirmed before. The secret is shown to nobody:
it is locked again for every present member who lacks it, and the register keeps who opened what.

  tinkin keys recover --unit 14-03646-ca --epoch 3 --epoch 4 --holder /media/a/vks.json --holder /media/b/tt.json`;

/** `tinkin keys recover`: two recovery holders open a unit's epochs for its present members. */
export function registerKeysRecover(keys: Command, context: CommandContext): void {
  keys
    .command('recover')
    .description("two recovery holders open a unit's epochs for its present members")
    .requiredOption('--unit <code>', 'code of the unit')
    .requiredOption('--epoch <n>', 'number of the epoch; may be repeated', collect)
    .requiredOption('--holder <file>', 'key file of a recovery holder; give those of two', collect)
    .option('--passphrases <file>', 'JSON object from key to passphrase; otherwise you are asked')
    .addHelpText('after', HELP_AFTER)
    .action(async (options: RecoverOptions, command: Command) => {
      context.print(await onInstance(context, command, (bench) => recover(context, bench, options)));
    });
}

async function recover(context: CommandContext, bench: Workbench, options: RecoverOptions) {
  if (options.holder.length !== 2)
    throw new UsageError('--holder is needed twice: the key files of two of the three recovery holders.');
  const epochs = [...new Set(options.epoch.map((text) => wholeNumber(text, '--epoch', 1, 1_000_000)))];
  const unit = unitOf(options.unit);
  const files = await Promise.all(options.holder.map((file) => readKeyFile(path(context, file))));
  const pool = openStretchPool(1);
  try {
    const ask = await passphraseSource(context, options.passphrases);
    const recovered = await recoverEpochs(bench, { unit, epochs, files, pool, ask });
    const { holders, members } = recovered;
    return {
      text: [
        `${holders.join(' and ')} opened epoch ${recovered.epochs.join(', ')} of ${unit} for:`,
        ...members.map(({ name }) => `  ${name}`),
        'They read the old tips when they next open the console. Let them sign new epochs, and lock the open tips again.',
      ],
      data: { ...recovered },
    };
  } finally {
    await pool.close();
  }
}

function unitOf(text: string): UnitId {
  if (isUnitId(text)) return text;
  throw new UsageError(`${text} is no code of a unit; "tinkin units list" shows them.`);
}
