import type { Command } from 'commander';
import type { UnitId } from '../../domain/ids.ts';
import type { AdoptedAuditor } from '../../instance/adopt-auditor.ts';
import { makeKeyFile, writeKeyFile } from '../../instance/key-files.ts';
import { type Published, publishDirectory } from '../../instance/publish.ts';
import { openStretchPool } from '../../instance/stretch-pool.ts';
import { verifyWhole } from '../../instance/verified.ts';
import { parseDirectory } from '../../protocol/directory.ts';
import { keyId } from '../../protocol/dsse.ts';
import { EPOCH_SECONDS } from '../../protocol/epoch.ts';
import { keyFingerprint } from '../../protocol/member.ts';
import { generatePassphrase } from '../../protocol/passphrase.ts';
import { verifyKeySet } from '../../protocol/root.ts';
import { readersOf } from '../../protocol/target.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { type KeyOptions, onInstance, openDirectoryKeys, openRootKeys, type Workbench } from '../operator.ts';
import { wholeNumber } from '../prompt.ts';
import { registerKeysRecover } from './keys-recover.ts';

const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** `tinkin keys …`: what is signed, until when, and signing it anew. */
export function registerKeys(program: Command, context: CommandContext): void {
  const keys = program.command('keys').description('root, directory and epoch keys');
  const withKeys = (command: Command) =>
    command
      .requiredOption('--keys <folder>', 'folder with the key files that are needed')
      .option('--passphrases <file>', 'JSON object from key to passphrase; otherwise you are asked');

  keys
    .command('list')
    .description('key sets and directory in force, holders and auditors')
    .action(async (_options: unknown, command: Command) =>
      context.print(await onInstance(context, command, list)),
    );

  keys
    .command('epochs')
    .description('for every unit: readers, and until when its epochs are signed ahead')
    .action(async (_options: unknown, command: Command) =>
      context.print(await onInstance(context, command, epochs)),
    );

  keys
    .command('fingerprint')
    .description("digits of a person's keys, to be compared by voice")
    .argument('<account>')
    .action(async (account: string, _options: unknown, command: Command) => {
      const digits = await onInstance(context, command, (bench) => fingerprintOf(bench, account));
      context.print({ text: [digits], data: { account, fingerprint: digits } });
    });

  registerKeysRecover(keys, context);

  withKeys(keys.command('publish'))
    .description('sign the next version of the directory: new units, newly staffed units, three more months')
    .option(
      '--auditor <id=digits>',
      "name the keys of this auditor's own account, whose digits you have compared by voice; may be repeated",
      (text: string, before: readonly AdoptedAuditor[]) => [...before, adopted(text)],
      [],
    )
    .option('--witness <vkey>', 'name a witness of the log; may be repeated', repeated, [])
    .option('--without-witness <name>', 'name this witness no longer; may be repeated', repeated, [])
    .action(async (options: PublishOptions, command: Command) => {
      const published = await onInstance(context, command, async (bench) =>
        publishDirectory(bench, await openDirectoryKeys(context, bench, options), null, {
          auditors: options.auditor,
          added: options.witness,
          removed: options.withoutWitness,
        }),
      );
      context.print({ text: [publishedText(published)], data: { ...published } });
    });

  withKeys(keys.command('rotate-directory'))
    .description(
      'new directory keys for twelve months, signed by the root; writes their files into a new folder',
    )
    .requiredOption('--into <folder>', 'folder for the files of the new directory keys')
    .option('--count <n>', 'how many new keys', '3')
    .option('--threshold <k>', 'how many of them must sign', '2')
    .action(async (options: RotateOptions, command: Command) => {
      context.print(await onInstance(context, command, (bench) => rotate(context, bench, options)));
    });
}

interface PublishOptions extends KeyOptions {
  readonly auditor: readonly AdoptedAuditor[];
  readonly witness: readonly string[];
  readonly withoutWitness: readonly string[];
}

/** An option that may come several times. */
const repeated = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** `ID=DIGITS` of an option. Throws UsageError. */
function adopted(text: string): AdoptedAuditor {
  const [, id, fingerprint] = /^([a-z0-9-]+)=([\d\s]+)$/.exec(text) ?? [];
  if (id === undefined || fingerprint === undefined)
    throw new UsageError(
      '--auditor must be ID=DIGITS, the digits as "tinkin keys fingerprint ID" shows them.',
    );
  return { id, fingerprint };
}

interface RotateOptions extends KeyOptions {
  readonly into: string;
  readonly count: string;
  readonly threshold: string;
}

async function list({ suite, pins, instance }: Workbench) {
  const { directory } = instance.store;
  const sets = (await directory.keySets()).map((row) => {
    const { serial, keys, threshold, from, until } = verifyKeySet(suite, pins, row.record);
    return { serial, threshold, keys: keys.map((key) => keyId(suite, key)), from, until };
  });
  const latest = await directory.latest('directory');
  const parsed = latest === null ? null : parseDirectory(suite, latest.record);
  const root = pins.rootKeys.map((key) => keyId(suite, key));
  const names = (holders: readonly { readonly id: string; readonly name: string }[]) =>
    holders.map(({ id, name }) => ({ id, name }));
  const data = {
    instance: pins.instance,
    root: { threshold: pins.threshold, keys: root },
    keySets: sets,
    directory:
      parsed === null
        ? null
        : {
            version: parsed.version,
            expires: parsed.expires,
            logOrigin: parsed.logOrigin,
            recoveryHolders: names(parsed.recoveryHolders),
            auditors: names(parsed.auditors),
            witnesses: parsed.witnesses,
          },
  };
  const text = [
    `instance   ${data.instance}`,
    `root       ${data.root.threshold} of ${root.length}: ${root.join(', ')}`,
    ...sets.map(
      (set) =>
        `key set ${set.serial}  ${set.threshold} of ${set.keys.length}, ${day(set.from)} to ${day(set.until)}: ${set.keys.join(', ')}`,
    ),
    ...(data.directory === null
      ? ['directory  none']
      : [
          `directory  version ${data.directory.version}, until ${day(data.directory.expires)}, log ${data.directory.logOrigin}`,
          ...data.directory.recoveryHolders.map(({ id, name }) => `recovery   ${id}: ${name}`),
          ...data.directory.auditors.map(({ id, name }) => `auditor    ${id}: ${name}`),
          ...data.directory.witnesses.map((vkey) => `witness    ${vkey}`),
        ]),
  ];
  return { text, data };
}

async function epochs({ suite, pins, instance, now }: Workbench) {
  const directory = await verifyWhole(instance, suite, pins, now);
  const end = (unit: UnitId): number | null => directory.epochs.get(unit)?.at(-1)?.until ?? null;
  const units = [...directory.units.values()]
    .map((unit) => ({
      unit: unit.code,
      name: unit.nameVi,
      listed: unit.listed,
      readers: readersOf(directory, unit.code, now).length,
      until: end(unit.code),
    }))
    .filter(({ listed, readers, until }) => listed || readers > 0 || until !== null)
    .map((row) => ({
      ...row,
      weeksAhead: row.until === null ? 0 : Math.max(0, Math.floor((row.until - now) / EPOCH_SECONDS)),
    }));
  const text = units.map(
    ({ unit, name, listed, readers, until, weeksAhead }) =>
      `${unit.padEnd(14)} ${listed ? 'listed  ' : 'unlisted'} ${readers} readers, ${until === null ? 'no epoch' : `until ${day(until)} (${weeksAhead} weeks)`}  ${name}`,
  );
  return { text, data: { units } };
}

async function fingerprintOf({ suite, instance }: Workbench, account: string): Promise<string> {
  const row = await instance.store.accounts.byAccount(account);
  if (row === null) throw new UsageError(`There is no account ${account}.`);
  if (row.signKey === null || row.kemKey === null)
    throw new UsageError(`${account} has not joined yet: there are no keys.`);
  return keyFingerprint(suite, row.signKey, row.kemKey);
}

const publishedText = ({ version, listed, until }: Published): string =>
  `Directory version ${version} is signed: ${listed} units listed, until ${day(until)}.`;

/** New keys, a key set over them by the root, and at once a directory by the new keys. */
async function rotate(context: CommandContext, bench: Workbench, options: RotateOptions) {
  const count = wholeNumber(options.count, '--count', 1, 16);
  const threshold = wholeNumber(options.threshold, '--threshold', 1, count);
  const rootKeys = await openRootKeys(context, bench, options);
  const serial = ((await bench.instance.store.directory.latest('directory-keys'))?.version ?? 0) + 1;
  const pool = openStretchPool();
  const made = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const passphrase = generatePassphrase(bench.suite);
      const named = { kind: 'directory' as const, id: `directory-${serial}-${i + 1}`, name: '' };
      return { ...(await makeKeyFile(bench.suite, pool, named, passphrase)), passphrase };
    }),
  ).finally(() => pool.close());
  // The files first: a key set whose keys are lost would leave the instance without hands.
  for (const { file } of made) await writeKeyFile(path(context, options.into), file);
  const pairs = made.map(({ seed }) => bench.suite.ed25519KeyPair(seed));
  const published = await publishDirectory(bench, pairs.slice(0, threshold), {
    rootKeys,
    keys: pairs.map(({ publicKey }) => publicKey),
    threshold,
  });
  const passphrases = made.map(({ file, passphrase }) => ({ id: file.id, passphrase }));
  return {
    text: [
      `Key set ${serial} is signed. Passphrases of the new keys, shown this once:`,
      ...passphrases.map(({ id, passphrase }) => `  ${id}  ${passphrase}`),
      publishedText(published),
    ],
    data: { serial, passphrases, ...published },
  };
}
