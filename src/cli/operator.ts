import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { systemClock } from '../adapters/clock/system.ts';
import { readConfig } from '../config.ts';
import { readPins } from '../instance/folder.ts';
import { type AskPassphrase, openSigners } from '../instance/key-files.ts';
import { type OpenInstance, openInstance } from '../instance/open-instance.ts';
import type { Publishing } from '../instance/publish.ts';
import { createRecorder, eventDeps } from '../instance/recorder.ts';
import { shippedData } from '../instance/shipped-data.ts';
import { openStretchPool } from '../instance/stretch-pool.ts';
import { verifyKeySet } from '../protocol/root.ts';
import { loadSodiumSuite } from '../protocol/sodium.ts';
import type { SignKeyPair } from '../protocol/suite.ts';
import { type CommandContext, dataFolder, path } from './context.ts';
import { UsageError } from './io.ts';

/** Everything that a command of the operator works with; closed when the command ends. */
export type Workbench = Publishing;

/** Opens the instance that the command line names, runs a command on it and closes it. */
export async function onInstance<T>(
  context: CommandContext,
  command: Command,
  work: (bench: Workbench) => Promise<T>,
): Promise<T> {
  const folder = dataFolder(context, command);
  const instance: OpenInstance = await openInstance(folder);
  try {
    const clock = systemClock(instance.facts.mode === 'demo' ? readConfig(context.io.env).clockOffset : 0);
    const deps = eventDeps(instance.store, instance.facts.id, instance.secrets.ledgerSeed, clock);
    return await work({
      suite: await loadSodiumSuite(),
      pins: await readPins(folder),
      instance,
      recorder: createRecorder(deps, 'operator'),
      data: shippedData(),
      now: clock.now(),
    });
  } finally {
    await instance.close();
  }
}

/** Where the private keys are and how their passphrases are given. */
export interface KeyOptions {
  readonly keys: string;
  /** File of a JSON object from key id to passphrase; without it the person at the terminal is asked. */
  readonly passphrases?: string;
}

/** Signing keys of the directory that is in force, as many as its threshold asks for. Throws InstanceError, UsageError. */
export async function openDirectoryKeys(
  context: CommandContext,
  { suite, pins, instance }: Workbench,
  options: KeyOptions,
): Promise<readonly SignKeyPair[]> {
  const latest = await instance.store.directory.latest('directory-keys');
  if (latest === null) throw new UsageError('The instance has no directory keys yet.');
  const { keys, threshold } = verifyKeySet(suite, pins, latest.record);
  return openKeys(context, suite, 'directory', keys, threshold, options);
}

/** Root keys of the instance, as many as its pins ask for. Throws InstanceError, UsageError. */
export const openRootKeys = (
  context: CommandContext,
  { suite, pins }: Workbench,
  options: KeyOptions,
): Promise<readonly SignKeyPair[]> =>
  openKeys(context, suite, 'root', pins.rootKeys, pins.threshold, options);

async function openKeys(
  context: CommandContext,
  suite: Workbench['suite'],
  kind: 'root' | 'directory',
  accepted: readonly Uint8Array[],
  threshold: number,
  options: KeyOptions,
): Promise<readonly SignKeyPair[]> {
  const pool = openStretchPool(1);
  try {
    const ask = await passphraseSource(context, options.passphrases);
    return await openSigners(suite, pool, path(context, options.keys), kind, accepted, threshold, ask);
  } finally {
    await pool.close();
  }
}

/** Asks for the passphrase of a key file at the terminal, or looks it up in a file of passphrases. Throws UsageError. */
export async function passphraseSource(
  context: CommandContext,
  file: string | undefined,
): Promise<AskPassphrase> {
  if (file !== undefined) {
    const known = z
      .record(z.string(), z.string())
      .parse(JSON.parse(await readFile(path(context, file), 'utf8')));
    return async ({ id }) => {
      const passphrase = known[id];
      if (passphrase === undefined) throw new UsageError(`${file} has no passphrase for ${id}.`);
      return passphrase;
    };
  }
  const { ask } = context.io;
  if (ask === null) throw new UsageError('--passphrases is missing (there is no terminal to ask at).');
  return ({ id }) => ask(`Passphrase of ${id}: `);
}
