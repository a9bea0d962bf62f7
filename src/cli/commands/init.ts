import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { type Founded, type FoundingPlan, foundInstance } from '../../instance/found-instance.ts';
import { shippedData } from '../../instance/shipped-data.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { answered, collect, wholeNumber } from '../prompt.ts';

interface InitOptions {
  readonly keys?: string;
  readonly provinces?: string;
  readonly logOrigin?: string;
  readonly root: string;
  readonly directory: string;
  readonly recovery?: readonly string[];
  readonly auditor?: readonly string[];
}

/** `tinkin init`: make a production instance. Asks at the terminal for what the options leave out. */
export function registerInit(program: Command, context: CommandContext): void {
  program
    .command('init')
    .description(
      'make a new instance for real use (best on a machine that is offline); asks for what is left out',
    )
    .option('--keys <folder>', 'empty folder for the private keys; carry them away afterwards')
    .option('--provinces <codes>', 'codes of the provinces served, e.g. 14,37')
    .option('--log-origin <name>', 'name of the log, e.g. tin.example.gov.vn/so-cai')
    .option('--root <k-of-n>', 'root keys: how many must sign, of how many', '2-of-3')
    .option('--directory <k-of-n>', 'directory keys: how many must sign, of how many', '2-of-3')
    .option('--recovery <id=name>', 'a recovery holder; give it three times', collect)
    .option('--auditor <id=name>', 'an independent auditor of the whole instance; may be repeated', collect)
    .action(async (options: InitOptions, command: Command) => {
      const given = command.optsWithGlobals<{ data?: string }>().data ?? context.io.env.TINKIN_DATA;
      const question = (option: string, text: string, fallback: string) => ({ option, text, fallback });
      const folder = path(
        context,
        await answered(context, given, question('--data', 'Folder of the instance', 'data/instance')),
      );
      const keys = path(
        context,
        await answered(
          context,
          options.keys,
          question('--keys', 'Folder for its private keys', 'keys/private'),
        ),
      );
      const plan = await planOf(context, options);
      context.io.err('Making keys: their passphrases are stretched, which takes some seconds …');
      const founded = await foundInstance(folder, keys, plan, {
        suite: await loadSodiumSuite(),
        clock: systemClock(),
        data: shippedData(),
      });
      context.print(told(folder, keys, founded));
    });
}

async function planOf(context: CommandContext, options: InitOptions): Promise<FoundingPlan> {
  const provinces = await answered(context, options.provinces, {
    option: '--provinces',
    text: 'Codes of the provinces served, with commas',
  });
  const codes = provinces.split(',').map((code) => code.trim());
  if (codes.some((code) => !/^\d{2}$/.test(code))) {
    throw new UsageError('--provinces takes two-digit codes with commas between them, e.g. 14,37.');
  }
  const logOrigin = await answered(context, options.logOrigin, {
    option: '--log-origin',
    text: 'Name of the log, e.g. tin.example.gov.vn/so-cai',
  });
  const recovery = [...(options.recovery ?? [])];
  while (recovery.length < 3) {
    const number = recovery.length + 1;
    recovery.push(
      await answered(context, undefined, {
        option: '--recovery (three times)',
        text: `Recovery holder ${number} of 3, as id=name, e.g. vks=Viện kiểm sát nhân dân tỉnh`,
      }),
    );
  }
  return {
    provinces: codes,
    logOrigin,
    root: threshold(options.root, '--root'),
    directory: threshold(options.directory, '--directory'),
    recoveryHolders: recovery.map((text) => holder(text, '--recovery')),
    auditors: (options.auditor ?? []).map((text) => holder(text, '--auditor')),
  };
}

function threshold(text: string, option: string): { readonly keys: number; readonly threshold: number } {
  const match = /^(\d{1,2})-of-(\d{1,2})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined)
    throw new UsageError(`${option} is written like 2-of-3.`);
  const keys = wholeNumber(match[2], option, 1, 16);
  return { keys, threshold: wholeNumber(match[1], option, 1, keys) };
}

function holder(text: string, option: string): { readonly id: string; readonly name: string } {
  const match = /^([a-z0-9-]{1,60})=(.{1,200})$/u.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new UsageError(`${option} is written as id=name, the id of a–z, 0–9 and hyphens.`);
  }
  return { id: match[1], name: match[2].normalize('NFC') };
}

function told(folder: string, keys: string, founded: Founded) {
  const passphrases = founded.keys.map(({ file, passphrase }) => ({
    id: file.id,
    kind: file.kind,
    passphrase,
  }));
  const width = Math.max(...passphrases.map(({ id }) => id.length));
  return {
    text: [
      `Instance ${founded.pins.instance} was made in ${folder}.`,
      `Its private keys are in ${keys}, each under its own passphrase. The passphrases are shown this once and kept nowhere:`,
      '',
      ...passphrases.map(({ id, passphrase }) => `  ${id.padEnd(width)}  ${passphrase}`),
      '',
      'Now: write each on paper for the person who will hold the key, give every key file to its holder, and remove the files here.',
      `Then build with these trust anchors:  TINKIN_PINS=${folder}/pins.json npm run build`,
      'Next: tinkin staff add … for the first heads of units (docs/operations.md, Key ceremonies).',
    ],
    data: { folder, keys, instance: founded.pins.instance, passphrases },
  };
}
