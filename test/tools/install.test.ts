import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../instance/support.ts';

const tools = join(import.meta.dirname, '..', '..', 'tools');

/** A project of its own with a stand-in for npm that notes what it was asked. */
function project(npm = '') {
  const root = temporaryFolder();
  mkdirSync(join(root, 'tools'));
  mkdirSync(join(root, 'node_modules'));
  for (const file of ['install.mjs', 'chromium.mjs']) cpSync(join(tools, file), join(root, 'tools', file));
  writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3}');
  const noted = join(root, 'asked');
  const fake = join(root, 'npm.cjs');
  writeFileSync(
    fake,
    `require('fs').appendFileSync(${JSON.stringify(noted)}, process.argv.slice(2).join(' ') + '\\n');${npm}`,
  );
  const run = (env: Record<string, string> = {}, ...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'tools', 'install.mjs'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: fake, ...env },
    });
  const asked = (): string[] => (existsSync(noted) ? readFileSync(noted, 'utf8').trim().split('\n') : []);
  return { root, run, asked };
}

describe('the installation before npm start and npm test', () => {
  it('installs what the lock file says, without scripts, development packages included', () => {
    const { run, asked } = project();
    expect(run({ NODE_ENV: 'production' }).status).toBe(0);
    expect(asked()).toHaveLength(1);
    expect(asked()[0]).toMatch(/^ci --ignore-scripts --include=dev --include=optional/);
  });

  it('does nothing when the lock file has not changed since', () => {
    const { run, asked } = project();
    run();
    expect(run().status).toBe(0);
    expect(asked()).toHaveLength(1);
  });

  it('installs anew when the lock file changed', () => {
    const { root, run, asked } = project();
    run();
    writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
    run();
    expect(asked()).toHaveLength(2);
  });

  it('fails, and tries again the next time, when npm fails', () => {
    const { run, asked } = project('process.exit(1)');
    expect(run().status).toBe(1);
    expect(run().status).toBe(1);
    expect(asked()).toHaveLength(2);
  });

  it('says what is wrong when CHROMIUM names no file', () => {
    const { run } = project();
    const done = run({ CHROMIUM: '/nowhere/chromium' }, '--with-chromium');
    expect(done.status).toBe(1);
    expect(done.stderr).toContain('CHROMIUM names /nowhere/chromium');
  });
});
