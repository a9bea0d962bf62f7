import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientEntries, serverEntries } from '../../tools/entries.mjs';
import { loadPins } from '../../tools/pins.mjs';

const root = join(import.meta.dirname, '..', '..');

describe('the build', () => {
  it('makes every entry that the pages ask for', () => {
    const pages = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(root, 'src', name), 'utf8'));
    const asked = [...pages.join('\n').matchAll(/\burl\('([a-z.-]+)'\)/g)].map((match) => match[1] ?? '');
    expect(asked.length).toBeGreaterThan(5);
    expect(Object.keys(clientEntries(root))).toEqual(expect.arrayContaining(asked));
  });

  it('makes a program of every thread that the server starts', () => {
    const entries = serverEntries(root);
    expect(entries).toMatchObject({ 'main.node': 'src/main.node.ts', cli: 'src/cli.ts' });
    const started = ['crypto/verify-threads', 'sealer/threads', 'store/threaded/open'].map((file) =>
      readFileSync(join(root, 'src', 'adapters', `${file}.ts`), 'utf8'),
    );
    const names = [...started.join('\n').matchAll(/'\.\/([a-z-]+)\.js'/g)].map((match) => match[1] ?? '');
    expect(names).toHaveLength(3);
    for (const name of names) expect(existsSync(join(root, entries[name] ?? 'missing'))).toBe(true);
  });

  it("puts the demonstration's pins in unless told otherwise", () => {
    expect(JSON.parse(loadPins())).toEqual(
      JSON.parse(readFileSync(join(root, 'keys/demo/pins.json'), 'utf8')),
    );
  });

  it('stops with the name of a pins file that cannot be read', () => {
    process.env.TINKIN_PINS = '/nowhere/pins.json';
    try {
      expect(() => loadPins()).toThrow('/nowhere/pins.json');
    } finally {
      delete process.env.TINKIN_PINS;
    }
  });
});
