import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInstance } from '../../src/instance/folder.ts';
import { temporaryFolder } from '../instance/support.ts';
import { foundedOnce, RECOVERY, recoveryOptions } from './founded.ts';
import { tinkin } from './support.ts';

const found = foundedOnce();

/** All that `init` needs but the folder. */
const elsewhere = () => [
  ...['--keys', join(temporaryFolder(), 'keys'), '--provinces', '14', '--log-origin', 'x'],
  ...recoveryOptions,
];

describe('tinkin init', () => {
  it('makes an instance whose private keys no file gives away', async () => {
    const { folder, keys, passphrases } = found();
    const words = Object.values(JSON.parse(readFileSync(passphrases, 'utf8')) as Record<string, string>);
    const files = [
      ...readdirSync(keys).map((name) => join(keys, name)),
      ...readdirSync(folder).map((name) => join(folder, name)),
    ];
    for (const file of files) {
      const text = readFileSync(file, 'latin1');
      for (const passphrase of words) expect(text).not.toContain(passphrase);
      expect(text).not.toContain('"seed"');
    }
    expect(readdirSync(keys).sort()).toEqual([
      'directory-1.json',
      'doc-lap.json',
      'root-1.json',
      'tp.json',
      'tt.json',
      'vks.json',
    ]);
    for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o077).toBe(0);
    expect(await readInstance(folder)).toMatchObject({ mode: 'production', provinces: ['14'] });
  });

  it('asks at the terminal for what the options leave out', async () => {
    const folder = join(temporaryFolder(), 'instance');
    const answers = [folder, join(temporaryFolder(), 'keys'), '14', 'tin.example/so-cai', ...RECOVERY];
    const run = await tinkin(['init', '--root', '1-of-1', '--directory', '1-of-1', '--json'], { answers });
    expect(run.exit).toBe(0);
    const { logOrigin } = await readInstance(folder);
    expect(logOrigin).toBe('tin.example/so-cai');
  });

  it.each([
    [['--root', '3-of-2'], '--root'],
    [['--provinces', 'Sơn La'], '--provinces'],
    [['--recovery', 'no name'], '--recovery'],
  ])('refuses %j and makes nothing', async (change, named) => {
    const folder = join(temporaryFolder(), 'instance');
    const run = await tinkin(['init', '--data', folder, ...elsewhere(), ...change]);
    expect(run.exit).toBe(2);
    expect(run.err).toContain(named);
    expect(() => statSync(folder)).toThrow();
  });

  it('says which option is missing when nobody can be asked', async () => {
    const run = await tinkin(['init', '--data', join(temporaryFolder(), 'instance')]);
    expect(run).toMatchObject({ exit: 2 });
    expect(run.err).toContain('--provinces');
  });

  it('never makes an instance over another', async () => {
    const { folder } = found();
    const run = await tinkin(['init', '--data', folder, ...elsewhere(), '--json']);
    expect(run.json()).toMatchObject({ error: { code: 'exists' } });
  });
});
