import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../instance/support.ts';
import { tinkin } from './support.ts';

describe('the command line', () => {
  it('lists its commands in its help and leaves with 0', async () => {
    const run = await tinkin(['--help']);
    expect(run.exit).toBe(0);
    for (const name of [
      'init',
      'demo',
      'units',
      'staff',
      'keys',
      'migrate',
      'backup',
      'restore',
      'doctor',
      'rollup',
      'canary',
    ]) {
      expect(run.out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    }
  });

  it('leaves with 2 for a command that does not exist', async () => {
    const run = await tinkin(['dance']);
    expect(run.exit).toBe(2);
    expect(run.err).toContain("unknown command 'dance'");
  });

  it('leaves with 3 and says which file is missing where there is no instance', async () => {
    const folder = temporaryFolder();
    const run = await tinkin(['--data', folder, 'doctor']);
    expect(run.exit).toBe(3);
    expect(run.err).toContain(join(folder, 'instance.json'));
  });

  it('leaves with 3 for an instance file that is damaged', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'instance.json'), '{"format":1');
    const run = await tinkin(['--data', folder, 'keys', 'list', '--json']);
    expect(run.exit).toBe(3);
    expect(run.json()).toMatchObject({ error: { code: 'file_invalid' } });
  });

  it('prints one JSON object for a wrong option too when asked for JSON', async () => {
    const run = await tinkin(['doctor', '--json', '--loudly']);
    expect(run.exit).toBe(2);
    expect(run.json()).toMatchObject({ error: { code: 'usage' } });
  });

  it('takes the instance from TINKIN_DATA when no option names it, relative to where it was called', async () => {
    const folder = temporaryFolder();
    const run = await tinkin(['doctor'], { env: { TINKIN_DATA: 'here' }, cwd: folder });
    expect(run.err).toContain(join(folder, 'here', 'instance.json'));
  });
});
