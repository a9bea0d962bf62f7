import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { temporaryFolder } from '../instance/support.ts';
import { type CliRun, tinkin } from './support.ts';

export interface Founded {
  readonly folder: string;
  readonly keys: string;
  /** File of the passphrases of all private keys. */
  readonly passphrases: string;
}

/** The holders of an instance's recovery keys, as options and answers name them. */
export const RECOVERY = ['vks=Viện kiểm sát', 'tt=Thanh tra', 'tp=Sở Tư pháp'] as const;
/** The independent auditor whom the directory names, until they join without a signing key. */
export const AUDITOR = 'doc-lap';
export const recoveryOptions = RECOVERY.flatMap((text) => ['--recovery', text]);

/**
 * An instance for the tests of one file, founded once with one root and one directory key: every passphrase that is stretched costs a
 * second. Each call of the answer gives a copy with the same keys, gone after its test where no home for it is given.
 */
export function foundedOnce(): (home?: string) => Founded {
  let template: Founded | undefined;
  const home = mkdtempSync(join(tmpdir(), 'tinkin-founded-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  beforeAll(async () => {
    const folder = join(home, 'instance');
    const keys = join(home, 'keys');
    const sizes = ['--root', '1-of-1', '--directory', '1-of-1', '--provinces', '14'];
    const places = ['--data', folder, '--keys', keys, '--log-origin', 'tin.example/so-cai'];
    const auditor = ['--auditor', `${AUDITOR}=Kiểm toán độc lập`];
    const run = await tinkin(['init', ...places, ...sizes, ...recoveryOptions, ...auditor, '--json']);
    if (run.exit !== 0) throw new Error(run.out + run.err);
    const made = run.json<{ passphrases: { id: string; passphrase: string }[] }>().passphrases;
    const words = Object.fromEntries(made.map((one) => [one.id, one.passphrase]));
    const passphrases = join(home, 'passphrases.json');
    writeFileSync(passphrases, JSON.stringify(words));
    template = { folder, keys, passphrases };
  });
  return (home) => {
    if (template === undefined)
      throw new Error('copies are for the tests themselves, and for what runs before them later');
    const folder = join(home ?? temporaryFolder(), 'instance');
    cpSync(template.folder, folder, { recursive: true });
    return { ...template, folder };
  };
}

/** Runs a command on a founded instance with all its private keys at hand. */
export const withKeys = (
  { folder, keys, passphrases }: Founded,
  ...command: readonly string[]
): Promise<CliRun> =>
  tinkin(['--data', folder, ...command, '--keys', keys, '--passphrases', passphrases, '--json']);
