import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { overwriteFile } from '../../adapters/blobs/overwrite.ts';
import { systemClock } from '../../adapters/clock/system.ts';
import { nodeCrypto } from '../../adapters/crypto/node.ts';
import { createRecordingSealer } from '../../adapters/recording/sealer.ts';
import { readConfig } from '../../config.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import { type Hash, isUnitId, type UnitId } from '../../domain/ids.ts';
import { takeRecording } from '../../features/hotline/take-recording.ts';
import { recorded } from '../../http/kit/server-event.ts';
import { errors as texts } from '../../i18n/en/errors.ts';
import { eventDeps } from '../../instance/recorder.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { onInstance, type Workbench } from '../operator.ts';

const MAX_NAME = 100;
const SOUND = /\.(?:wav|mp3|ogg|oga|opus)$/i;

interface ImportOptions {
  readonly unit: string;
  readonly line: string;
  readonly delete?: boolean;
}

/** `tinkin hotline …`: telephone systems that may hand in recordings, and recordings that lie in a folder. */
export function registerHotline(program: Command, context: CommandContext): void {
  const hotline = program.command('hotline').description('recordings of the hotline');
  const switchboard = hotline
    .command('switchboard')
    .description('telephone systems that may hand in recordings');

  switchboard
    .command('add')
    .description('let a telephone system hand in recordings; its token is printed once')
    .requiredOption('--unit <code>', 'unit whose operators will hear them')
    .requiredOption('--name <name>', 'what you call it')
    .action(async (options: { unit: string; name: string }, command: Command) =>
      context.print(await onInstance(context, command, (bench) => add(context, bench, options))),
    );

  switchboard
    .command('list')
    .description('all of them, without their tokens')
    .action(async (_options: unknown, command: Command) =>
      context.print(await onInstance(context, command, list)),
    );

  switchboard
    .command('revoke')
    .description('refuse a token from now on')
    .argument('<id>', '32 digits, as "list" shows them')
    .action(async (id: string, _options: unknown, command: Command) =>
      context.print(await onInstance(context, command, (bench) => revoke(context, bench, id))),
    );

  hotline
    .command('import')
    .description('seal the recordings of a folder (WAV, MP3, Ogg, Opus) to the operators of a unit')
    .argument('<folder>')
    .requiredOption('--unit <code>', 'unit whose operators will hear them')
    .option('--line <text>', 'line that was called, at most 40 characters; never the caller’s number', '')
    .option('--delete', 'overwrite and delete each file once it is sealed')
    .action(async (folder: string, options: ImportOptions, command: Command) =>
      context.print(
        await onInstance(context, command, (bench) =>
          importFolder(context, bench, path(context, folder), options),
        ),
      ),
    );
}

/** What events and recordings need of an instance that the command line has open. */
function serviceOf(context: CommandContext, { instance }: Workbench) {
  const config = readConfig(context.io.env);
  const clock = systemClock(instance.facts.mode === 'demo' ? config.clockOffset : 0);
  const deps = eventDeps(instance.store, instance.facts.id, instance.secrets.ledgerSeed, clock);
  return { ...deps, limits: config.limits, blobs: instance.blobs };
}

async function unitNamed({ instance }: Workbench, code: string): Promise<UnitId> {
  const unit = isUnitId(code) ? await instance.store.directory.unit(code) : null;
  if (unit === null) throw new UsageError(`There is no unit ${code}; "tinkin units list" shows them.`);
  return unit.code;
}

async function add(context: CommandContext, bench: Workbench, options: { unit: string; name: string }) {
  const unit = await unitNamed(bench, options.unit);
  const name = options.name.normalize('NFC').trim();
  if (name === '' || name.length > MAX_NAME)
    throw new UsageError(`--name must have 1 to ${MAX_NAME} characters.`);
  const id = toHex(bench.suite.randomBytes(16));
  const token = bench.suite.randomBytes(32);
  const tokenHash = createHash('sha256').update(token).digest('hex') as Hash;
  const act = unitEvent(unit, 'switchboard_added', { by: 'operator', switchboard: id, name });
  await recorded(serviceOf(context, bench), act, (event) =>
    bench.instance.store.hotline.addSwitchboard(event, { id, unit, name, tokenHash, revoked: false }),
  );
  const shown = toBase64Url(token);
  return {
    text: [
      `${name} may hand in recordings for ${unit} (switchboard ${id}).`,
      'Its token is shown this once and kept nowhere here:',
      `  ${shown}`,
    ],
    data: { switchboard: id, unit, name, token: shown },
  };
}

async function list({ instance }: Workbench) {
  const all = await instance.store.hotline.switchboards();
  return {
    text:
      all.length === 0
        ? ['There is no switchboard.']
        : all.map(
            ({ id, unit, name, revoked }) =>
              `${id}  ${revoked ? 'revoked' : 'active '}  ${unit.padEnd(14)}  ${name}`,
          ),
    data: { switchboards: all.map(({ id, unit, name, revoked }) => ({ id, unit, name, revoked })) },
  };
}

async function revoke(context: CommandContext, bench: Workbench, id: string) {
  const { hotline } = bench.instance.store;
  const known = (await hotline.switchboards()).find((one) => one.id === id);
  if (known === undefined || known.revoked)
    throw new UsageError(
      `There is no active switchboard ${id}; "tinkin hotline switchboard list" shows them.`,
    );
  const act = unitEvent(known.unit, 'switchboard_revoked', { by: 'operator', switchboard: id });
  await recorded(serviceOf(context, bench), act, (event) => hotline.revokeSwitchboard(event, id));
  return { text: [`The token of ${known.name} is refused from now on.`], data: { switchboard: id } };
}

/** A file's bytes, opened when the first of them is asked for. */
async function* bytesOf(place: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(place) as AsyncIterable<Uint8Array>;
}

/** Names of the recordings in a folder. Throws UsageError for one that cannot be read. */
async function soundsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new UsageError(`${folder} is no folder that can be read.`);
  });
  return entries
    .filter((entry) => entry.isFile() && SOUND.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** Every recording of a folder goes the way of one that a switchboard sends; one that is refused stays where it is. */
async function importFolder(
  context: CommandContext,
  bench: Workbench,
  folder: string,
  options: ImportOptions,
) {
  const unit = await unitNamed(bench, options.unit);
  const line = options.line.normalize('NFC').trim();
  if (!/^\P{C}{0,40}$/u.test(line)) throw new UsageError('--line takes at most 40 characters.');
  const names = await soundsIn(folder);
  const recordings = createRecordingSealer();
  const deps = { ...serviceOf(context, bench), crypto: nodeCrypto(), recordings };
  const taken: { file: string; recording: string; seconds: number }[] = [];
  const refused: { file: string; code: ErrorCode }[] = [];
  try {
    for (const file of names) {
      const place = join(folder, file);
      const { size } = await stat(place);
      const sound = bytesOf(place);
      try {
        const done = await takeRecording(deps, {
          unit,
          from: 'import',
          declared: null,
          line,
          length: size,
          sound,
        });
        taken.push({ file, ...done });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refused.push({ file, code: error.code });
        continue;
      }
      if (options.delete === true && (await overwriteFile(place))) await unlink(place);
    }
  } finally {
    await recordings.close();
  }
  return {
    text: [
      ...taken.map(({ file, seconds }) => `sealed   ${file} (${seconds} s)`),
      ...refused.map(({ file, code }) => `REFUSED  ${file}: ${texts[code]}`),
      `${taken.length} sealed to the operators of ${unit}, ${refused.length} refused.`,
      ...(taken.length > 0 && options.delete !== true
        ? [
            'The originals still lie in the folder, readable by whoever opens it: delete them, or give --delete.',
          ]
        : []),
    ],
    data: { unit, taken, refused, deleted: options.delete === true },
    ok: refused.length === 0,
  };
}
