import { type Command, Option } from 'commander';
import { smtpPoster } from '../../adapters/mail/smtp.ts';
import { nodeRandom } from '../../adapters/random/node.ts';
import { readConfig } from '../../config.ts';
import { isMailAddress } from '../../domain/mail-address.ts';
import { digestLetter } from '../../features/post/letters.ts';
import type { Lang } from '../../i18n/index.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../io.ts';

/** `tinkin digest …`: the letters that go to members of staff at fixed hours. */
export function registerDigest(program: Command, context: CommandContext): void {
  const digest = program.command('digest').description('letters to members of staff at fixed hours');
  digest
    .command('send')
    .description('try the mail server: send the letter that everybody gets to one address now')
    .requiredOption('--test <address>', 'where to')
    .addOption(new Option('--lang <lang>', 'language of the letter').choices(['vi', 'en']).default('vi'))
    .action(async (options: { test: string; lang: Lang }) =>
      context.print(await sendTest(context, options.test, options.lang)),
    );
}

const SAID = {
  sent: 'The mail server took the letter',
  refused: 'The mail server refuses this address',
  failed: 'The letter did not leave: the mail server could not be reached, lets nobody in, or had no time',
};

async function sendTest(context: CommandContext, address: string, lang: Lang) {
  if (!isMailAddress(address)) throw new UsageError('--test takes an address such as name@example.vn.');
  const { mail } = readConfig(context.io.env);
  if (mail === null)
    throw new UsageError('No mail server is set: TINKIN_SMTP_URL_FILE and TINKIN_SMTP_FROM name it.');
  const [result = 'failed'] = await smtpPoster(mail).send([digestLetter(nodeRandom(), address, lang)]);
  return {
    text: [`${SAID[result]} (${mail.host}:${mail.port}).`],
    data: { result, host: mail.host, port: mail.port },
    ok: result === 'sent',
  };
}
