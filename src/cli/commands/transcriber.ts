import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { serveTranscriber } from '../../adapters/transcriber/local-server.ts';
import { commandWords, programTranscriber } from '../../adapters/transcriber/program.ts';
import { SherpaError, sherpaTranscriber } from '../../adapters/transcriber/sherpa.ts';
import { projectRoot } from '../../instance/project-root.ts';
import type { Transcriber } from '../../ports/transcriber.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { untilEnded } from '../until-ended.ts';

interface TranscriberOptions {
  readonly origin: string;
  readonly port: string;
  readonly command?: string;
  readonly sherpa?: string;
}

/** Bytes of the token that is typed into the console: enough against guessing by whatever else runs here, short enough to type. */
const TOKEN_BYTES = 12;

/** `tinkin transcriber`: on the operator's own machine, a draft of what a recording says. It knows no instance and keeps nothing. */
export function registerTranscriber(program: Command, context: CommandContext): void {
  program
    .command('transcriber')
    .description("draft recordings' words on this machine, for the console in this machine's browser")
    .requiredOption('--origin <address>', 'address of the service, as the browser shows it')
    .option(
      '--port <port>',
      'port on 127.0.0.1; the service must be told it (TINKIN_TRANSCRIBER_PORT)',
      '8737',
    )
    .option('--command <line>', 'program that prints the words, with {file} and, where it wants it, {lang}')
    .option('--sherpa <folder>', 'folder of a sherpa-onnx transducer model')
    .action(async (options: TranscriberOptions) => {
      const origin = originOf(options.origin);
      const token = toBase64Url(randomBytes(TOKEN_BYTES));
      const transcriber = await chosen(context, options);
      const server = await serveTranscriber({ transcriber, port: portOf(options.port), origin, token });
      context.print({
        text: [`Token for the console at ${origin}, until this program ends: ${token}`],
        data: { token, origin },
      });
      context.io.err(`Listening on 127.0.0.1:${server.port}. Ctrl C ends it.`);
      await untilEnded(context);
      await server.close();
    });
}

async function chosen(context: CommandContext, options: TranscriberOptions): Promise<Transcriber> {
  if ((options.command === undefined) === (options.sherpa === undefined))
    throw new UsageError('Either --command or --sherpa is needed.');
  if (options.command !== undefined) {
    const words = commandWords(options.command);
    if (words === null) throw new UsageError('--command must hold {file}, and every quote its partner.');
    return programTranscriber(words);
  }
  try {
    const model = path(context, options.sherpa ?? '');
    return await sherpaTranscriber(model, [context.io.cwd, model, projectRoot()]);
  } catch (error) {
    throw error instanceof SherpaError ? new UsageError(error.message) : error;
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 0 && port <= 65_535)) throw new UsageError(`--port must be a number, not "${text}".`);
  return port;
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.origin !== text || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--origin must be an origin such as https://tin.example.vn, not "${text}".`);
  return text;
}
