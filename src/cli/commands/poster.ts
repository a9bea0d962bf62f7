import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { readConfig } from '../../config.ts';
import { LANGS, type Lang } from '../../i18n/index.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { onInstance } from '../operator.ts';

interface PosterOptions {
  readonly unit: string;
  readonly kind: 'a4' | 'card';
  readonly lang: Lang;
  readonly out: string;
  readonly origin?: string;
}

const publicOrigin = (given: string): string => {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || url.origin !== given || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--origin must be an origin such as https://tin.example.vn, not "${given}"`);
  return given;
};

/** `tinkin poster`: a poster or cards of a unit as a PDF. The address is the same on every sheet, so that none tells who took it. */
export function registerPoster(program: Command, context: CommandContext): void {
  program
    .command('poster')
    .description('a poster (A4) or ten small cards of a unit, as a PDF with its fonts inside')
    .requiredOption('--unit <code>', 'unit whose name stands on it')
    .addOption(new Option('--kind <kind>', 'what to make').choices(['a4', 'card']).default('a4'))
    .addOption(new Option('--lang <language>', 'language of the paper').choices([...LANGS]).default('vi'))
    .requiredOption('--out <file>', 'PDF file to write')
    .option('--origin <address>', 'public address of the service; without it TINKIN_ORIGIN')
    .action(async (options: PosterOptions, command: Command) => {
      const config = readConfig(context.io.env);
      const origin = options.origin === undefined ? config.origin : publicOrigin(options.origin);
      if (origin === null)
        throw new UsageError('The poster needs the public address: TINKIN_ORIGIN or --origin.');
      const unit = await onInstance(context, command, async ({ instance }) =>
        (await instance.store.directory.units(null)).find(({ code }) => code === options.unit),
      );
      if (unit === undefined) throw new UsageError(`There is no unit ${options.unit}.`);
      // The PDF library is loaded by this command alone.
      const { makePoster } = await import('../poster/poster.ts');
      const pdf = await makePoster(options.kind, options.lang, {
        unit: options.lang === 'vi' ? unit.nameVi : unit.nameEn,
        origin,
        hotline: config.hotline,
        onion: config.onion,
      });
      const file = path(context, options.out);
      await writeFile(file, pdf);
      context.print({
        text: [`Wrote ${file}.`],
        data: { file, bytes: pdf.length, unit: unit.code, kind: options.kind, lang: options.lang },
      });
    });
}
