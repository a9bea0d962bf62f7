import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { type Cosigned, createCosigner } from '../../adapters/witness/cosigner.ts';
import { witnessFolder } from '../../adapters/witness/witness-folder.ts';
import { makeWitnessKey, readWitnessKey, type WitnessKey } from '../../adapters/witness/witness-key.ts';
import { formatVkey, isNoteName, type NoteKey, parseVkey } from '../../ledger/note.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { untilEnded } from '../until-ended.ts';
import { serveWitness } from '../witness/serve-witness.ts';

interface ServeOptions {
  readonly key: string;
  readonly log: readonly string[];
  readonly state: string;
  readonly host: string;
  readonly port: string;
}

/** `tinkin witness`: looks at other people's logs, remembers what it has seen, and cosigns only what goes on from there. It needs no instance. */
export function registerWitness(program: Command, context: CommandContext): void {
  const witness = program
    .command('witness')
    .description("cosign another service's log, so that it cannot show two people two logs");

  witness
    .command('init')
    .description('make a key for a witness and print the verifier key that the log needs')
    .argument('<name>', 'name of the witness, e.g. chung-kien.example.vn')
    .requiredOption('--key <file>', 'file for the new key, readable by its owner alone')
    .action(async (name: string, { key }: Pick<ServeOptions, 'key'>) => {
      if (!isNoteName(name))
        throw new UsageError('A name has neither blanks nor "+", and at most 200 letters.');
      const vkey = formatVkey((await makeKey(path(context, key), name)).key);
      context.print({ text: [vkey], data: { vkey } });
    });

  witness
    .command('serve')
    .description('serve POST /add-checkpoint for one or more logs until ended')
    .requiredOption('--key <file>', 'key file of "tinkin witness init"')
    .requiredOption(
      '--log <vkey>',
      "verifier key of a log, as its /ledger/log shows it; compare it with the log's operator. May be repeated",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .requiredOption('--state <folder>', 'folder for what was seen; never restore it from a backup')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port; 0 takes a free one', '8739')
    .action(async (options: ServeOptions) => serve(context, options));
}

async function makeKey(file: string, name: string): Promise<WitnessKey> {
  const made = await makeWitnessKey(file, name);
  if (made === null) throw new UsageError(`${file} is there already; a key is never overwritten.`);
  return made;
}

async function serve(context: CommandContext, options: ServeOptions): Promise<void> {
  const file = path(context, options.key);
  const own = await readWitnessKey(file).catch(() => null);
  if (own === null) throw new UsageError(`${file} holds no key of a witness.`);
  const logs = options.log.map(logOf);
  const folder = witnessFolder(path(context, options.state));
  const cosigner = createCosigner({ ...own, logs, folder, now: () => Math.floor(Date.now() / 1000) });
  const vkey = formatVkey(own.key);
  const facts = async () => ({
    vkey,
    logs: await Promise.all(
      logs.map(async ({ name }) => ({
        origin: name,
        size: (await folder.newest(name))?.checkpoint.size ?? 0,
      })),
    ),
  });
  // A damaged memory is told now, not at the first request.
  await facts();
  const port = portOf(options.port);
  const heard = (what: Cosigned | Error): void => tell(context, what);
  const server = await serveWitness({ host: options.host, port, cosigner, facts, heard });
  context.print({ text: [vkey], data: { vkey, port: server.port } });
  context.io.err(`Listening on ${options.host}:${server.port}. Ctrl C ends it.`);
  await untilEnded(context);
  await server.close();
}

/** One line for what an operator must see: conflicts and what failed. */
function tell({ io }: CommandContext, what: Cosigned | Error): void {
  if (what instanceof Error) io.err(`FAILED: ${what.message}`);
  else if (what.status === 409 && what.fork)
    io.err(`FORK: ${what.origin} signed two trees of ${what.size} entries. Both are under evidence/.`);
  else if (what.status === 422)
    io.err(`REFUSED: a checkpoint of ${what.origin} was not shown to go on from the one seen last.`);
}

function logOf(text: string): NoteKey {
  const key = parseVkey((data) => new Uint8Array(createHash('sha256').update(data).digest()), text);
  if (key?.algorithm !== 'ed25519')
    throw new UsageError(`--log must be the verifier key of a log, not "${text}".`);
  return key;
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 0 && port <= 65_535)) throw new UsageError(`--port must be a number, not "${text}".`);
  return port;
}
