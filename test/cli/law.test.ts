import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tinkin } from './support.ts';

const SHIPPED = join(import.meta.dirname, '../../db/data');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tinkin-law-'));
  for (const name of ['clocks', 'holidays', 'extensions', 'settlement', 'legal-kinds'])
    cpSync(join(SHIPPED, `${name}.json`), join(folder, `${name}.json`));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Replaces a text in a file of law; gives the line that it stands on. */
function edit(name: string, from: string, to: string): number {
  const path = join(folder, `${name}.json`);
  const text = readFileSync(path, 'utf8');
  const at = text.indexOf(from);
  if (at < 0) throw new Error(`no ${from} in ${name}`);
  writeFileSync(path, text.replace(from, to));
  return text.slice(0, at).split('\n').length;
}

test('the law that ships is in order, and every row of the life cycle has its rule', async () => {
  const run = await tinkin(['law', 'check']);
  expect([run.exit, run.out]).toEqual([0, expect.stringContaining('clocks.json: in order')]);
});

test.each([
  ['clocks', '"limit":{"n":20', '"limit":{"n":0', 'must be a whole number from 1 to 1000'],
  ['extensions', '"who":"procuracy"', '"who":"court"', 'must be one of'],
  ['settlement', '"commune_police"', '"commune"', 'must be one of'],
  ['legal-kinds', '"kind":"denunciation_info"', '"kind":"rumour"', 'must be one of'],
])('a wrong entry of %s is told with its line', async (name, from, to, problem) => {
  const line = edit(name, from, to);
  const run = await tinkin(['law', 'check', folder]);
  expect(run.exit).toBe(1);
  expect(run.out).toContain(`${name}.json:${line}: `);
  expect(run.out).toContain(problem);
});

test('what is no JSON and what is not there are told, and the other files are still read', async () => {
  const line = edit('clocks', '"rollDays": false', '"rollDays": ');
  rmSync(join(folder, 'holidays.json'));
  const run = await tinkin(['law', 'check', folder]);
  expect(run.exit).toBe(1);
  expect(run.out).toMatch(new RegExp(`clocks(\\.json)?:${line}`));
  expect(run.out).toContain('holidays.json: cannot be read');
  expect(run.out).toContain('extensions.json: in order');
});

test('a rule that nothing starts, and a start without a rule, are told', async () => {
  edit(
    'clocks',
    '"starts":[{"step":"transfer_sent","countedFrom":"step"}]',
    '"starts":[{"step":"archived","countedFrom":"step"}]',
  );
  const run = await tinkin(['law', 'check', folder]);
  expect(run.out).toContain('no rule starts transfer_ack at transfer_sent');
  expect(run.out).toContain('nothing in the life cycle starts transfer_ack at archived');
});

test('the limits are shown a line each, with their article', async () => {
  const run = await tinkin(['law', 'show']);
  expect(run.out).toContain('verify-commune-7d: verify, 7 d; commune_police;');
  expect(run.out).toContain('(remote 48 h)');
});
