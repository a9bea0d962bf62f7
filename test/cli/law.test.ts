import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/instance/project-root.ts';
import { temporaryFolder } from '../instance/support.ts';
import { foundedOnce } from './founded.ts';
import { tinkin } from './support.ts';

const SHIPPED = join(projectRoot(), 'db', 'data');
const founded = foundedOnce();

/** A copy of the files of law with one of them changed. */
function lawWith(file: string, from: string, to: string): string {
  const folder = join(temporaryFolder(), 'law');
  cpSync(SHIPPED, folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  writeFileSync(join(folder, file), text.replace(from, to));
  return folder;
}

describe('tinkin law', () => {
  test('check finds nothing wrong with the files that ship', async () => {
    const run = await tinkin(['law', 'check']);
    expect([run.exit, run.out]).toEqual([0, '10 files: 0 errors, 0 warnings.']);
  });

  test('check says which lines are wrong and ends with 1', async () => {
    const run = await tinkin(['law', 'check', lawWith('clocks.json', '"n":24', '"n":-24')]);
    expect(run.exit).toBe(1);
    expect(run.out).toMatch(/^error {3}clocks\.json:4: clocks\.rules\[0\]\.limit\.n: must be a whole number/);
  });

  test('show gives the rules of a day, each with its line and article', async () => {
    const folder = lawWith(
      'clocks.json',
      '"from":"2018-01-01","until":null',
      '"from":"2018-01-01","until":"2026-06-30"',
    );
    const rule = 'clocks.json:4  register: 24 hours · all tips';
    expect((await tinkin(['law', 'show', '--on', '2026-06-30', folder])).out).toContain(rule);
    expect((await tinkin(['law', 'show', '--on', '2026-07-01', folder])).out).not.toContain(rule);
    expect((await tinkin(['law', 'show', '--on', '2026-06-31'])).exit).toBe(2);
  });

  test('show says what is wrong where the files cannot be read', async () => {
    const run = await tinkin(['law', 'show', lawWith('clocks.json', '"n":24', '"n":-24')]);
    expect([run.exit, run.out]).toEqual([1, expect.stringContaining('clocks.json:4: ')]);
  });

  test('holidays go in and come out as they were', async () => {
    const { folder } = founded();
    const given = ['day,kind,name', '2028-01-03,off,Tết Dương lịch', '2028-01-08,worked,'].join('\n');
    const file = join(folder, '2028.csv');
    writeFileSync(file, given);
    const none = await tinkin(['--data', folder, 'law', 'holidays', 'export', '2028']);
    expect([none.exit, none.err]).toEqual([2, expect.stringContaining('2028')]);
    expect((await tinkin(['--data', folder, 'law', 'holidays', 'import', '2028', file])).exit).toBe(0);
    const out = await tinkin(['--data', folder, 'law', 'holidays', 'export', '2028']);
    expect(out.out.replace('\uFEFF', '').split(/\r?\n/)).toEqual(given.split('\n'));
  });

  test('holidays with a wrong line are not taken', async () => {
    const { folder } = founded();
    const file = join(folder, '2028.csv');
    writeFileSync(file, 'day,kind,name\n2028-01-03,off,Tết\n2028-02-30,off,Tết\n');
    const run = await tinkin(['--data', folder, 'law', 'holidays', 'import', '2028', file]);
    expect([run.exit, run.err]).toEqual([2, expect.stringContaining('line 3: day must be a day')]);
    expect((await tinkin(['--data', folder, 'law', 'holidays', 'export', '2028'])).exit).toBe(2);
  });
});
